"""Scores by words: what holds more of a question, and more firmly, scores higher."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pytest

from corpus.glossary import Phrase
from corpus.postings import COLUMN_BITS, POSITION_BITS, Column, Postings, pair_keys, phrase_places
from service.question.units import Unit
from service.ranking.bm25 import LexicalScorer, Weighed

UNIT = Unit("ferry boat", ("ferri", "boat"), (("vessel",),), 1.0, False)
WEIGHED = [Weighed(UNIT, 2.0)]


class Held:
    """What one passage holds."""

    def __init__(self, body: str, *, title: str = "", headings: str = "", pairs: str = "") -> None:
        self.terms = {
            Column.TITLE: title.split(),
            Column.HEADINGS: headings.split(),
            Column.BODY: body.split(),
            Column.BIGRAMS: pairs.split(),
        }


def scorer_of(
    passages: Sequence[Held],
    bigrams: Mapping[str, float] = MappingProxyType({}),
    weighed: Sequence[Weighed] = WEIGHED,
) -> LexicalScorer:
    """Score by what passages hold, their keys counting from 1."""
    places: dict[str, list[int]] = defaultdict(list)
    for key, held in enumerate(passages, start=1):
        for column, terms in held.terms.items():
            for position, term in enumerate(terms):
                places[term].append((key << COLUMN_BITS | column) << POSITION_BITS | position)
    found = {term: np.array(places[term], np.int64) for term in (*"ferri boat vessel".split(), *bigrams)}
    phrases: list[Phrase] = [UNIT.own, *UNIT.others, *((term,) for term in UNIT.own)]
    postings = {phrase: Postings.of(phrase_places(phrase, found)) for phrase in phrases}
    return LexicalScorer(weighed, postings, bigrams, {pair: pair_keys(found[pair]) for pair in bigrams})


def scores(
    *passages: Held,
    bigrams: Mapping[str, float] = MappingProxyType({}),
    weighed: Sequence[Weighed] = WEIGHED,
) -> list[float]:
    lengths = [0, *(len(held.terms[Column.BODY]) for held in passages)]
    scorer = scorer_of(passages, bigrams, weighed)
    nowhere, *found = scorer.scores(scorer.presences(np.array(lengths, np.float32))).tolist()
    assert nowhere == 0
    return found


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(Held("a ferri boat"), Held("a boat ferri"), id="its words side by side, then apart"),
        pytest.param(Held("a boat ferri"), Held("a boat"), id="all its words, then one"),
        pytest.param(Held("ferri boat"), Held("vessel"), id="its own words, then another name"),
        pytest.param(Held("vessel"), Held("rowing"), id="another name, then none"),
        pytest.param(Held("ferri boat ferri boat"), Held("ferri boat x y"), id="twice, then once"),
        pytest.param(Held("ferri boat"), Held("x y", title="ferri boat"), id="in the text, then in the title"),
        pytest.param(
            Held("x y", title="ferri boat"), Held("x y", headings="ferri boat"), id="in the title, then a heading"
        ),
        pytest.param(Held("ferri boat"), Held("ferri boat" + " x" * 300), id="in a short passage, then in a long one"),
    ],
)
def test_what_holds_a_unit_better_scores_higher(better: Held, worse: Held) -> None:
    more, less = scores(better, worse)
    assert 1 >= more > less >= 0


def test_pairs_of_characters_help_where_words_are_cut_otherwise() -> None:
    more, none = scores(Held("x", pairs="海水 水淡"), Held("x"), bigrams={"海水": 1.0, "淡化": 1.0})
    assert more > none == 0


def test_where_nothing_is_held_nothing_scores() -> None:
    assert scores(Held("x")) == [0.0]


def test_a_name_weighs_more_than_a_word_as_rare() -> None:
    units = [Unit("ferri", ("ferri",), (), 1.0, True), Unit("boat", ("boat",), (), 1.0, False)]
    weighed = [Weighed(unit, 2.0) for unit in units]
    named, other = scores(Held("ferri x"), Held("boat x"), weighed=weighed)
    assert named > other > 0
