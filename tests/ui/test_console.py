"""What the command line prints steers no terminal and shows what it says."""

import json
import re

import pytest

from tests.service.api_fakes import FakeServices, make_article
from ui.console import aside, emit, fail, plain, say, table

STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\U000e0000-\U000e007f]"
)
TRICKS = [
    pytest.param("\x1b[2J\x1b[31mred", "[2J[31mred", id="clear the screen"),
    pytest.param("\x1b]8;;http://evil.example\x07here\x1b]8;;\x07", "]8;;http://evil.examplehere]8;;", id="a link"),
    pytest.param("\x1b]0;title\x07", "]0;title", id="the window's title"),
    pytest.param("\x9b2J\x9d0;x\x9c", "2J0;x", id="the same in eight bits"),
    pytest.param("good\rbad", "goodbad", id="written over"),
    pytest.param("abc\b\b\bxyz\x7f", "abcxyz", id="rubbed out"),
    pytest.param("moc.\u202eelpmaxe\u202c", "moc.elpmaxe", id="turned round"),
    pytest.param("\u2066a\u2069\u200fb", "ab", id="set apart"),
    pytest.param("pay\u200bpal\ufeff", "paypal", id="without a shape"),
    pytest.param("x\U000e0041\U000e0042", "x", id="tags"),
    pytest.param(
        "[red]x[/red] [link=http://e.example]y[/link]", "[red]x[/red] [link=http://e.example]y[/link]", id="rich"
    ),
    pytest.param("می\u200cخواهم\tdone", "می\u200cخواهم\tdone", id="letters and tabs stay"),
]


@pytest.mark.parametrize(("text", "left"), TRICKS)
def test_each_way_to_the_terminal_is_plain(capsys, text, left):
    assert plain(text) == left
    say(text)
    aside(text)
    fail(text)
    table(("a", "b"), [(text, text)])
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0] == left
    assert printed.err.splitlines()[0] == left
    assert STEERING.search(printed.out + printed.err) is None


@pytest.mark.parametrize(("text", "left"), TRICKS)
def test_json_reads_back_and_prints_plain(capsys, text, left):
    emit({"title": text, text: 1})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"title": text, text: 1}
    assert STEERING.search(printed) is None


@pytest.mark.parametrize(
    "command", [("ask", "hostile terminal article"), ("search", "hostile terminal article")], ids=lambda c: c[0]
)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_a_hostile_article_steers_no_terminal(insight, services: FakeServices, capsys, command, as_json):
    text = "A hostile terminal article says \x1b[2J\x9b31m and \u202eturns\u202c about."
    held = make_article(
        "t1", f"Terminal \x1b]0;x\x07 {text}", text, published="2025-01-02", url="https://e.example/\x1b[1m"
    )
    services.library._held["t1"] = held
    services.assistant.notice = "\x1b[5mnotice\x9b"
    assert insight(*command, *(["--json"] if as_json else [])) == 0
    printed = capsys.readouterr()
    assert "hostile terminal article" in printed.out
    assert STEERING.search(printed.out + printed.err) is None
