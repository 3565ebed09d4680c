import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, BlockKind, Passage
from ingest.draft import Piece, compose
from ingest.split import split
from ingest.text import word_count

SENTENCE = "The partners met again in the spring to share what they had learnt about the trial. "
CHINESE = "园区在春天再次召集合作伙伴，交流他们在试验中学到的经验。"


def article(*pieces: Piece) -> Article:
    text, blocks = compose(pieces)
    return Article("a", "a", "Title", text, blocks, "en")


def paragraph(words: int) -> Piece:
    return Piece(BlockKind.PARAGRAPH, SENTENCE * (words // 15))


def heading(text: str, level: int = 2) -> Piece:
    return Piece(BlockKind.HEADING, text, level)


def items(count: int, words: int) -> list[Piece]:
    return [Piece(BlockKind.LIST_ITEM, SENTENCE * (words // 15), group=1) for _ in range(count)]


def check(found: Article) -> tuple[Passage, ...]:
    """Assert what holds for the passages of any article, and return them."""
    passages = split(found)
    assert "".join(passage.text for passage in passages) == found.text
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    place = 0
    for passage in passages:
        assert passage.span.start == place
        assert passage.text == passage.span.of(found.text)
        place = passage.span.end
        assert [s.span.start for s in passage.sentences] == sorted(s.span.start for s in passage.sentences)
        for sentence in passage.sentences:
            quote = passage.quote(sentence.span)
            assert quote
            assert quote == quote.strip()
    assert place == len(found.text)
    return passages


def test_passages_aim_at_their_size() -> None:
    passages = check(article(*[paragraph(60) for _ in range(20)]))
    assert all(120 <= word_count(passage.text) <= 190 for passage in passages[:-1])


def test_chinese_passages_aim_at_their_size() -> None:
    found = article(*[Piece(BlockKind.PARAGRAPH, CHINESE * 3) for _ in range(20)])
    assert all(225 <= len(passage.text) <= 350 for passage in check(found)[:-1])


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = check(article(paragraph(900)))
    assert len(passages) >= 4
    assert all(passage.text.rstrip().endswith(".") for passage in passages)
    assert sum(len(passage.sentences) for passage in passages) == 60


@pytest.mark.parametrize("text", ["word " * 2000, "字" * 3000, "x" * 9000, "a clause of six words, " * 400, "!" * 9000])
def test_an_endless_sentence_is_cut_all_the_same(text: str) -> None:
    passages = check(article(Piece(BlockKind.PARAGRAPH, text)))
    assert max(word_count(passage.text) for passage in passages) <= 231
    assert max(len(passage.text) for passage in passages) <= 2000


def test_an_endless_sentence_is_cut_after_a_clause() -> None:
    passages = check(article(Piece(BlockKind.PARAGRAPH, "a clause of six words, " * 400)))
    assert all(passage.text.rstrip().endswith(",") for passage in passages)


def test_a_new_section_begins_a_new_passage_after_some_text() -> None:
    found = article(paragraph(75), heading("Why"), paragraph(75))
    assert [passage.headings for passage in check(found)] == [(), ("Why",)]


def test_a_short_section_does_not() -> None:
    found = article(paragraph(30), heading("Why"), paragraph(30), heading("How"), paragraph(30))
    assert len(check(found)) == 1


def test_a_heading_never_ends_a_passage() -> None:
    pieces: list[Piece] = []
    for number in range(30):
        pieces += [heading(f"Section {number}"), heading("Part", 3), paragraph(15 + number * 10)]
    for passage in check(article(*pieces)):
        assert passage.text.rstrip().endswith(".")


def test_headings_are_those_above_and_at_the_start() -> None:
    found = article(
        heading("One"), heading("One A", 3), paragraph(150), paragraph(150), heading("One B", 3), paragraph(150),
        heading("Two"), paragraph(150),
    )  # fmt: skip
    paths = [passage.headings for passage in check(found)]
    assert paths == [("One", "One A"), ("One", "One A"), ("One", "One B"), ("Two",)]


def test_a_list_stays_with_its_lead_in() -> None:
    lead = Piece(BlockKind.PARAGRAPH, "Three things matter here:")
    passages = check(article(paragraph(105), lead, *items(4, 30), paragraph(105)))
    holder = next(passage for passage in passages if "Three things" in passage.text)
    assert [s.kind for s in holder.sentences].count(BlockKind.LIST_ITEM) == 8


def test_a_long_list_keeps_its_first_item_beside_the_lead_in() -> None:
    lead = Piece(BlockKind.PARAGRAPH, "Ten things matter here:")
    passages = check(article(paragraph(105), lead, *items(10, 45)))
    holder = next(passage for passage in passages if "Ten things" in passage.text)
    assert holder.sentences[-1].kind is BlockKind.LIST_ITEM


def test_a_tiny_end_goes_to_the_passage_before() -> None:
    assert len(check(article(paragraph(150), Piece(BlockKind.PARAGRAPH, "That is all.")))) == 1


def test_only_what_may_be_quoted_is_a_sentence() -> None:
    found = article(
        heading("Heading here"),
        Piece(BlockKind.PARAGRAPH, "One. Two."),
        Piece(BlockKind.CAPTION, "A caption."),
        Piece(BlockKind.CODE, "code()"),
        Piece(BlockKind.TABLE, "a | b\n1 | 2"),
        Piece(BlockKind.LIST_ITEM, "Three. Four.", group=1),
        Piece(BlockKind.QUOTE, "Five."),
    )
    (passage,) = check(found)
    said = [(s.kind.value, passage.quote(s.span)) for s in passage.sentences]
    assert said == [
        ("paragraph", "One."), ("paragraph", "Two."), ("table", "a | b"), ("table", "1 | 2"),
        ("list_item", "Three."), ("list_item", "Four."), ("quote", "Five."),
    ]  # fmt: skip


def test_a_long_table_is_cut_between_rows() -> None:
    rows = "\n".join(f"row {number} | with some words in its cells" for number in range(200))
    passages = check(article(Piece(BlockKind.TABLE, rows)))
    assert len(passages) > 3
    assert sum(len(passage.sentences) for passage in passages) == 200


def test_passages_carry_their_place_and_wait_for_a_version() -> None:
    first = check(article(paragraph(150)))[0]
    assert (first.id, first.article_id, first.version, first.ordinal) == ("a.0.0", "a", 0, 0)


def test_no_text_no_passages() -> None:
    assert split(article()) == ()


texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from([SENTENCE, CHINESE, "one, two; three ", "！？…”", "Dr. A. said: ", "\n", "x" * 300])).map(
        "".join
    ),
)
pieces = st.builds(Piece, st.sampled_from(list(BlockKind)), texts, level=st.integers(0, 6), group=st.integers(0, 2))


@given(st.lists(pieces, max_size=30))
@settings(max_examples=150)
def test_any_article_is_covered(parts: list[Piece]) -> None:
    found = article(*parts)
    for block in found.blocks:
        shown = block.span.of(found.text)
        assert shown
        assert shown == shown.strip()
    gaps = found.text
    for block in reversed(found.blocks):
        gaps = gaps[: block.span.start] + gaps[block.span.end :]
    assert not gaps.strip()
    check(found)
