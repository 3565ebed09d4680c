"""What stands in many articles of a run is told from what does not, in one run and over several."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, BlockKind
from ingest.boilerplate import RepeatedBlocks
from ingest.draft import Piece, compose

BANNER = "Acme is a group of advisers."
KINDS = [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION]


def article(name: str, *pieces: str | Piece) -> Article:
    """An article of these pieces; a text is a paragraph."""
    whole = [piece if isinstance(piece, Piece) else Piece(BlockKind.PARAGRAPH, piece) for piece in pieces]
    text, blocks = compose(whole)
    return Article(name, name, f"Title {name}", text, blocks, "en")


def seen(*articles: Article) -> RepeatedBlocks:
    repeated = RepeatedBlocks()
    for each in articles:
        repeated.see(each)
    return repeated


def own(number: int) -> str:
    return f"What article number {number} has to say."


@pytest.mark.parametrize(
    ("articles", "with_banner", "goes"),
    [
        pytest.param(4, 4, False, id="too few articles to tell"),
        pytest.param(5, 2, False, id="twice is no habit"),
        pytest.param(5, 3, True, id="three of five"),
        pytest.param(10, 3, False, id="three of ten"),
        pytest.param(10, 4, True, id="four of ten"),
    ],
)
def test_how_often_is_often(articles: int, with_banner: int, goes: bool) -> None:
    made = [article(str(n), own(n), *([BANNER] if n < with_banner else [])) for n in range(articles)]
    repeated = seen(*made)
    assert [BANNER in repeated.without(each).text for each in made] == [
        not goes and n < with_banner for n in range(articles)
    ]
    assert all(own(n) in repeated.without(each).text for n, each in enumerate(made))


@pytest.mark.parametrize(
    ("piece", "goes"),
    [
        *(pytest.param(Piece(kind, BANNER), True, id=kind.value) for kind in KINDS),
        pytest.param(Piece(BlockKind.TABLE, "a | b"), False, id="a table stays"),
        pytest.param(Piece(BlockKind.CODE, "run()"), False, id="code stays"),
        pytest.param(Piece(BlockKind.PARAGRAPH, "word " * 300), False, id="a long text stays"),
    ],
)
def test_what_may_be_boilerplate(piece: Piece, goes: bool) -> None:
    made = [article(str(n), own(n), piece) for n in range(6)]
    text = seen(*made).without(made[0]).text
    assert (piece.text.strip() in text) is not goes


def test_case_spaces_and_punctuation_make_no_difference() -> None:
    spelt = [BANNER, BANNER.upper(), "Acme is: a group of advisers", "acme  is a group – of advisers!", BANNER, BANNER]
    made = [article(str(n), own(n), banner) for n, banner in enumerate(spelt)]
    repeated = seen(*made)
    assert [repeated.without(each).text for each in made] == [own(n) for n in range(6)]


def test_a_block_that_an_article_repeats_counts_once() -> None:
    made = [article("0", own(0), *[BANNER] * 9), *(article(str(n), own(n)) for n in range(1, 6))]
    assert seen(*made).without(made[0]) == made[0]


def test_an_article_is_never_emptied() -> None:
    made = [article(str(n), Piece(BlockKind.HEADING, "About", 2), BANNER) for n in range(6)]
    repeated = seen(*made)
    assert [repeated.without(each) for each in made] == made


def test_names_are_learnt_anew_from_what_is_left() -> None:
    banner = "Acme is a contract research organisation (CRO)."
    made = [article(str(n), own(n), banner) for n in range(6)]
    assert dict(seen(*made).without(made[0]).names) == {}


# Over several runs


@dataclass(frozen=True)
class World:
    """Articles by their blocks, of a few banners and their own sentences."""

    articles: tuple[Article, ...]


BLOCKS = st.sampled_from([f"Banner number {n} of the house." for n in range(4)])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count = draw(st.integers(1, 12))
    return World(tuple(article(str(n), own(n), *draw(st.lists(BLOCKS, max_size=3))) for n in range(count)))


@settings(max_examples=80)
@given(world=worlds())
def test_notes_stand_for_their_article(world: World) -> None:
    """A run that only has the notes counts and judges as one that has the articles."""
    first = seen(*world.articles)
    later = RepeatedBlocks()
    for each in world.articles:
        later.see_again(first.notes(each))
    for each in world.articles:
        assert not first.judged_otherwise(first.notes(each))
        assert not later.judged_otherwise(first.notes(each))
        assert later.notes(each) == first.notes(each)
        assert later.without(each) == first.without(each)


@settings(max_examples=80)
@given(world=worlds(), split=st.integers(0, 12))
def test_notes_tell_whether_an_article_would_read_otherwise_now(world: World, split: int) -> None:
    """Judged otherwise is just what another run makes another text of, unless that would have emptied it."""
    before = seen(*world.articles[:split])
    now = RepeatedBlocks()
    for number, each in enumerate(world.articles):
        if number < split:
            now.see_again(before.notes(each))
        else:
            now.see(each)
    for each in world.articles[:split]:
        otherwise = now.judged_otherwise(before.notes(each))
        assert otherwise == (before.without(each).text != now.without(each).text)
        assert not now.judged_otherwise(now.notes(each))


@settings(max_examples=80)
@given(world=worlds())
def test_what_is_left_are_blocks_of_the_article_in_their_order(world: World) -> None:
    repeated = seen(*world.articles)
    for each in world.articles:
        left = repeated.without(each)
        blocks = [block.span.of(left.text) for block in left.blocks]
        assert "\n\n".join(blocks) == left.text
        remaining = iter([block.span.of(each.text) for block in each.blocks])
        assert all(block in remaining for block in blocks), "in order, none of them new"
        assert own(int(each.id)) in blocks


def test_notes_are_small() -> None:
    assert len(seen().notes(article("1", own(1), BANNER, BANNER, Piece(BlockKind.HEADING, "About", 2)))) == 2 * 9
    assert seen().notes(article("1", Piece(BlockKind.TABLE, "a | b"))) == b""
    assert not seen().judged_otherwise(b"")
