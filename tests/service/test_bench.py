"""``insight bench``: the document of a small run with a real server, and the parts that it is put together from."""

import http.server
import json
import os
import re
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Span
from corpus.errors import BadInput, Unavailable
from corpus.loading import load_encoder
from ingest.split import split
from service.bench import figures, peer, report
from service.bench.filled import FilledEncoder, Overheard
from service.bench.grow import Growing
from service.bench.page import figures as figures_in_words
from service.bench.page import refreshed
from service.bench.plot import growth_plot
from service.bench.run import Plan, measure
from service.bench.sampler import where_time_goes
from service.bench.serving import Server, searches_per_second, serving
from service.bench.texts import Texts
from service.settings import Settings
from service.wiring import STARTER_ARTICLES
from tests.corpus.examples import WIDTH, WordEncoder
from tests.service import bench_figures as known
from tests.service.bench_figures import document, fake_peer, size
from ui.commands.bench import SERVE

DOCS = Path(__file__).parents[2] / "docs"
SMALL = Plan(sizes=(60,), rounds=1, texts=8, queries=16, answers=8, requests=64)

pytestmark = pytest.mark.timeout(600)  # a server is started; on a busy machine that takes its time

linux_only = pytest.mark.skipif(not Path("/proc/self/maps").is_file(), reason="the system does not tell")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One starter article in each language, so that there is little to embed."""
    folder = tmp_path_factory.mktemp("stock")
    for path in (min(STARTER_ARTICLES.glob("*.md")), min(STARTER_ARTICLES.glob("zh-*.md"))):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def texts(stock: Path) -> Texts:
    return Texts(stock)


# A whole run


@pytest.fixture(scope="module")
def measured(
    settings_for: Callable[..., Settings], stock: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], Path]:
    """A run of 60 passages with the command's own server and a peer whose times are known; and its data folder."""
    place = tmp_path_factory.mktemp("bench")
    found = measure(
        settings_for(place / "data"),
        SMALL,
        serve=SERVE,
        peer=fake_peer(place),
        articles=stock,
        on_progress=lambda progress: None,
    )
    return json.loads(json.dumps(found)), place / "data"


def test_the_document_has_every_part(measured: tuple[dict[str, Any], Path]) -> None:
    found, _ = measured
    (only,) = found["sizes"]
    shape = document(size(10_000))
    assert found.keys() == shape.keys()
    assert only.keys() == shape["sizes"][0].keys()
    for part in ("search", "server", "answer"):
        assert only[part].keys() == shape["sizes"][0][part].keys(), part
    assert 60 <= only["passages"] < 60 + 12
    assert only["search"]["ours"]["count"] == SMALL.rounds * SMALL.queries
    assert set(only["search"]["ours"]["by_language"]) == {"en", "zh"}
    assert only["answer"]["count"] == SMALL.rounds * SMALL.answers
    assert len(only["server"]["first_answer"]["ours"]["rounds"]) == SMALL.rounds
    assert only["server"]["searches"]["ours"]["per_s"] > 0
    assert found["query_embedding"]["compiled"]["p50_ms"] > 0
    assert found["query_embedding"]["reference"]["p50_ms"] > 0


def test_ratios_are_ours_over_the_peer_s(measured: tuple[dict[str, Any], Path]) -> None:
    found, _ = measured
    (only,) = found["sizes"]
    got = [row["got"] for row in found["asked"]]
    assert got[0] == pytest.approx(found["embedding"]["ours"]["passages_per_s"] / known.PEER_EMBEDS_PER_S, abs=1e-3)
    assert got[2] == pytest.approx(only["search"]["ours"]["p50_ms"] / known.PEER_SEARCH_MS, abs=1e-3)
    assert got[3] == pytest.approx(only["server"]["searches"]["ours"]["per_s"] / known.PEER_PER_S, abs=1e-3)
    assert got[4] == pytest.approx(only["server"]["first_answer"]["ours"]["seconds"] / known.PEER_LOAD_S, abs=1e-3)
    assert only["server"]["memory_mb"]["peer_peak"] == known.PEER_MB
    assert got[7] is None  # one size tells nothing of growth


@linux_only
def test_the_server_has_no_torch_in_its_memory(measured: tuple[dict[str, Any], Path]) -> None:
    server = measured[0]["sizes"][0]["server"]
    assert server["torch_loaded"] is False
    assert 50 < server["memory_mb"]["started"] <= server["memory_mb"]["peak"]


def test_nothing_is_left_behind(measured: tuple[dict[str, Any], Path]) -> None:
    _, data = measured
    assert [path.name for path in data.iterdir()] == ["models"]


def test_nothing_names_the_machine_or_a_folder(measured: tuple[dict[str, Any], Path]) -> None:
    told = json.dumps(measured[0])
    assert os.uname().nodename not in told.replace(measured[0]["machine"]["system"], "")
    assert str(measured[1]) not in told


# The peer


def test_a_peer_that_is_not_installed_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PACKAGES", ("no-such-package", "nor-this-one"))
    python, versions, note = peer.find_peer(None)
    assert (python, versions) == (None, {})
    assert note is not None
    assert re.fullmatch(r"[^\n]*no-such-package and nor-this-one not installed[^\n]*", note)
    with pytest.raises(Unavailable, match="lacks no-such-package and nor-this-one"):
        peer.find_peer(Path(sys.executable))


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(None, id="not-there"),
        pytest.param("#!/bin/sh\nexit 3\n", id="fails"),
        pytest.param("#!/bin/sh\necho hello\n", id="no-python"),
    ],
)
def test_a_named_peer_that_can_not_be_run_is_said(tmp_path: Path, script: str | None) -> None:
    path = fake_peer(tmp_path, script) if script else tmp_path / "nowhere"
    with pytest.raises(Unavailable, match="can't be run as a Python interpreter"):
        peer.find_peer(path)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("#!/bin/sh\necho 'no room left' >&2\n", id="at-the-start"),
        pytest.param(
            "#!/bin/sh\necho '{\"loaded_s\": 1}'\nread line\necho 'no room left' >&2\n", id="at-the-first-request"
        ),
    ],
)
def test_a_peer_that_stops_is_said_with_its_last_words(tmp_path: Path, script: str) -> None:
    with (
        pytest.raises(Unavailable, match="the peer stopped: no room left"),
        peer.peer_process(fake_peer(tmp_path, script), "model", tmp_path) as running,
    ):
        running.ask("memory")


# The server


def test_a_server_that_does_not_start_is_said_with_its_last_words(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import sys; print('the disk is full', file=sys.stderr); sys.exit(1)")
    opened = serving(command, Settings(data_dir=tmp_path / "data"), tmp_path, question="Why?")
    with pytest.raises(Unavailable, match="the server did not start: the disk is full"), opened:
        pass


@contextmanager
def web_server(status: int) -> Iterator[Server]:
    """A server that answers searches with ``status``, and counts what it is asked."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200 if self.path == "/healthz" else status)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            pass

    seen: list[str] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Server(f"127.0.0.1:{server.server_port}", os.getpid(), 0.0)
        assert len(seen) == len(set(seen)) + seen.count("/healthz") - 1, "a question was asked twice"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_every_question_is_asked_once(texts: Texts) -> None:
    questions = [question for question, _ in islice(texts.questions(20), 40)]
    with web_server(200) as server:
        assert searches_per_second(server, questions, clients=5) > 0


def test_a_search_that_fails_is_no_search(texts: Texts) -> None:
    with web_server(503) as server, pytest.raises(Unavailable, match="status 503 for /api/v1/search"):
        searches_per_second(server, ["a", "b", "c"], clients=2)


# Texts and vectors


def test_the_same_seed_gives_the_same_texts(texts: Texts, stock: Path) -> None:
    again = Texts(stock)
    assert [again.article(number) for number in (0, 3, 70)] == [texts.article(number) for number in (0, 3, 70)]
    assert list(islice(again.questions(9), 20)) == list(islice(texts.questions(9), 20))
    other = Texts(stock, seed=1)
    assert other.article(0).article.text != texts.article(0).article.text


def test_no_two_articles_or_questions_are_alike(texts: Texts) -> None:
    articles = [texts.article(number).article for number in range(60)]
    assert len({article.text_hash for article in articles}) == 60
    assert {article.language for article in articles} == {"en", "zh"}
    questions = [question for question, _ in islice(texts.questions(60), 200)]
    assert len(set(questions)) == 200


@pytest.mark.parametrize(
    ("articles", "languages"),
    [
        pytest.param(1, ["en"] * 5, id="one-article"),
        pytest.param(3, ["en"] * 5, id="none-in-chinese"),
        pytest.param(4, ["en", "en", "en", "zh", "en"], id="one-in-chinese"),
    ],
)
def test_one_question_in_four_is_chinese_where_there_are_such_articles(
    texts: Texts, articles: int, languages: list[str]
) -> None:
    assert [language for _, language in islice(texts.questions(articles), 5)] == languages


def test_a_sentence_remembers_what_it_was_made_of(texts: Texts) -> None:
    made = [texts.article(number) for number in range(12)]
    sentences = [
        (span.span.of(one.article.text), one.origins)
        for one in made
        for passage in split(one.article)
        for span in passage.sentences
    ]
    known_ones = [origins[text] for text, origins in sentences if text in origins]
    assert len(known_ones) > 0.9 * len(sentences)
    assert all(0 <= place < len(texts.sentences) for place in known_ones)


STOCK = ["red apples grow on trees", "trains run late in winter", "the bank lends money"]


@given(lengths=st.lists(st.integers(0, 5), min_size=1, max_size=6), seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_made_up_vectors_are_of_length_one(lengths: list[int], seed: int) -> None:
    filled = FilledEncoder(WordEncoder(), STOCK, seed=seed)
    spans = [[Span(0, place + 1) for place in range(length)] for length in lengths]
    found = filled.encode_passages(["some text"] * len(lengths), spans)
    for item, length in zip(found, lengths, strict=True):
        assert item.parts.shape == (length, WIDTH)
        assert np.linalg.norm(item.vector) == pytest.approx(1, abs=1e-4)
        assert np.linalg.norm(item.parts, axis=1) == pytest.approx(np.ones(length), abs=1e-4)
    assert np.array_equal(filled.made, [item.vector for item in found])


def test_the_peer_reads_what_the_model_reads() -> None:
    overheard = Overheard(WordEncoder())
    (item,) = overheard.encode_passages(["a title\nits text"], [[Span(8, 16)]])
    assert overheard.heard == ["a title\nits text"]
    assert item.vector @ overheard.encode_query("a title its text") == pytest.approx(1)


def test_made_up_vectors_lie_near_what_the_sentence_was_made_of() -> None:
    encoder = WordEncoder()
    filled = FilledEncoder(encoder, STOCK, seed=7)
    text = "the bank borrows money"
    filled.expect({text: 2})
    (item,) = filled.encode_passages([text], [[Span(0, len(text))]])
    cosines = [float(encoder.encode_query(sentence) @ item.vector) for sentence in STOCK]
    assert int(np.argmax(cosines)) == 2
    assert 0.6 < cosines[2] < 0.999


def test_a_library_grows_by_steps_and_opens_with_the_model_itself(
    texts: Texts, settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    own = settings_for(tmp_path / "data", starter=False)
    encoder = load_encoder(own.embed_model, own.data_dir / "models")
    growing = Growing(own, encoder, texts)
    added = []
    for wanted in (15, 40):
        handover = tmp_path / str(wanted)
        handover.mkdir()
        found = growing.grow_to(wanted, handover=handover, on_progress=lambda progress: None)
        assert wanted <= found["passages"] < wanted + 12
        files = sorted(handover.glob("*.jsonl"))
        ids = [json.loads(line)["id"] for file in files for line in file.read_text("utf-8").splitlines()]
        assert [len(np.load(file.with_suffix(".npy"))) for file in files]
        added += ids
        assert len(added) == len(set(added)) == found["passages"]
    with growing.services() as services:
        assert not services.library.outdated
        assert services.library.count() == growing.articles
        title = services.library.articles(limit=1)[0].title
        assert services.assistant.search(title, k=3)


# Figures


@pytest.mark.parametrize(
    ("changed", "row", "got", "met"),
    [
        pytest.param({}, 0, 3.5, True, id="embedding"),
        pytest.param({}, 1, 0.2, True, id="question"),
        pytest.param({}, 2, 0.25, True, id="search"),
        pytest.param({"p50": 12.0}, 2, 0.6, False, id="slow-search"),
        pytest.param({}, 3, 2.0, True, id="clients"),
        pytest.param({}, 4, 0.25, True, id="start"),
        pytest.param({}, 5, 0, True, id="torch"),
        pytest.param({}, 6, 350.0, True, id="memory"),
    ],
)
def test_what_is_asked_is_judged(changed: dict[str, float], row: int, got: float, met: bool) -> None:
    judged = document(size(1000, p50=500.0), size(10_000, **changed))["asked"][row]  # the small one must not count
    assert (judged["got"], judged["met"]) == (got, met)


@pytest.mark.parametrize(
    ("sizes", "got", "met"),
    [
        pytest.param([(10_003, 5.0), (100_020, 14.0)], 2.8, True, id="near-enough"),
        pytest.param([(10_000, 5.0), (100_000, 20.0)], 4.0, False, id="too-steep"),
        pytest.param([(1_000, 5.0), (100_000, 20.0)], None, None, id="nothing-to-compare-with"),
        pytest.param([(10_000, 5.0)], None, None, id="one-size"),
    ],
)
def test_growth_needs_both_sizes(sizes: list[tuple[int, float]], got: float | None, met: bool | None) -> None:
    judged = document(*(size(passages, p50=p50) for passages, p50 in sizes))["asked"][7]
    assert (judged["got"], judged["met"]) == (got, met)


def test_without_a_peer_its_figures_are_left_open() -> None:
    found = document(size(10_000, peer=False), peer=False)
    assert [row["met"] for row in found["asked"]] == [None, True, None, None, None, True, True, None]
    rows = report.table(found, found["sizes"])
    assert ("passages embedded a second", "70", "", "") in rows
    assert [words for *_, words in report.asked_table(found)].count("not measured") == 5


def test_the_table_sets_both_sides_beside_each_other() -> None:
    found = document(size(10_000), size(30_000, p50=6.0))
    rows = report.table(found, found["sizes"])
    assert ("10,000 passages: search p50, ms", "5", "20", "0.25") in rows
    assert ("30,000 passages: search p50, ms", "6", "20", "0.30") in rows
    assert ("10,000 passages: memory (peer: peak), MB", "350", "900", "0.39") in rows
    head, rows_of_sizes = report.GROWTH_HEAD, report.growth_table(found["sizes"])
    assert [dict(zip(head, row, strict=True))["search p50, ms"] for row in rows_of_sizes] == ["5 (20)", "6 (20)"]


@linux_only
def test_torch_is_seen_from_outside() -> None:
    assert figures.has_torch(os.getpid()) is ("torch" in sys.modules)
    assert figures.has_torch(2**22 + 1) is None
    assert figures.memory_mb(2**22 + 1) == (None, None)


def test_time_counts_for_the_function_that_takes_it(analyzer: Any) -> None:
    found = where_time_goes(lambda: [analyzer.terms("Universities were founded in valleys. " * 40) for _ in range(150)])
    assert found[0]["where"].startswith("corpus.language.Analyzer.")
    assert sum(row["share"] for row in found) == pytest.approx(1, abs=0.02)


def test_waiting_counts_for_what_is_waited_for(analyzer: Any) -> None:
    def work() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: [analyzer.terms("Towers stand in valleys. " * 40) for _ in range(150)]).result()

    assert where_time_goes(work)[0]["where"].startswith("corpus.language.Analyzer.")


# The page


@pytest.mark.parametrize(
    ("found", "lines", "dots"),
    [
        pytest.param(document(*(size(n) for n in (1_000, 10_000, 100_000))), 7, 18, id="three-sizes"),
        pytest.param(document(size(10_000)), 7, 6, id="one-size"),
        pytest.param(document(size(1_000, peer=False), size(10_000, peer=False), peer=False), 4, 6, id="no-peer"),
    ],
)
def test_the_plot_has_each_line_and_every_point(found: dict[str, Any], lines: int, dots: int) -> None:
    svg = ET.fromstring(growth_plot(found))
    name = "{http://www.w3.org/2000/svg}"
    assert len(svg.findall(f".//{name}polyline")) == lines
    points = svg.findall(f".//{name}circle")
    assert len(points) == dots
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    assert all(0 < float(point.get("cx", -1)) < width and 0 < float(point.get("cy", -1)) < height for point in points)
    assert "prefers-color-scheme: dark" in (svg.findtext(f"{name}style") or "")


def test_a_page_is_refreshed_between_its_marks() -> None:
    page = "# Speed\n\nbefore\n\n<!-- figures: begin -->\nold\n<!-- figures: end -->\n\nafter\n"
    found = document(size(10_000))
    fresh = refreshed(page, found)
    assert fresh.startswith("# Speed\n\nbefore\n\n<!-- figures: begin -->\n")
    assert fresh.endswith("<!-- figures: end -->\n\nafter\n")
    assert "old" not in fresh
    assert "| whole search, p50 / the peer's | at most 0.5 | 0.25 | met |" in fresh
    assert refreshed(fresh, found) == fresh
    with pytest.raises(BadInput, match="needs the marks"):
        refreshed("# Speed\n", found)


def test_the_page_and_its_plot_show_the_saved_run() -> None:
    saved = json.loads((DOCS / "performance.json").read_text("utf-8"))
    page = (DOCS / "performance.md").read_text("utf-8")
    assert figures_in_words(saved) in page
    assert (DOCS / "images" / "growth.svg").read_text("utf-8") == growth_plot(saved)
