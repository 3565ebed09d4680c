"""Of whom a sentence tells: what it says of somebody else is no answer."""

import pytest

from corpus.language import Analyzer
from service.question.units import Unit
from service.sentences.owners import another_has, names_another

CEO = Unit("runs", ("run",), (("ceo",), ("chief", "execut")), 1.0, False)


@pytest.mark.parametrize(
    ("text", "another"),
    [
        pytest.param("Brill's CEO Ada visited the mill.", True, id="another's, by a possessive"),
        pytest.param("Brill’s chief executive visited the mill.", True, id="by another name of it"),
        pytest.param("The CEO of Brill visited the mill.", True, id="another's, by of"),
        pytest.param("The chief executive at the Brill works visited the mill.", True, id="another's, by at"),
        pytest.param("Ulverby's CEO is Ada.", False, id="the asked one's"),
        pytest.param("Ada is CEO of Ulverby.", False, id="the asked one's, by of"),
        pytest.param("Brill's CEO met Ulverby's chief executive.", False, id="of both"),
        pytest.param("The park's CEO is Ada.", True, id="another thing's"),
        pytest.param("The company's CEO is Ada.", False, id="the company's, which may be any"),
        pytest.param("Ada, the CEO, spoke.", False, id="nobody's"),
        pytest.param("The CEO of the company spoke.", False, id="of no name"),
        pytest.param("Ada runs Ulverby.", False, id="a verb"),
        pytest.param("Ada runs the Brill works.", True, id="another's, by a verb"),
        pytest.param("Our regional CEO spoke of Ulverby.", True, id="ours, the publisher's"),
        pytest.param("Ada spoke.", False, id="not named at all"),
        pytest.param("", False, id="empty"),
    ],
)
def test_what_is_anothers(text: str, another: bool, analyzer: Analyzer) -> None:
    names = {analyzer.stem("Ulverby")}
    assert another_has(CEO, text, analyzer.tokens(text), asked=names, names=names) == another


@pytest.mark.parametrize(
    ("text", "question", "another"),
    [
        pytest.param("Ada, deputy chief executive, spoke.", "who runs it", True, id="a deputy"),
        pytest.param("Ada, the former CEO, spoke.", "who runs it", True, id="one who has left"),
        pytest.param(
            "Ada, deputy chief executive, spoke.", "who is the deputy", False, id="a deputy who is asked about"
        ),
        pytest.param("Ada, the chief executive, spoke.", "who runs it", False, id="none"),
        pytest.param("Ada, the CEO, spoke beside the former CEO.", "who runs it", False, id="both"),
        pytest.param("Brill's CEO spoke.", "who runs it", False, id="somebody's, where no name is asked of"),
    ],
)
def test_a_deputy_is_another(text: str, question: str, another: bool, analyzer: Analyzer) -> None:
    asked = set(analyzer.terms(question))
    assert another_has(CEO, text, analyzer.tokens(text), asked=asked, names=()) == another


def test_a_chinese_deputy_is_another(analyzer: Analyzer) -> None:
    head = Unit("主任", ("主任",), (), 1.0, False)
    text = "中心副主任白志远说"
    assert another_has(head, text, analyzer.tokens(text), asked={"主任"}, names=())


@pytest.mark.parametrize(
    ("text", "another"),
    [
        pytest.param("The Brill Works opened in 1994.", True, id="another"),
        pytest.param("The mill opened in 1994.", False, id="no name"),
        pytest.param("Ulverby Mill opened in 1994.", False, id="the one asked of"),
        pytest.param("It was opened by Ada Brill.", False, id="it refers back"),
        pytest.param("The mill, with its wheel by Brill, opened in 1994.", False, id="its refers back"),
        pytest.param("Aldo Brill, who sold his boat, opened it in 1994.", True, id="his is of another named before"),
        pytest.param("In 1994 he opened it with Brill.", False, id="he refers back"),
        pytest.param("Brill Works, begun in 1994, has forty looms, a third of them new.", True, id="them is its own"),
        pytest.param("In 1994 the Institute opened with Brill.", False, id="short for a name"),
        pytest.param("In 1994 the Institute of Boats opened.", True, id="a name in full"),
        pytest.param("南京大学于1994年成立。", True, id="zh another"),
        pytest.param("它于1994年由南京大学成立。", False, id="zh refers back"),
        pytest.param("磨坊于1994年成立。", False, id="zh no name"),
    ],
)
def test_a_sentence_without_the_name_tells_of_another(text: str, another: bool, analyzer: Analyzer) -> None:
    assert names_another(text, "When did Ulverby Mill open?", analyzer) == another
