"""The same article through several sources is one article, and the source whose word counts most has it."""

import itertools

import pytest

from corpus.library import Library
from corpus.records import Outcome
from ingest.post import Gone, Rank
from tests.ingest.scripted import Script, by_marker, ids, outcomes, post, run


@pytest.fixture
def library(real_library: Library) -> Library:
    return real_library


FULL = "The whole text of essay a, as the site itself has it.\n\nAnd a second paragraph of it."
SHORT = "The text of essay a, as the feed has it."


def site(**fields: str) -> Script:
    return Script([by_marker(post("a", FULL, marker="m1", **fields))], name="site", rank=Rank.OWN)


def feed(**fields: str) -> Script:
    return Script([by_marker(post("a", SHORT, marker="f1", **fields))], name="feed", rank=Rank.FEED)


def text(library: Library) -> str:
    (article,) = library.articles()
    return article.text


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param([("site", "feed")], id="together"),
        pytest.param([("feed", "site")], id="together, the feed first"),
        pytest.param([("site",), ("feed",)], id="the site and then its feed"),
        pytest.param([("feed",), ("site",)], id="the feed and then the site"),
        pytest.param([("feed",), ("feed", "site")], id="the feed, and then both"),
        pytest.param([("site",), ("feed", "site")], id="the site, and then both"),
        pytest.param([("feed",), ("site", "feed"), ("feed",)], id="the feed, both, and the feed again"),
    ],
)
def test_in_whatever_order_the_site_has_it(library: Library, runs: list[tuple[str, ...]]) -> None:
    sources = {"site": site(), "feed": feed()}
    for together in runs:
        done = run(library, *(sources[name] for name in together))
        assert done.counts["refused"] == 0
    assert text(library) == FULL
    assert {origin.source for origin in library.ledger.origins_of("a")} == {"site", "feed"}
    generation = library.generation
    assert run(library, *sources.values()).counts["kept"] == 2
    assert library.generation == generation


@pytest.mark.parametrize(
    ("held", "given", "wins"),
    [
        pytest.param(None, None, False, id="undated"),
        pytest.param("2025-03-01T10:00:00Z", "2025-03-01T10:00:00Z", False, id="as new"),
        pytest.param("2025-03-01T10:00:00Z", "2025-03-01T18:00:00+08:00", False, id="as new in another zone"),
        pytest.param("2025-03-01", "2025-02-01", False, id="older"),
        pytest.param("2025-03-01", None, False, id="undated against dated"),
        pytest.param("2025-03-01T10:00:00Z", "2025-03-01T18:00:01+08:00", True, id="modified later"),
    ],
)
def test_a_source_of_less_weight_overwrites_only_what_is_older(
    library: Library, held: str | None, given: str | None, wins: bool
) -> None:
    run(library, site(**({"modified": held} if held else {})))
    less = feed(**({"modified": given} if given else {}))
    done = run(library, less)
    assert text(library) == (SHORT if wins else FULL)
    assert outcomes(done) == [("a", "changed" if wins else "kept")]
    assert done.items[0].note == (None if wins else "kept as a source of more weight gives it")
    assert outcomes(run(library, less)) == [("a", "kept")]


def test_a_source_of_the_same_weight_overwrites(library: Library) -> None:
    run(library, site())
    copy = Script([post("a", SHORT)], name="folder")
    assert outcomes(run(library, copy)) == [("a", "changed")]
    assert text(library) == SHORT


def test_what_a_source_alone_gives_it_may_change(library: Library) -> None:
    run(library, feed())
    done = run(library, Script([post("a", "Another text in the feed.")], name="feed", rank=Rank.FEED))
    assert outcomes(done) == [("a", "changed")]


# The same text under two addresses


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in two runs"])
@pytest.mark.parametrize("same", [True, False], ids=["one source", "two sources"])
def test_one_text_under_two_addresses(library: Library, together: bool, same: bool) -> None:
    first, second = post("a", FULL, title="One title"), post("b", f"\n{FULL}  ", title="One  title")
    if same:
        sources = [Script([first, second])] if together else [Script([first]), Script([second])]
    else:
        sources = [Script([first]), Script([second], name="copy")]
    runs = [run(library, *sources)] if together else [run(library, source) for source in sources]
    item = runs[-1].items[-1]
    assert ids(library) == {"a"}
    if same:
        assert (item.outcome, item.reason) == (Outcome.REFUSED, "same text as a")
    else:
        assert (item.outcome, item.article_id, item.note) == (Outcome.KEPT, "a", "same text as a")
    again = run(library, *sources)
    assert again.items[-1].outcome is item.outcome
    assert again.counts["added"] == again.counts["changed"] == 0
    assert ids(library) == {"a"}


def test_the_same_text_under_another_title_is_another_article_and_said_so(library: Library) -> None:
    long = " ".join(f"Sentence {number} speaks of matter {number * 7} at length." for number in range(20))
    run(library, Script([post("a", long)]))
    done = run(library, Script([post("b", long), post("c", "A short text.")]))
    assert [item.outcome for item in done.items] == [Outcome.ADDED, Outcome.ADDED]
    assert [item.note for item in done.items] == ["reads much like a (100% the same)", None]
    edited = run(library, Script([post("b", f"{long} One more sentence at the end of it.")]))
    assert str(edited.items[0].note).startswith("reads much like a (9")
    assert run(library, Script([post("c", "A short text.")])).items[0].note is None


def test_a_post_that_comes_to_read_like_anothers_leaves_its_own_article_behind(library: Library) -> None:
    run(library, Script([post("a", FULL, title="T")]), Script([post("b", SHORT, title="T")], name="copy"))
    assert ids(library) == {"a", "b"}
    done = run(library, Script([post("b", FULL, title="T")], name="copy"))
    assert outcomes(done) == [("b", "kept")]
    assert ids(library) == {"a"}, "no source gives the text of b any more"
    assert {origin.source for origin in library.ledger.origins_of("a")} == {"site", "copy"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_articles_of_one_file_name_keep_their_ids(library: Library, order: tuple[int, ...]) -> None:
    """Whatever comes first: none takes the place of another, and each is known again."""
    given = [
        Script([post("note", f"What note {n} says.", url=f"https://{n}.example/note", title=f"N{n}")], name=f"s{n}")
        for n in range(3)
    ]
    run(library, *(given[n] for n in order))
    held = {article.identity: article.id for article in library.articles()}
    assert len(held) == 3
    assert sorted(len(name) for name in held.values()) == [4, 13, 13]
    assert run(library, *given).counts["kept"] == 3
    run(library, Script([Gone("x", "note", "trashed")], name=f"s{order[0]}"))
    assert run(library, given[order[1]], given[order[2]]).counts["kept"] == 2
