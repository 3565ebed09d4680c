import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import BadInput
from ingest.post import Post, Refused
from ingest.sources import folder as folder_module
from ingest.sources import jsonl as jsonl_module
from ingest.sources.open import open_source

Write = Callable[..., Path]


def posts(name: Path | str) -> dict[str, str]:
    """What a source gives: by address, the media type of a post or the reason of a refusal."""
    return {
        found.address: found.media_type if isinstance(found, Post) else found.reason
        for found in open_source(str(name)).posts({})
    }


def test_a_folder_gives_its_files_in_order(folder: Write) -> None:
    place = folder(
        {"b.md": "B.", "a.TXT": "A.", "sub/c.html": "C.", "d.markdown": "D.", "e.text": "E.", "f.htm": "F.",
         "g.jsonl": json.dumps({"id": "g", "text": "G."}), "h.pdf": b"H", "i.DOCX": b"I"}
    )  # fmt: skip
    assert posts(place) == {
        "posts/a.TXT": "text/plain",
        "posts/b.md": "text/markdown",
        "posts/d.markdown": "text/markdown",
        "posts/e.text": "text/plain",
        "posts/f.htm": "text/html",
        "posts/g.jsonl:1": "text/plain",
        "posts/h.pdf": "application/pdf",
        "posts/i.DOCX": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "posts/sub/c.html": "text/html",
    }
    assert list(posts(place)) == sorted(posts(place))


def test_what_is_no_article_is_refused_or_passed_over(folder: Write) -> None:
    place = folder(
        {"a.md": "A.", "b.doc": "B", "Makefile": "all:", ".hidden.md": "H", ".git/x.md": "X", "pic.png": b"\x89PNG",
         "style.css": "p{}", "~$a.md": "lock"}
    )  # fmt: skip
    assert posts(place) == {
        "posts/a.md": "text/markdown",
        "posts/b.doc": "not a kind of file that ingest reads (.doc)",
        "posts/Makefile": "not a kind of file that ingest reads (no suffix)",
    }


def test_links_out_of_the_folder_are_refused(folder: Write, tmp_path: Path) -> None:
    place = folder({"a.md": "A."})
    secret = tmp_path / "secret.md"
    secret.write_text("S.")
    other = folder({"x.md": "X."}, "other")
    (place / "b.md").symlink_to(secret)
    (place / "c").symlink_to(other)
    (place / "d.md").symlink_to(place / "a.md")
    (place / "e.md").symlink_to(place / "missing.md")
    assert posts(place) == {
        "posts/a.md": "text/markdown",
        "posts/b.md": "a link that leads out of the folder",
        "posts/c": "a link that leads out of the folder",
        "posts/d.md": "text/markdown",
        "posts/e.md": "can't be read: No such file or directory",
    }


def test_a_folder_that_can_not_be_read(folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder({"a.md": "A.", "locked/b.md": "B."})
    scan, locked = os.scandir, [str(place / "locked")]

    def guarded(path: str) -> object:
        if str(path) in locked:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert posts(place) == {"posts/a.md": "text/markdown", "posts/locked": "a folder that can't be read"}
    locked.append(str(place))
    with pytest.raises(BadInput, match="can't be read: Permission denied"):
        open_source(str(place))


def test_a_file_that_is_too_large_is_refused(folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "LARGEST_FILE", 1024 * 1024)
    place = folder({"a.md": "A.", "b.md": "b" * (1024 * 1024 + 1)})
    assert posts(place)["posts/b.md"] == "larger than 1 MB"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("missing", "no such folder or file", id="missing"),
        pytest.param("", "a source has no name", id="no name"),
        pytest.param("  ", "a source has no name", id="blanks for a name"),
        pytest.param("a\x00b", "no such folder or file|can't be read", id="NUL in a name"),
        pytest.param("n" * 5000, "can't be read", id="a name too long"),
    ],
)
def test_what_can_not_be_opened(name: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        open_source(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("files", [{}, {"a.png": b"x", "b.pptx": b"y", ".c.md": "z"}], ids=["empty", "nothing to read"])
def test_a_folder_without_articles_is_an_error(folder: Write, files: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=r"no articles in folder .*\.md"):
        open_source(str(folder(files)))


def test_a_file_of_another_kind_is_an_error(folder: Write) -> None:
    with pytest.raises(BadInput, match="ingest reads"):
        open_source(str(folder({"a.doc": "x"}) / "a.doc"))


def test_a_file_is_the_same_post_alone_and_in_any_folder_above_it(folder: Write) -> None:
    place = folder({"sub/a.md": "A."})
    keys = set()
    for name in (place, place / "sub", place / "sub" / "a.md"):
        (post,) = open_source(str(name)).posts({})
        assert isinstance(post, Post)
        keys.add(post.key)
        assert str(place) not in post.key + post.address
    assert len(keys) == 1


def test_files_of_one_name_in_two_folders_are_two_posts(folder: Write) -> None:
    keys = set()
    for place in (folder({"posts/a.md": "A."}, "x"), folder({"posts/a.md": "B."}, "y")):
        (post,) = open_source(str(place / "posts")).posts({})
        assert isinstance(post, Post)
        keys.add(post.key)
    assert len(keys) == 2


LINES = [
    ('{"id": "a", "title": "T", "text": "Good.", "lang": "en", "author": "Ann", "extra": 1}', "text/plain"),
    ('{"id": "b", "text": ', "line 2 is not JSON: Expecting value"),
    ('{"id": "c"}', 'line 3 has no "text"'),
    ("[1, 2]", 'line 4 has no "text"'),
    ('{"text": 5}', 'line 5 has no "text"'),
    ('{"id": "d", "text": "Good too."}', "text/plain"),
]


def test_a_broken_line_is_refused_and_the_rest_go_on(folder: Write) -> None:
    place = folder({"a.jsonl": "\ufeff" + "\n".join(line for line, _ in LINES[:2]) + "\n"
                    + "\r\n".join(line for line, _ in LINES[2:]) + "\n\n"})  # fmt: skip
    found = posts(place / "a.jsonl")
    assert list(found) == [f"a.jsonl:{number}" for number in range(1, 7)]
    for (_, expected), outcome in zip(LINES, found.values(), strict=True):
        assert outcome.startswith(expected)


def test_a_line_that_is_not_utf8_is_refused(folder: Write) -> None:
    place = folder({"a.jsonl": b'{"text": "ok"}\n{"text": "\xff"}\n'})
    assert posts(place / "a.jsonl")["a.jsonl:2"] == "line 2 is not UTF-8"


def test_a_line_that_is_too_long_is_refused(folder: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_module, "LONGEST_LINE", 100)
    place = folder({"a.jsonl": '{"text": "ok"}\n{"text": "%s"}\n{"text": "ok"}' % ("x" * 350)})
    found = posts(place / "a.jsonl")
    assert found["a.jsonl:2"].startswith("line 2 is longer than")
    assert found["a.jsonl:3"] == "text/plain"


def test_a_set_of_questions_is_refused_as_a_whole(folder: Write) -> None:
    place = folder({"questions.jsonl": '{"id": 1, "question": "who?"}\n' * 50})
    (refused,) = open_source(str(place)).posts({})
    assert isinstance(refused, Refused)
    assert "not a list of articles" in refused.reason


def test_a_refused_line_says_which_post_it_would_have_been(folder: Write) -> None:
    lines = ['{"title": "One", "text": "1."}', '{"title": "Two", "text": 2}', '{"text": 3}', "{", "[]", '{"text": ""}']
    place = folder({"a.jsonl": "\n".join(lines)})
    found = list(open_source(str(place)).posts({}))
    one, two, *others = [item.key for item in found]
    assert [type(item) for item in found] == [Post, *[Refused] * 4, Post]
    (place / "a.jsonl").write_text('{"title": "Two", "text": "2."}')
    (mended,) = open_source(str(place)).posts({})
    assert two == mended.key
    file_key = one.partition("#")[0]
    assert others[:3] == [file_key] * 3  # any line of the file may have been it
    assert others[3].startswith(f"{file_key}#")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(r'{"text": "One\u0000 two"}', "One two", id="zero"),
        pytest.param(r'{"text": "One\ud800 two"}', "One two", id="half a character"),
        pytest.param(r'{"text": "One \ud83d\ude00"}', "One \U0001f600", id="both halves"),
        pytest.param('{"text": "One", "text": "Two"}', "Two", id="the last of two texts"),
    ],
)
def test_what_json_can_spell_and_no_text_holds(folder: Write, line: str, text: str) -> None:
    (post,) = open_source(str(folder({"a.jsonl": line}))).posts({})
    assert isinstance(post, Post)
    assert post.body == text.encode()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"text": "x", "id": NaN}', "line 1 is not JSON: NaN is no number", id="NaN"),
        pytest.param(
            '{"text": "x", "id": ' + "9" * 5000 + "}", "it holds a number of thousands of digits", id="digits"
        ),
        pytest.param('{"text": ' + "[" * 100_000, "nested too deep", id="deep"),
    ],
)
def test_lines_that_no_parser_should_be_trusted_with(folder: Write, line: str, reason: str) -> None:
    (refused,) = open_source(str(folder({"a.jsonl": line}))).posts({})
    assert isinstance(refused, Refused)
    assert reason in refused.reason


def test_a_list_that_is_something_else_says_what(folder: Write) -> None:
    (refused,) = open_source(str(folder({"a.jsonl": b"%PDF-1.7\n"}))).posts({})
    assert isinstance(refused, Refused)
    assert refused.reason == "not a list of articles: it looks like a PDF file"


def test_a_line_without_an_id_is_known_by_its_title(folder: Write) -> None:
    rows = [{"title": "One", "text": "1."}, {"title": "Two", "text": "2."}]
    place = folder({"a.jsonl": "\n".join(map(json.dumps, rows))})
    before = {post.key for post in open_source(str(place)).posts({}) if isinstance(post, Post)}
    folder({"a.jsonl": "\n".join(map(json.dumps, reversed(rows)))})
    after = {post.key for post in open_source(str(place)).posts({}) if isinstance(post, Post)}
    assert len(before) == 2
    assert before == after
