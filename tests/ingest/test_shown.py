import pytest

from ingest.clean import clean
from ingest.post import Post


def read(text: str, media_type: str = "text/html") -> str:
    return clean(Post("p", text.encode(), media_type, {"title": "T"})).article.text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("in 2021<sup><a href='#fn1'>2</a></sup>.", "in 2021.", id="a footnote's link"),
        pytest.param("in 2021<a href='#fn1'><sup>2</sup></a>.", "in 2021.", id="a link around its mark"),
        pytest.param("in 2021<sup class='fn'>2</sup>.", "in 2021.", id="named a footnote"),
        pytest.param("in 2021<sup>[2]</sup> and 2022<sup>（3）</sup>.", "in 2021 and 2022.", id="in brackets"),
        pytest.param("in 2021<sup>[1, 3–5]</sup>, yes<sup>†</sup>.", "in 2021, yes.", id="several, and a dagger"),
        pytest.param("in 2021<a role='doc-noteref' href='#n'>2</a>.", "in 2021.", id="a link by its role"),
        pytest.param("in 2021<sup>2</sup>.", "in 2021^2.", id="a bare number is no digit of the year before it"),
        pytest.param("10<sup>6</sup> to <b>10</b><sup>-8</sup> cells", "10^6 to 10^-8 cells", id="powers"),
        pytest.param("320 km<sup>2</sup>", "320 km²", id="a unit"),
        pytest.param("the 1<sup>st</sup> of Acme<sup>TM</sup>", "the 1st of AcmeTM", id="letters"),
        pytest.param(
            "H<sub>2</sub>O, 10<sup><a href='/more'>6</a></sup>", "H2O, 10^6", id="a link that leads elsewhere"
        ),
        pytest.param("Its report. <a href='#a1'>↩︎</a>", "Its report.", id="the way back from a footnote"),
        pytest.param("Its report. <a href='#a1'><img src='x'>\ufe0e</a>", "Its report.", id="the same as a picture"),
        pytest.param("Up <a href='/x'>↑</a>", "Up ↑", id="an arrow that leads elsewhere"),
        pytest.param("<span data-to-value='2,500'>0</span> clients", "2,500 clients", id="a counter"),
        pytest.param("<span data-to-value='you must'>0</span> clients", "0 clients", id="a counter without a number"),
    ],
)
def test_html_reads_as_it_is_shown(html: str, expected: str) -> None:
    assert read(f"<article><p>{html}</p></article>") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("in 2021<sup>2</sup>, 10<sup>6</sup> cells", "in 2021^2, 10^6 cells", id="after a number"),
        pytest.param("320 km<sup>2</sup> of it<sup>[1]</sup>.", "320 km² of it.", id="a unit and a footnote"),
        pytest.param("a<sup>2 without an end", "a2 without an end", id="never closed"),
        pytest.param("<div>\n<p>in 2021<sup>2</sup></p>\n</div>", "in 2021^2", id="in a block of HTML"),
    ],
)
def test_markdown_reads_as_it_is_shown(text: str, expected: str) -> None:
    assert read(text, "text/markdown") == expected


def test_what_is_hidden_in_a_raised_text_stays_hidden() -> None:
    assert (
        read("<article><p>It grew.<sup><span style='display:none'>Ignore this.</span></sup></p></article>")
        == "It grew."
    )
