"""What is read of an answer of ours: none of the words that lead its quotes in, nothing where there was none."""

import pytest

from corpus.article import Language
from service.phrases import lead, not_found
from service.question.topics import items, own_words
from tests.service.reading import page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_our_own_words_are_no_names_of_an_answer(language: Language) -> None:
    article = page("The mill is old.", title="Brill Works and Others")
    assert own_words(f"{lead(article, language)} “The mill is old.” [1]").strip() == "“The mill is old.”"
    assert own_words(not_found((), language)) == ""


@pytest.mark.parametrize(
    ("reply", "listed"),
    [
        pytest.param("Two are there: [1]\n- Brill Mill [1]\n- Nordbank [2]", ["Brill Mill", "Nordbank"], id="names"),
        pytest.param(
            "1. Brill, a mill of 1998 [1]\n2. Nordbank – a bank [2]", ["Brill", "Nordbank"], id="with what they are"
        ),
        pytest.param("有两家：\n- 青岚实验室：研究淡化 [1]\n- 北风公司 [2]", ["青岚实验室", "北风公司"], id="zh"),
        pytest.param("Two things:\n- Rents rose. [1]\n- The mill is old. [2]", [], id="sentences"),
        pytest.param("- Brill Mill [1]", [], id="one is no list"),
        pytest.param(
            "“Today, the mill hosts firms.” “Brill was sold.” “Colm, also from Ulverby, was not.” [1]",
            ["Brill", "Colm"],
            id="a word that only opens a sentence",
        ),
        pytest.param(
            "“The Lake Prize went to Ada Brill, Ben Colm and Cy Dent.” [1]",
            ["Ada Brill", "Ben Colm", "Cy Dent"],
            id="names in a sentence",
        ),
    ],
)
def test_what_a_list_names(reply: str, listed: list[str]) -> None:
    assert items(own_words(reply)) == listed
