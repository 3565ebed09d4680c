"""Whose a role is: what a sentence says of somebody else is no answer."""

import pytest

from corpus.language import Analyzer
from service.owners import another_has
from service.understand import Unit

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
        pytest.param("Ada, the CEO, spoke.", False, id="nobody's"),
        pytest.param("The CEO of the company spoke.", False, id="of no name"),
        pytest.param("Ada runs Ulverby.", False, id="a verb"),
        pytest.param("Ada spoke.", False, id="not named at all"),
        pytest.param("", False, id="empty"),
    ],
)
def test_what_is_anothers(text: str, another: bool, analyzer: Analyzer) -> None:
    asked = {analyzer.stem("Ulverby")}
    assert another_has(CEO, text, analyzer.tokens(text), asked) == another
