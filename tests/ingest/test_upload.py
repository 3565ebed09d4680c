import json

import pytest

from corpus.errors import BadInput, TooLong
from ingest.clean import clean
from ingest.post import Post, Rank, Refused
from ingest.sources import upload as upload_module
from ingest.sources.upload import UploadSource


def sent(name: str, body: bytes = b"Some text.") -> list[Post | Refused]:
    return [item for item in UploadSource(name, body).posts({}) if isinstance(item, Post | Refused)]


def test_a_file_is_one_post() -> None:
    source = UploadSource("Valley of ideas.md", b"# Valley\n\nSome text.")
    assert (source.name, source.rank) == ("upload", Rank.OWN)
    (post,) = source.posts({})
    assert post == Post(
        "Valley of ideas.md", b"# Valley\n\nSome text.", "text/markdown", key="upload:Valley of ideas.md"
    )
    assert clean(post).article.title == "Valley"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("../../etc/passwd.md", "passwd.md", id="a path"),
        pytest.param("/abs/a.md", "a.md", id="an absolute path"),
        pytest.param(r"C:\Users\jane\a.md", "a.md", id="a path of Windows"),
        pytest.param("a\x00b\n\tc\u202e.md", "ab c.md", id="controls"),
        pytest.param("\udcff.md\udcff.md", ".md.md", id="half characters"),
        pytest.param("药明 报告.TXT", "药明 报告.TXT", id="Chinese"),
        pytest.param("n" * 300 + ".docx", "n" * 115 + ".docx", id="long"),
        pytest.param("<script>alert(1)<b>.md", "<script>alert(1)<b>.md", id="markup is plain data"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    (post,) = sent(name)
    assert (post.address, post.key) == (safe, f"upload:{safe}")
    assert len(post.address) <= 120


def test_a_list_gives_its_posts() -> None:
    rows = [{"title": "One", "text": "1."}, {"title": "Two"}]
    one, two = sent("list.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert isinstance(one, Post)
    assert isinstance(two, Refused)
    assert [one.address, two.address] == ["list.jsonl:1", "list.jsonl:2"]
    assert one.key.startswith("upload:list.jsonl#")
    assert two.key.startswith("upload:list.jsonl#")


def test_an_export_that_is_none_is_refused_by_name() -> None:
    assert sent("export.xml", b"<urlset/>") == [Refused("export.xml", "not a WordPress export", "upload:export.xml")]


@pytest.mark.parametrize(
    ("name", "body", "kind", "reason"),
    [
        pytest.param("a.exe", b"MZ", BadInput, "can't read 'a.exe': send a file with one of .*\\.md", id="suffix"),
        pytest.param("passwd", b"x", BadInput, "can't read 'passwd'", id="no suffix"),
        pytest.param("..", b"x", BadInput, "can't read '..'", id="dots"),
        pytest.param("\x00\n", b"x", BadInput, "can't read 'unnamed'", id="nothing left of the name"),
        pytest.param("a." + "m" * 500, b"x", BadInput, "can't read", id="a long suffix"),
        pytest.param("a.md", b"", BadInput, "'a.md' is empty", id="empty"),
        pytest.param("a.md", b"x" * 101, TooLong, "'a.md' is larger than 0 MB: split it", id="too large"),
        pytest.param("a.jsonl", b"x" * 101, TooLong, "'a.jsonl' is larger", id="a list that is too large"),
    ],
)
def test_what_can_not_be_taken_says_what_to_do(
    name: str, body: bytes, kind: type[BadInput], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_module, "LARGEST_FILE", 100)
    with pytest.raises(kind, match=reason) as caught:
        UploadSource(name, body)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
