"""Whatever a post holds, it becomes a sound article or is refused."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.records import Origin, Outcome
from ingest.clean import clean
from ingest.post import BadPost, Post
from ingest.run import run_ingest
from ingest.sources.folder import MEDIA_TYPES
from ingest.split import split
from ingest.spool import CleanedPost, Spool

MARKDOWN = ["# ", "## ", "- ", "1. ", "> ", "```\n", "|a|b|\n|-|-|\n", "---\n", "*", "**", "[x](y)", "![", "\n\n"]
MARKDOWN += ["<p>", "&amp;", "[^1]", "title: x\n"]
HTML = ["<p>", "</p>", "<div>", "</div>", "<ul><li>", "</li>", "<h2>", "</h2>", "<table><tr><td>", "<!--", "-->"]
HTML += ["<pre>", "<br>", "<html><body>", "<article>", "<figure><figcaption>", "<script>", "&nbsp;", "<title>"]
HTML += ["<meta charset=x>", "<?xml version='1.0' encoding='x'?>"]
WORDS = [
    "The valley grew. ",
    "园区很大。",
    "Share this",
    "Related Posts",
    "\n",
    " ",
    "• ",
    "Figure 1: x",
    "\u200b",
    "\x00",
]
WORDS += ["\ud800", "\u202e", "合同研究组织（CRO）", "CRO (contract research organisation)"]


def soup(*parts: list[str]) -> st.SearchStrategy[str]:
    known = st.sampled_from([part for group in parts for part in group])
    return st.lists(st.one_of(known, known, st.text(max_size=12)), max_size=25).map("".join)


posts = st.one_of(
    st.tuples(st.just("text/markdown"), soup(MARKDOWN, WORDS)),
    st.tuples(st.just("text/html"), soup(HTML, WORDS)),
    st.tuples(st.just("text/plain"), soup(WORDS)),
)


def sound(article: Article) -> None:
    """Assert what any article promises."""
    covered = "".join(block.span.of(article.text) for block in article.blocks)
    assert "".join(covered.split()) == "".join(article.text.split())
    place = 0
    for block in article.blocks:
        assert block.span.start >= place
        shown = block.span.of(article.text)
        assert shown
        assert shown == shown.strip()
        place = block.span.end
    article.text.encode("utf-8")
    assert article.title
    assert article.id
    assert "/" not in article.id
    assert "".join(passage.text for passage in split(article)) == article.text


def checked(post: Post) -> Article | None:
    """Clean a post; assert that what comes out is a sound article, or a reason in one line and None."""
    try:
        article = clean(post).article
    except BadPost as error:
        reason = str(error)
    else:
        sound(article)
        return article
    assert reason
    assert "\n" not in reason
    return None


@given(posts)
@settings(max_examples=400)
def test_a_post_becomes_a_sound_article_or_is_refused(given_post: tuple[str, str]) -> None:
    media_type, text = given_post
    article = checked(Post("a/b.x", text.encode("utf-8", "surrogatepass"), media_type))
    event("refused" if article is None else "article")


@given(st.binary(max_size=300), st.sampled_from(sorted(set(MEDIA_TYPES.values()))))
@settings(max_examples=150)
def test_bytes_become_a_sound_article_or_are_refused(body: bytes, media_type: str) -> None:
    checked(Post("a/b.x", body, media_type))


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
)
keys = st.sampled_from(
    ["id", "title", "author", "published", "categories", "language", "url", "sample", "date", "other"]
)


@given(st.dictionaries(keys, scalars))
@settings(max_examples=200)
def test_any_metadata_is_taken_or_refused(metadata: dict[str, object]) -> None:
    article = checked(Post("a.txt", b"Some text.", "text/plain", metadata))
    if article is not None:
        assert article.text == "Some text."
        assert article.language in {"en", "zh"}
        assert article.published is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\S+)?", article.published)


@given(posts)
@settings(max_examples=60)
def test_the_spool_gives_back_what_it_took(given_post: tuple[str, str]) -> None:
    media_type, text = given_post
    article = checked(Post("a/b.x", f"Text. {text}".encode("utf-8", "surrogatepass"), media_type))
    assume(article is not None)
    assert article is not None
    spool = Spool()
    candidate = CleanedPost(7, "a/b.x", article, ("a flag",), Origin("folder", "b.x", "", "m", "d", 3))
    spool.add(candidate)
    (found,) = spool.candidates()
    spool.close()
    assert found == candidate
    assert found.article.content_hash == article.content_hash


@given(
    st.lists(
        st.one_of(st.sampled_from(["Text one.", "Text two.", "", "\x00", "Share this"]), st.text(max_size=30)),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=40)
def test_counts_add_up_and_a_second_run_changes_nothing(make_library: Any, texts: list[str]) -> None:
    library = make_library()
    with tempfile.TemporaryDirectory() as place:
        rows = [json.dumps({"id": f"n{number}", "text": text}) for number, text in enumerate(texts)]
        path = Path(place) / "list.jsonl"
        path.write_text("\n".join(rows))
        first, second = (run_ingest(library, [str(path)]) for _ in range(2))
    for run in (first, second):
        assert run.counts["seen"] == len(texts) == sum(n for name, n in run.counts.items() if name != "seen")
    assert [item.outcome for item in second.items] == [
        Outcome.KEPT if item.outcome is Outcome.ADDED else Outcome.REFUSED for item in first.items
    ]
    assert len(library.held) == first.counts["added"]
