"""The command line: what goes to which stream, and what the exit status says."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from corpus.catalogue import Catalogue
from corpus.embedder import Embedder
from corpus.errors import Unavailable
from corpus.ledger import Ledger
from corpus.records import Outcome, Progress, Run, RunItem
from corpus.soundness import Check
from service.answer import Direct, Statement
from service.phrases import not_found
from service.threshold import Fitted, Threshold, note_of
from tests.corpus.examples import WordEncoder, embedded, passages_of
from tests.service.api_fakes import CHINESE, FakeServices, make_article
from tests.service.evaluations import document, save
from ui.commands.ask import show
from ui.commands.serve import address_of, listen, start_lines
from ui.console import plain

QUESTION = "Which contract research leaders operate in Jiangbei?"
HEAVY = ("torch", "gradio", "llama_index", "chromadb", "transformers", "onnxruntime", "uvicorn")


def one_line_error(text):
    assert text.startswith("error: ")
    assert text.count("\n") == 1
    assert "Traceback" not in text
    return text


def test_ask_shows_the_answer_with_its_proof(insight, capsys, services):
    assert insight("ask", QUESTION) == 0
    out = capsys.readouterr().out
    citation = services.assistant.ask(QUESTION).citations[0]
    for shown in (services.assistant.ask(QUESTION).text, citation.quote, citation.link, citation.article.title):
        assert shown in out
    assert services.closed


def test_the_few_words_that_answer_come_first_and_are_bold_in_their_quote(capsys, services, monkeypatch):
    answer = services.assistant.ask(QUESTION)
    cited = answer.citations[0]
    words = cited.quote.split()[1]
    start = cited.start + cited.quote.index(words)
    direct = Direct(words, cited.number, start, start + len(words))
    monkeypatch.setattr("typer.echo", print)  # as on a terminal, which shows what is bold
    show(replace(answer, text=f"{words} [1]\n\n{answer.text}", direct=direct))
    out = capsys.readouterr().out
    bold = f"\x1b[1m{words}\x1b[0m"
    assert out.count(bold) == 2


def test_a_follow_up_is_told_as_it_was_understood(capsys, services):
    show(replace(services.assistant.ask(QUESTION), understood="Who is in Jiangbei?"))
    assert "Understood as: Who is in Jiangbei?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        pytest.param(QUESTION, ("only partly supported", "not supported by the articles"), id="en"),
        pytest.param("江北有哪些合同研究组织？", ("仅部分有据", "文章中没有依据"), id="zh"),
    ],
)
def test_doubtful_statements_are_told_in_the_language_of_the_answer(capsys, services, question, labels):
    doubtful = (Statement("A 一", (1,), "partial"), Statement("B 二", (1,), "unsupported"))
    show(replace(services.assistant.ask(question), statements=doubtful))
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("(")]
    assert lines == [f"({labels[0]}: A 一)", f"({labels[1]}: B 二)"]


@pytest.mark.parametrize(("question", "status"), [(QUESTION, 0), ("What is the price of tea?", 3)])
def test_ask_json_is_the_one_answer_shape(insight, capsys, services, question, status):
    assert insight("ask", question, "--json") == status
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(services.assistant.ask(question).to_dict()))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        pytest.param("What is the price of tea?", "This is not in the articles.\n\nNearest articles:\n  Nan", id="en"),
        pytest.param("茶叶的价格是多少？", "文章中没有这个问题的答案。\n\n最接近的文章:\n  Nan", id="zh"),
    ],
)
def test_not_found_names_the_nearest_once(capsys, services, question, begins):
    answer = services.assistant.ask(question)
    show(replace(answer, text=not_found(answer.related, answer.language)))
    out = capsys.readouterr().out
    assert out.startswith(begins)
    assert out.count("Nanjing Jiangbei Valley  https://") == out.count("Nanjing Jiangbei Valley") == 1


def test_not_found_is_status_3(insight, capsys):
    assert insight("ask", "What is the price of tea?") == 3
    assert "Nearest articles:\n  Nanjing Jiangbei Valley" in capsys.readouterr().out


def test_mode_reaches_the_assistant_and_a_notice_goes_aside(insight, capsys, services):
    services.assistant.notice = "the language model can't be reached"
    assert insight("ask", QUESTION, "--mode", "quotes") == 0
    assert services.assistant.heard[0][2] == "quotes"
    said = capsys.readouterr()
    assert "can't be reached" in said.err
    assert "can't be reached" not in said.out


def test_a_sentence_that_is_held_back_is_told_aside(insight, capsys, services):
    services.assistant.unproved = "a number in it is not in the quotes"
    assert insight("ask", QUESTION) == 0
    said = capsys.readouterr()
    assert said.err == "held back a sentence: a number in it is not in the quotes\n"
    assert "held back" not in said.out


def test_without_a_question_it_is_a_conversation(insight, capsys, services, monkeypatch):
    asked = iter([QUESTION, "x" * 2001, "And when was it set up?"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(asked, ""))
    assert insight("ask") == 0
    assert "error: the question is longer" in capsys.readouterr().err
    assert [turn.role for turn in services.assistant.heard[-1][1]] == ["user", "assistant"]


def test_a_conversation_ends_with_its_input(insight, monkeypatch):
    def ended(prompt=""):
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    assert insight("ask") == 0


def test_search_lists_passages(insight, capsys, services):
    assert insight("search", QUESTION, "--json", "-k", "1") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["query"], len(document["hits"])) == (QUESTION, 1)
    assert document["hits"][0]["text"] == services.library.article("a1").text
    assert insight("search", QUESTION) == 0
    assert "Nanjing Jiangbei Valley" in capsys.readouterr().out


def test_ingest_lists_what_became_of_each_post(insight, capsys, services):
    assert insight("ingest", "posts", "--dry-run") == 0
    said = capsys.readouterr()
    assert "refused  posts/bad.md  the post has no text" in " ".join(said.out.split("\n")).replace("   ", "  ")
    assert "2 seen, 1 added, 1 refused" in said.out
    assert "nothing was changed" in said.err
    assert services.ingested == [(("posts",), True, False)]


def test_ingest_offers_only_what_it_reads(insight, capsys):
    assert insight("ingest", "--help") == 0
    told = capsys.readouterr().out
    assert all(kind in told for kind in (".md", ".txt", ".html", ".pdf", ".docx", ".jsonl", ".xml"))
    assert all(kind in told for kind in ("WordPress site", "feed", "sitemap", "page"))


def test_ingest_json_is_one_document(insight, capsys):
    assert insight("ingest", "posts", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["counts"]["refused"] == 1
    assert [item["outcome"] for item in document["items"]] == ["added", "refused"]


def test_a_failed_run_is_a_failure_with_its_document(insight, capsys, services):
    services.run_error = "the disk is full"
    assert insight("ingest", "posts", "--json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"] == "the disk is full"
    assert one_line_error(said.err) == "error: the disk is full\n"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        pytest.param(Unavailable("the folder is\nin use"), "error: the folder is in use\n", id="ours"),
        pytest.param(OSError(28, "No space left on device", "/x"), "error: No space left on device: /x\n", id="disk"),
        pytest.param(OSError("odd"), "error: odd\n", id="bare"),
        pytest.param(
            KeyError("k"), "error: unexpected KeyError: 'k'; set INSIGHT_LOG_LEVEL=debug to see where\n", id="bug"
        ),
    ],
)
def test_what_goes_wrong_is_one_line(insight, capsys, services, error, line):
    services.ingest_error = error
    assert insight("ingest", "posts") == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", line)


def test_a_bug_shows_its_traceback_when_asked(insight, capsys, services, monkeypatch):
    monkeypatch.setenv("INSIGHT_LOG_LEVEL", "debug")
    services.ingest_error = KeyError("k")
    assert insight("ingest", "posts") == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["frobnicate"], id="command"),
        pytest.param(["ask", "x", "--mode", "magic"], id="mode"),
        pytest.param(["ask", "--json"], id="json-chat"),
        pytest.param(["search"], id="no-query"),
        pytest.param(["search", "x", "-k", "0"], id="k"),
        pytest.param(["eval"], id="eval-of-nothing"),
        pytest.param(["eval", "--questions", "q.jsonl"], id="eval-without-articles"),
        pytest.param(["eval", "--compare", "a.json", "b.json", "--claims", "c.jsonl"], id="eval-compares-or-measures"),
        pytest.param(["eval", "--compare", "a.json", "b.json", "--save", "c.json"], id="eval-saves-no-comparison"),
        pytest.param(["eval", "--compare", "a.json", "b.json", "--fit"], id="eval-fits-no-comparison"),
        pytest.param(["eval", "--articles", "posts", "--fit"], id="eval-fits-on-questions"),
        pytest.param(["eval", "--questions", "q.jsonl", "--fit", "--mode", "llm"], id="eval-fits-quotes"),
        pytest.param(["eval", "--claims", "c.jsonl", "--dry-run"], id="eval-dry-run-of-nothing"),
        pytest.param(["eval", "--forget", "--questions", "q.jsonl"], id="eval-forgets-alone"),
        pytest.param(["serve", "--port", "70000"], id="port"),
        pytest.param(["articles", "show"], id="no-id"),
    ],
)
def test_wrong_usage_is_status_2(insight, capsys, arguments):
    assert insight(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Usage: insight" in said.err


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ask", "--help"], ["articles", "list", "--help"]])
def test_help_is_help(insight, capsys, arguments, monkeypatch):
    monkeypatch.setenv("INSIGHT_PORT", "not a port")
    assert insight(*arguments) == 0
    assert "insight" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variable", "value", "file", "named"),
    [
        pytest.param("INSIGHT_PORT", "not a port", "", "port", id="value"),
        pytest.param("INSIGHT_PROT", "80", "", "INSIGHT_PORT", id="misspelt"),
        pytest.param("INSIGHT_SOURCES", '["posts"', "", "sources", id="list"),
        pytest.param("INSIGHT_PORT", "80", "port =", "insight.toml", id="file"),
    ],
)
def test_a_wrong_setting_is_named(insight, capsys, monkeypatch, variable, value, file, named):
    monkeypatch.setenv(variable, value)
    Path("insight.toml").write_text(file)
    assert insight("articles", "list") == 1
    said = capsys.readouterr()
    assert named in one_line_error(said.err)
    assert said.out == ""


def test_a_bug_before_the_settings_are_read_is_one_line(insight, capsys, monkeypatch):
    def broken():
        raise KeyError("k")

    monkeypatch.setattr("ui.commands.common.load_settings", broken)
    assert insight("articles", "list") == 1
    said = capsys.readouterr()
    assert "unexpected KeyError" in one_line_error(said.err)
    assert said.out == ""


@pytest.mark.parametrize(
    "arguments", [["articles", "show", "none"], ["articles", "withdraw", "none"], ["runs", "show", "none"]]
)
def test_what_is_not_there_is_a_failure(insight, capsys, arguments):
    assert insight(*arguments) == 1
    assert "'none'" in one_line_error(capsys.readouterr().err)


def test_withdraw_says_what_it_did(insight, capsys, services):
    assert insight("articles", "withdraw", "a1", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"id": "a1", "withdrawn": True}
    assert services.library.article("a1") is None


SOUND = Check(articles=2, passages=7, missing=(), orphans=(), unsearchable=())
TORN = replace(SOUND, missing=("a1.1.0", "a1.1.1"))
UNBUILT = replace(SOUND, built=False)


@pytest.mark.parametrize(
    ("options", "found", "rebuilt", "status", "said"),
    [
        pytest.param([], SOUND, None, 0, "indexes agree", id="sound"),
        pytest.param([], TORN, None, 1, "2 not in the vector index: a1.1.0, a1.1.1", id="torn"),
        pytest.param(["--repair"], TORN, SOUND, 0, "2 not in the vector index", id="repaired"),
        pytest.param([], UNBUILT, None, 0, "the next start builds the index", id="no index yet"),
        pytest.param(["--repair"], UNBUILT, SOUND, 0, "indexes agree", id="built now"),
        pytest.param(["--repair"], TORN, TORN, 1, "2 not in the vector index", id="beyond-repair"),
    ],
)
def test_verify_says_whether_the_stores_agree(insight, capsys, monkeypatch, options, found, rebuilt, status, said):
    monkeypatch.setattr("service.diagnosis.soundness.inspect", lambda settings: found)
    monkeypatch.setattr("service.diagnosis.soundness.rebuild", lambda settings: rebuilt)
    assert insight("verify", *options) == status
    printed = capsys.readouterr()
    assert "2 articles, 7 passages" in printed.out
    assert said in printed.out
    assert ("error: the indexes don't agree" in printed.err) == bool(status)
    assert insight("verify", "--json", *options) == status
    document = json.loads(capsys.readouterr().out)
    assert (document["sound"], document["repaired"]) == (not status, bool(options))
    assert document["found"]["missing"] == list(found.missing)


def test_verify_makes_no_library(insight, capsys, tmp_path):
    assert insight("verify") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: there is no library in '")
    assert not (tmp_path / "data").exists()


def test_runs_are_listed_and_shown(insight, capsys, tmp_path):
    catalogue = Catalogue.open(tmp_path / "data")
    item = RunItem("posts/bad.md", Outcome.REFUSED, reason="the post has no text")
    Ledger(catalogue).record_run(Run("r1", "posts", "2026-01-02T03:04:05Z", items=(item,), error="broke off"))
    catalogue.close()
    assert insight("runs", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["counts"]["refused"] == 1
    for arguments in (["runs", "list"], ["runs", "show", "r1"]):
        assert insight(*arguments) == 0
        assert "broke off" in capsys.readouterr().out
    assert insight("runs", "show", "r1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["items"][0]["reason"] == "the post has no text"


def test_articles_are_listed_and_shown(insight, capsys, tmp_path):
    catalogue = Catalogue.open(tmp_path / "data")
    article = make_article("zh-1", "江北", CHINESE, published="2025-06-18", url=None)
    parts = passages_of(article)
    encoded = embedded(Embedder(WordEncoder()), article, parts)
    catalogue.stage([(article, parts)], [encoded], fingerprint="", splitter="")
    catalogue.flip({"zh-1": 1}, [])
    catalogue.close()
    assert insight("articles", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["total"], [held["id"] for held in listed["articles"]]) == (1, ["zh-1"])
    assert insight("articles", "show", "zh-1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["text"] == CHINESE
    for arguments in (["articles", "list"], ["articles", "show", "zh-1"]):
        assert insight(*arguments) == 0
        assert "江北" in capsys.readouterr().out


def test_an_evaluation_is_one_document(insight, capsys, monkeypatch):
    seen = {}

    def measured(settings, **wanted):
        seen.update(wanted)
        wanted["on_progress"](Progress("asking", 1, 1, "q"))
        return {"questions": 1}

    monkeypatch.setattr("service.evaluate.evaluate", measured)
    arguments = ["eval", "--articles", "posts", "--questions", "q.jsonl", "--json"]
    assert insight(*arguments) == 0
    assert json.loads(capsys.readouterr().out) == {"questions": 1}
    assert (seen["articles"], seen["questions"], seen["claims"], seen["mode"]) == (
        ["posts"], Path("q.jsonl"), None, "quotes",
    )  # fmt: skip


MEASURE = ["eval", "--articles", "posts", "--questions", "q.jsonl"]


@pytest.fixture
def measured(monkeypatch):
    """An evaluation that is there at once."""
    monkeypatch.setattr("service.evaluate.evaluate", lambda settings, **wanted: document())


def test_a_saved_run_is_the_document(insight, capsys, measured):
    assert insight(*MEASURE, "--save", "run.json", "--json") == 0
    assert json.loads(Path("run.json").read_text("utf-8")) == json.loads(capsys.readouterr().out) == document()


def test_two_runs_are_compared_side_by_side(insight, capsys, tmp_path):
    save(tmp_path / "a.json")
    fresh = {"id": "q3", "question": "Since when?", "why": "lacks '2019'"}
    save(tmp_path / "b.json", answers__pass_rate=0.9, citations__exact=0.5, fingerprint="f2", answers__failures=[fresh])
    assert insight("eval", "--compare", "a.json", "b.json") == 0
    said = capsys.readouterr()
    rows = [" ".join(line.split()) for line in said.out.splitlines()]
    assert rows[0] == "measure a.json b.json difference"
    assert "answers.pass_rate 0.800 of 10 0.900 of 10 +0.100 better" in rows
    assert "citations.exact 1.000 of 12 0.500 of 12 -0.500 worse" in rows
    assert rows[-3:] == [
        "now fails: q3 Since when? - lacks '2019'",
        "no longer fails: q1 Who runs the hub? - lacks 'Castellano'",
        "no longer fails: q2 创新谷在哪里？ - answered, though the articles don't say",
    ]
    assert "note: the fingerprints differ: f1 and f2\n" in said.err
    assert insight("eval", "--compare", "a.json", "b.json", "--json") == 0
    assert json.loads(capsys.readouterr().out)["failures"]["broken"] == [fresh]


FITTED = Fitted(0.61, "s", "q.jsonl", "d", 12, 11, 0.1, 0.2, "2026-03-04")


@pytest.fixture
def fits(monkeypatch):
    """An evaluation that has fitted a threshold at once; gives what was asked of it."""
    seen = []
    before = {"value": 0.5, "source": "default", "false_answer_rate": 0.5, "false_refusal_rate": 0.1}

    def measured(settings, **wanted):
        seen.append(wanted)
        before["errors_together"] = 0.6 if wanted["articles"] is None else 0.3
        return document(threshold=Threshold(0.61, FITTED).to_dict() | {"before": before})

    monkeypatch.setattr("service.evaluate.evaluate", measured)
    return seen


FIT = ["eval", "--questions", "q.jsonl", "--fit"]


def test_a_fitted_threshold_is_stored_and_forgotten(insight, capsys, fits, tmp_path):
    assert insight(*FIT) == 0
    said = capsys.readouterr()
    rows = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "threshold 0.61, fitted on q.jsonl on 2026-03-04" in rows
    assert "before the fit 0.5: false answers 0.500, false refusals 0.100, together 0.600" in rows
    assert any(row.startswith("expected of new questions false answers 0.100, false refusals 0.200") for row in rows)
    assert "answers are held against 0.61 from now on" in said.err
    assert "note" not in said.err
    assert (fits[0]["fitting"], fits[0]["articles"]) == (True, None)
    assert Fitted.parse(note_of(tmp_path / "data")) == FITTED
    assert insight("eval", "--forget", "--json") == 0
    assert json.loads(capsys.readouterr().out)["threshold"]["source"] == "default"
    assert note_of(tmp_path / "data") is None


def test_a_dry_run_stores_nothing(insight, capsys, fits, tmp_path):
    assert insight(*FIT, "--articles", "a", "--articles", "b", "--dry-run", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["threshold"]["value"] == 0.61
    assert "not stored" in said.err
    assert "note: 0.5, the threshold before, makes no more errors on these questions" in said.err
    assert fits[0]["articles"] == ["a", "b"]
    assert note_of(tmp_path / "data") is None


def test_a_report_tells_the_fit(insight, fits):
    assert insight(*FIT, "--dry-run", "--html", "run.html") == 0
    page = Path("run.html").read_text("utf-8")
    assert "fitted on q.jsonl on 2026-03-04" in page
    assert "false answers 0.100, false refusals 0.200" in page


def test_one_run_is_compared_with_nothing(insight, capsys):
    assert insight("eval", "--compare", "a.json") == 2
    assert "'--compare' requires 2 arguments" in capsys.readouterr().err


def test_a_report_is_written_beside_the_table(insight, capsys, measured, tmp_path):
    assert insight(*MEASURE, "--html", "run.html") == 0
    assert "answers.pass_rate" in capsys.readouterr().out
    assert "q.jsonl · posts" in Path("run.html").read_text("utf-8")
    save(tmp_path / "a.json", answers__failures=[{"id": "q", "question": "half \ud83d", "why": "lacks 'x'"}])
    assert insight("eval", "--compare", "a.json", "a.json", "--html", "both.html") == 0
    assert "Comparison" in Path("both.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("rate", "arguments"),
    [
        pytest.param(0.8, MEASURE, id="measured"),
        pytest.param(0.9, ["eval", "--compare", "a.json", "b.json"], id="the second of two runs"),
    ],
)
def test_a_fall_below_a_floor_is_a_failure(insight, capsys, measured, tmp_path, rate, arguments):
    save(tmp_path / "a.json", answers__pass_rate=1.0)
    save(tmp_path / "b.json", answers__pass_rate=0.9)
    for floor, status in ((rate, 0), (rate + 0.05, 1)):
        Path("floor.toml").write_text(f'[least]\n"answers.pass_rate" = {floor}\n[most]\n"citations.exact" = 1\n')
        assert insight(*arguments, "--floor", "floor.toml") == status
        said = capsys.readouterr()
        assert "citations.exact" in said.out
        told = f"error: answers.pass_rate is {rate}, below its floor of {floor:g}\n"
        assert [line for line in said.err.splitlines(keepends=True) if line.startswith("error")] == [told] * status


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        pytest.param(["--floor", "none.toml"], 1, "none.toml", id="floors"),
        pytest.param(["--save", "nowhere/run.json"], 2, "nowhere/run.json", id="save"),
        pytest.param(["--html", "."], 2, "'.' can't be a file", id="html"),
    ],
)
def test_a_slip_in_a_name_shows_before_anything_is_measured(insight, capsys, monkeypatch, options, status, says):
    def measured(settings, **wanted):
        raise AssertionError("measured")

    monkeypatch.setattr("service.evaluate.evaluate", measured)
    assert insight(*MEASURE, *options) == status
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["articles", "list"],
        ["runs", "list"],
        ["eval", "--help"],
        ["eval", "--compare", "a.json", "a.json", "--html", "both.html"],
    ],
)
def test_small_commands_load_nothing_heavy(command, tmp_path):
    script = (
        "import sys; from ui.cli import run\n"
        f"status = run({command!r})\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules], status, file=sys.stderr)"
    )
    save(tmp_path / "a.json")
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"INSIGHT_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "LOADED [] 0"


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1b[31mred\x07", "a[31mred"), ("one\ntwo\tthree", "one\ntwo\tthree"), ("江北\x9b", "江北")]
)
def test_articles_cannot_steer_the_terminal(text, shown):
    assert plain(text) == shown


def test_a_port_in_use_is_one_clear_line(insight, capsys, services):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert insight("serve", "--port", str(port)) == 1
    assert one_line_error(capsys.readouterr().err).startswith(f"error: port {port} on 127.0.0.1 is in use")
    assert services.announced is None


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:"), ("0.0.0.0", "http://127.0.0.1:"), ("::1", "http://[::1]:")],
)
def test_the_printed_address_can_be_opened(host, address):
    with listen(host, 0) as listener:
        assert address_of(listener, host) == f"{address}{listener.getsockname()[1]}"


@pytest.mark.parametrize(("model", "says"), [(None, "none: quotes mode"), ("qwen-x", "qwen-x")])
def test_the_start_says_what_it_runs_on(model, says):
    lines = "\n".join(start_lines(FakeServices(model_name=model), "http://127.0.0.1:8000"))
    assert all(part in lines for part in ("http://127.0.0.1:8000", says, "fake-embedder", "3"))


def test_a_server_announces_itself_and_ends_quietly(tmp_path):
    script = (
        "import service.wiring, sys; from tests.service.api_fakes import FakeServices\n"
        "service.wiring.open_services = lambda settings, beside=False, on_progress=None: FakeServices()\n"
        "from ui.cli import run; sys.exit(run(['serve', '--port', '0']))"
    )
    environment = os.environ | {"INSIGHT_DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as out_file, err.open("w") as err_file:
        process = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdout=out_file,
            stderr=err_file,
        )
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        while "Ctrl-C" not in out.read_text():
            assert process.poll() is None, err.read_text()
            time.sleep(0.05)
        address = out.read_text().split(" at ")[1].split()[0]
        assert httpx.get(f"{address}/healthz", trust_env=False, timeout=30).is_success
        process.send_signal(signal.SIGINT)
        status = process.wait(timeout=30)
    finally:
        watchdog.cancel()
        process.kill()
    assert status == 0
    assert err.read_text() == ""
    assert "quotes mode" in out.read_text()
