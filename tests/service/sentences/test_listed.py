"""Whether a sentence names what a list asks for, or only says how many there are."""

import pytest

from corpus.language import Analyzer
from service.question.kinds import Kind
from service.question.units import Unit
from service.sentences.listed import announces, names_several, only_counted

HOSPITALS = Unit("hospitals", ("hospit",), (("医院",),), 1.0, name=False)


@pytest.mark.parametrize(
    ("text", "kind", "announced"),
    [
        pytest.param("There are four hospitals that we see:", Kind.LIST, True, id="what is listed"),
        pytest.param("以下是四家医院：", Kind.LIST, True, id="Chinese"),
        pytest.param("There are four nurses that we see:", Kind.LIST, False, id="something else"),
        pytest.param("We see four causes again and again.", Kind.WHY, True, id="reasons"),
        pytest.param("We see four hospitals.", Kind.WHY, False, id="no reasons"),
        pytest.param("Hospitals are near.", Kind.LIST, False, id="no number"),
    ],
)
def test_what_announces_a_list(text: str, kind: Kind, announced: bool, analyzer: Analyzer) -> None:
    assert announces(text, kind, [HOSPITALS], analyzer) is announced


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        pytest.param("The trial runs at fourteen hospitals.", True, id="a number in words"),
        pytest.param("The trial runs at 14 large hospitals in Ulverby.", True, id="in the place that is asked of"),
        pytest.param("Dozens of hospitals take part.", True, id="dozens of"),
        pytest.param("试验在14家医院进行。", True, id="Chinese"),
        pytest.param("The trial runs at two hospitals, Brill Infirmary and St Ede's.", False, id="and names them"),
        pytest.param("The trial runs at two hospitals: the old and the new one.", False, id="and tells them"),
        pytest.param("Three hospitals take part, such as the infirmary.", False, id="with an example"),
        pytest.param("试验在三家医院进行，包括布里尔医院。", False, id="Chinese, and names them"),
        pytest.param("试验由东、西、北三家医院进行。", False, id="Chinese, and lists them before"),
        pytest.param("试验在三家医院，东院、西院和北院进行。", False, id="Chinese, and lists them behind"),
        pytest.param(
            "三家医院先后加入，研究人员可以在医生的陪同之下、在病房里工作。",
            True,
            id="Chinese, and lists something else",
        ),
        pytest.param("Hospitals take part.", False, id="no number"),
        pytest.param("The trial has twelve nurses.", False, id="counts something else"),
        pytest.param("Brill Infirmary takes part.", False, id="names one"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_number_is_no_list(text: str, counted: bool, analyzer: Analyzer) -> None:
    assert only_counted(text, "Which hospitals in Ulverby run the trial?", [HOSPITALS], analyzer) == counted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Brill Hospital, Tessel Hospital and the Royal Hospital take part.", True, id="several"),
        pytest.param("Brill Hospital takes part, as Ulverby College does.", False, id="one, and another sort"),
        pytest.param("Hospitals of Ulverby and Brill take part.", False, id="none by its name"),
        pytest.param("", False, id="empty"),
    ],
)
def test_names_of_the_sort_are_a_list(text: str, names: bool, analyzer: Analyzer) -> None:
    assert names_several(text, [HOSPITALS], analyzer) == names
