"""The page of an evaluation: whole in itself, with every figure, and nothing in it that the data could steer."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from service.evaluation.compare import compare
from service.evaluation.html_report import bar, comparison_page, run_page
from service.evaluation.report import figures
from tests.service.evaluations import document

EVIL = "<script>alert(1)</script><img src=//evil.example/x onerror='a()'>\"'&"
VOID = {"meta", "rect", "br"}


class Read(HTMLParser):
    """Reads a page: its text, its tags and their attributes; fails where tags don't match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", set[str](), list[tuple[str, str]]()
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if not self._open or self._open[-1] != "style" else ""


def evil() -> dict[str, Any]:
    """Return a document with markup wherever a text can stand."""
    failure = {"id": f"1{EVIL}", "question": f"2{EVIL}", "why": f"3{EVIL}"}
    texts = {key: f"{key}{EVIL}" for key in ("mode", "reranker", "fingerprint")}
    whole = document(answers__failures=[failure], unknown_articles=[f"4{EVIL}"], **texts)
    whole["by_language"][EVIL] = whole["by_language"].pop("zh")
    whole["citations"][EVIL] = 0.5
    return whole


def one() -> str:
    return run_page(document(), title="questions.jsonl · posts/")


def two() -> str:
    return comparison_page(compare(("a.json", "b.json"), document(), document(answers__pass_rate=0.9)))


PAGES = [
    pytest.param(one(), id="one run"),
    pytest.param(two(), id="two runs"),
    pytest.param(run_page(evil(), title=EVIL), id="one run of markup"),
    pytest.param(comparison_page(compare((EVIL, EVIL), document(), evil())), id="two runs of markup"),
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_in_itself(page: str) -> None:
    read = Read(page)
    assert read.tags.isdisjoint({"script", "img", "link", "iframe", "object", "a", "form", "base"})
    names = {name for name, _ in read.attributes}
    assert names.isdisjoint({"src", "href", "onerror", "srcset", "action"})
    assert not [name for name in names if name.startswith("on")]
    assert re.findall(r"url\(|@import|https?:", page) == []
    assert "default-src 'none'" in dict(read.attributes)["content"]


def test_markup_in_the_data_is_text() -> None:
    read = Read(run_page(evil(), title=f"5{EVIL}"))
    assert [n for n in "12345" if f"{n}{EVIL}" not in read.text] == []
    both = Read(comparison_page(compare((f"6{EVIL}", f"7{EVIL}"), document(), evil())))
    assert [n for n in "12367" if f"{n}{EVIL}" not in both.text] == []
    assert f"none and reranker{EVIL}" in both.text


def test_every_figure_has_its_count_and_its_bar() -> None:
    page, held = one(), figures(document())
    text = Read(page).text
    for figure in held:
        assert f"{figure.shown} of {figure.count}" in text
        assert figure.key in text
    tables = page.partition("<section>")[2]
    bins = document()["abstention"]["calibration"]
    assert tables.count('<svg class="bar"') == len(held) + 2 * len(bins)
    for language in ("All", "English", "Chinese"):
        assert language in text
    for failure in document()["answers"]["failures"]:
        assert failure["question"] in text
        assert failure["why"] in text


def test_two_runs_stand_beside_each_other() -> None:
    read = Read(two())
    assert "0.800 of 10" in read.text
    assert "0.900 of 10" in read.text
    assert "+0.100 better" in read.text
    assert "Fail in both (2)" in read.text
    assert "Fail in b.json alone" not in read.text


def test_one_language_is_not_repeated() -> None:
    whole = document()
    del whole["by_language"]["zh"]
    text = Read(run_page(whole, title="")).text
    assert "All" in text
    assert "English" not in text


def test_claims_alone_make_a_page() -> None:
    parts = dict.fromkeys(("answers", "retrieval", "abstention", "citations", "latency_ms", "fingerprint"))
    claims = {"auc": 0.75, "f1": None, "count": 4, "supported": 2}
    text = Read(run_page(document(**parts, by_language={}, claims=claims), title="claims.jsonl")).text
    assert "0.750 of 4" in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("value", "scale", "width"),
    [
        pytest.param(0.0, 1.0, "0.00", id="nothing"),
        pytest.param(0.914, 1.0, "91.40", id="a rate"),
        pytest.param(20.0, 80.0, "25.00", id="a time"),
        pytest.param(2.0, 1.0, "100.00", id="more than all"),
        pytest.param(-1.0, 1.0, "0.00", id="less than nothing"),
        pytest.param(0.0, 0.0, "0.00", id="a scale of nothing"),
    ],
)
def test_a_bar_fills_its_share(value: float, scale: float, width: str) -> None:
    assert f'<rect class="up" width="{width}" height="6"/>' in bar(value, scale, "up")
