"""Whether what a question names stands in a text."""

import pytest

from corpus.language import Analyzer
from service.question.units import Unit
from service.ranking.bm25 import PARTS
from service.sentences.presence import names_in_full, names_there, presence, recurs


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("is Brill in the hollow?", {"hollow"}, id="a name, typed small"),
        pytest.param("is Brill in a hollow?", set(), id="any hollow"),
        pytest.param("who owns the firms?", set(), id="also an ordinary word there"),
        pytest.param("who owns the works?", set(), id="once alone"),
        pytest.param("who owns the Hollow?", set(), id="a name already"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_a_word_that_a_text_has_as_a_name_alone_is_one(question: str, names: set[str]) -> None:
    text = (
        "In the Hollow firms are many. Brill bought the Works. Rents in the Hollow rose. Big Firms left, as Firms do."
    )
    assert names_there(question, text) == names


@pytest.mark.parametrize(
    ("word", "terms", "least"),
    [
        pytest.param("治", ["治疗", "皮肤"], PARTS, id="the first of two characters"),
        pytest.param("停", ["暂停", "项目"], PARTS, id="the last of two"),
        pytest.param("治", ["统治者", "皮肤"], 0.0, id="one of three"),
        pytest.param("治疗", ["诊疗", "皮肤"], 0.0, id="a word of two"),
        pytest.param("治", [], 0.0, id="nothing there"),
    ],
)
def test_a_word_of_one_character_stands_in_one_of_two(word: str, terms: list[str], least: float) -> None:
    assert presence(Unit(word, (word,), (), 1.0, name=False), terms) == least


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param("Ulverby Science Park has a mill.", {"scienc", "park"}, id="the full name"),
        pytest.param("He visited Ulverby, Brill's CEO said.", set(), id="another name behind a comma"),
        pytest.param("Old Ulverby has a mill.", set(), id="it begins otherwise"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_names_go_on(text: str, more: set[str], analyzer: Analyzer) -> None:
    assert names_in_full({analyzer.stem("Ulverby")}, text, analyzer) == more


def test_a_name_with_two_of_the_same_names_recurs_only_where_it_is_said_again() -> None:
    shanghai = Unit("上海", ("上海",), (("shanghai",),), 1.0, name=True, abroad=(("shanghai",),))
    assert recurs(shanghai, ["to", "shanghai", "by", "train"]) == 0.0
    assert recurs(shanghai, ["shanghai", "and", "shanghai"]) > 0.0
