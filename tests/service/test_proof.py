"""The smallest quotes that carry a sentence."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.article import BlockKind
from corpus.language import Analyzer
from service.checks.verdict import Verdict
from service.evidence import RankedPassage
from service.proof import Proof, find_proof
from service.verify import check
from tests.service.evidence_samples import article, passage

ISLAND = (
    "Brackwater Island has 212 residents and one school. "
    "Its lighthouse was rebuilt in 1931 by Edda Falk. "
    "The island exports kelp and wool to Bergen. "
    "Storms cut the cable four times a year. "
    "The lighthouse is not open to visitors."
)
HARBOUR = "The ferry to Brackwater Island sails twice a day. It carries 40 passengers and six cars."


def ranked(text: str, title: str) -> RankedPassage:
    source = article(text, title=title, name=title.lower())
    return RankedPassage(source, passage(source), 1.0)


PASSAGES = (ranked(ISLAND, "Brackwater Island"), ranked(HARBOUR, "Ferries"))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def proof(sentence: str, analyzer: Analyzer, passages: Sequence[RankedPassage] = PASSAGES) -> Proof:
    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return check(statement, quotes, analyzer=analyzer, claim_context=claim_context)

    return find_proof(sentence, passages, verifier)


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        pytest.param(
            "The island exports kelp and wool.", ["The island exports kelp and wool to Bergen."], id="one sentence"
        ),
        pytest.param(
            "Brackwater Island's lighthouse was rebuilt in 1931.",
            ["Its lighthouse was rebuilt in 1931 by Edda Falk."],
            id="whose subject the title names",
        ),
        pytest.param(
            "The island exports kelp, and storms cut the cable four times a year.",
            ["The island exports kelp and wool to Bergen. Storms cut the cable four times a year."],
            id="two side by side are one quote",
        ),
        pytest.param(
            "Brackwater Island has 212 residents and exports kelp and wool to Bergen.",
            [
                "Brackwater Island has 212 residents and one school.",
                "The island exports kelp and wool to Bergen.",
            ],
            id="two that stand apart",
        ),
        pytest.param(
            "The island has 212 residents, and its ferry carries 40 passengers and six cars.",
            ["Brackwater Island has 212 residents and one school.", "It carries 40 passengers and six cars."],
            id="two of different articles",
        ),
    ],
)
def test_the_smallest_quotes_that_carry_it(analyzer: Analyzer, sentence: str, quotes: list[str]) -> None:
    found = proof(sentence, analyzer)
    assert found.verdict.support == "supported", found.verdict
    assert [span.of(ranked.article.text) for ranked, span in found.places] == quotes


def test_of_sentences_that_carry_it_alike_the_shortest_is_quoted(analyzer: Analyzer) -> None:
    long = "In spring, when the wind allows, the island exports kelp to Bergen and to many other towns of the coast."
    found = proof("The island exports kelp to Bergen.", analyzer, [ranked(f"{long} {ISLAND}", "Trade")])
    ((source, span),) = found.places
    assert span.of(source.article.text) == "The island exports kelp and wool to Bergen."


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The island has 213 residents and exports kelp.", id="a number"),
        pytest.param("The island has 40 residents and exports kelp.", id="a number of something else"),
        pytest.param("The lighthouse is open to visitors.", id="a denial"),
        pytest.param("The lighthouse was rebuilt by Mona Reyes.", id="a name"),
    ],
)
def test_no_windows_carry_what_is_false(analyzer: Analyzer, sentence: str) -> None:
    assert proof(sentence, analyzer).verdict.support != "supported"


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        pytest.param("Edda Falk cut the cable.", "partial", id="a name of one place, a deed of another"),
        pytest.param("Its lighthouse was rebuilt in 1931, and storms cut the cable.", "supported", id="two parts"),
    ],
)
def test_quotes_from_several_places_prove_what_each_part_says(analyzer: Analyzer, sentence: str, support: str) -> None:
    assert proof(sentence, analyzer).verdict.support == support


def test_two_sentences_prove_nothing_that_one_of_them_contradicts(analyzer: Analyzer) -> None:
    passages = [ranked("Sales of kelp fell by half. The growth of towns did not help sales.", "Kelp")]
    assert proof("Sales of kelp rose by half.", analyzer, passages).verdict.kind == "opposite"


def test_a_passage_without_sentences_proves_nothing(analyzer: Analyzer) -> None:
    assert proof("The island exports kelp.", analyzer, []).places == ()


FIRMS = "Ardo Antibodies made a test. Nordbank bought the firm in 2006. Solven was founded in 1998. {} Solven in 2007."


@pytest.mark.parametrize(
    ("text", "sentence", "support"),
    [
        pytest.param(
            FIRMS.format("Its method passed to Illuvia, which bought"),
            "Nordbank bought Solven in 2006.",
            "partial",
            id="another stands between",
        ),
        pytest.param(
            "The lighthouse of Brackwater stands on a rock. It is white. It was rebuilt by Edda Falk in 1931.",
            "The lighthouse of Brackwater was rebuilt by Edda Falk in 1931.",
            "supported",
            id="none, or one that refers to it too",
        ),
    ],
)
def test_it_is_what_the_sentences_before_tell_of(analyzer: Analyzer, text: str, sentence: str, support: str) -> None:
    assert proof(sentence, analyzer, [ranked(text, "Notes")]).verdict.support == support


MILL = (
    "The mill at Ulverby is old. We ask each miller to settle five things in writing:\n"
    "Who owns the flour and the bran.\n"
    "Which wheel grinds the oats.\n"
    "Where grain and sacks are stored.\n"
    "How repairs of the roof are paid.\n"
    "When the gates are shut.\n"
    "The river is deep. Ships bring salt from Brill. Horses graze on the meadow."
)


def with_a_list(text: str, title: str) -> RankedPassage:
    """Lines between the first and the last are items of a list."""
    found = ranked(text, title)
    first, last = text.index("\n"), text.rindex("\n")
    sentences = tuple(
        replace(each, kind=BlockKind.LIST_ITEM if first < each.span.start < last else each.kind)
        for each in found.passage.sentences
    )
    return replace(found, passage=replace(found.passage, sentences=sentences))


ALL_FIVE = (
    "who owns the flour, which wheel grinds the oats, where sacks are stored, how repairs are paid "
    "and when the gates are shut"
)


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        pytest.param(f"Each miller settles five things: {ALL_FIVE}.", True, id="all items with their number"),
        pytest.param(f"Each miller settles six things: {ALL_FIVE}.", False, id="another number"),
        pytest.param(
            "Each miller should settle who owns the flour, which wheel grinds the oats and how repairs are paid.",
            True,
            id="a few items",
        ),
        pytest.param(
            "Each miller should settle who owns the flour, which wheel grinds the oats and who feeds the cats.",
            False,
            id="one that is not there",
        ),
        pytest.param(
            "Each miller settles in writing who eats the soup, which wheel grinds the oats and how repairs are paid.",
            False,
            id="another one in the first place",
        ),
        pytest.param(
            "Each miller should settle which wheel grinds the flour and how sacks are shut.",
            False,
            id="the words of one in another",
        ),
    ],
)
def test_a_list_proves_what_its_items_say(analyzer: Analyzer, sentence: str, *, supported: bool) -> None:
    found = proof(sentence, analyzer, [with_a_list(MILL, "Ulverby")])
    assert (found.verdict.support == "supported") is supported, found.verdict


GROUPS = (
    "Three groups of people live at Ulverby:\n"
    "Millers: Ada Brill and Edda Falk grind the oats.\n"
    "Bakers: Mona Reyes bakes the bread.\n"
    "Ferrymen: Olga Byrne crosses the river.\n"
    "The river is deep."
)


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        pytest.param("Millers, bakers and ferrymen live at Ulverby.", "supported", id="the groups"),
        pytest.param("The millers of Ulverby are Ada Brill, Edda Falk and Mona Reyes.", "partial", id="one of another"),
    ],
)
def test_what_one_group_is_the_other_is_not(analyzer: Analyzer, sentence: str, support: str) -> None:
    assert proof(sentence, analyzer, [with_a_list(GROUPS, "Ulverby")]).verdict.support == support


def test_a_list_is_quoted_with_what_leads_it_in(analyzer: Analyzer) -> None:
    sentence = "Each miller should settle who owns the flour, which wheel grinds the oats and how repairs are paid."
    found = proof(sentence, analyzer, [with_a_list(MILL, "Ulverby")])
    assert [span.of(ranked.article.text) for ranked, span in found.places] == [
        "We ask each miller to settle five things in writing:\nWho owns the flour and the bran.\n"
        "Which wheel grinds the oats.",
        "How repairs of the roof are paid.",
    ]


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        pytest.param(
            "The old mill stands at Ulverby, while ships bring salt from Brill, and horses graze on the meadow.",
            True,
            id="each part has a place of its own",
        ),
        pytest.param("The old horses of the meadow bring salt to Ulverby.", False, id="places that only lend words"),
    ],
)
def test_several_places_prove_a_sentence_in_parts(analyzer: Analyzer, sentence: str, *, supported: bool) -> None:
    found = proof(sentence, analyzer, [with_a_list(MILL, "Ulverby")])
    assert (found.verdict.support == "supported") is supported, found.verdict


@pytest.mark.parametrize(
    ("text", "sentence", "support"),
    [
        pytest.param(
            "The prize went to Ada Brill and Edda Falk. Falk shared one half with Mona Reyes.",
            "One half of the prize was shared by Edda Falk and Mona Reyes.",
            "supported",
            id="somebody by the last name",
        ),
        pytest.param(
            "The campus grew around the Norvane Institute. Small firms use the institute's lasers.",
            "Small firms on the campus use the lasers of the Norvane Institute.",
            "supported",
            id="a name in short",
        ),
        pytest.param(
            "Interpreting doubles the length of each speech. A talk of twenty minutes should therefore be short.",
            "As interpreting doubles its length, a talk of twenty minutes should be short.",
            "supported",
            id="a conclusion",
        ),
        pytest.param(
            "The campus grew around the Norvane Institute. Small firms use lasers.",
            "Small firms on the campus use the lasers of the Norvane Institute.",
            "partial",
            id="none of these",
        ),
        pytest.param(
            "The CDE opened the island's mill. Storms reach the CDER in May.",
            "Storms reach the mill that the CDE opened in May.",
            "partial",
            id="a name within another",
        ),
    ],
)
def test_what_speaks_of_the_same_thing(analyzer: Analyzer, text: str, sentence: str, support: str) -> None:
    assert proof(sentence, analyzer, [ranked(text, "Notes")]).verdict.support == support


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        pytest.param(
            "Ardo Antibodies was bought by Nordbank in 2006, and Solven by Illuvia in 2007.", "apart", id="there"
        ),
        pytest.param(
            "Ardo Antibodies was bought by Nordbank in 2009, and Solven by Illuvia in 2007.", "number", id="not"
        ),
    ],
)
def test_a_fact_that_stands_elsewhere_is_not_called_missing(analyzer: Analyzer, sentence: str, kind: str) -> None:
    passages = [ranked(FIRMS.format("Storms came. Its method passed to Illuvia, which bought"), "Firms")]
    assert (found := proof(sentence, analyzer, passages).verdict).support == "unsupported"
    assert found.kind == kind
