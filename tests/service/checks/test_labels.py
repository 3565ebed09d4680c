"""What is told under a label must be told under it in the quotes too."""

import pytest

from corpus.language import Analyzer
from service.checks.labels import mislabelled

PHASES = "Phase I trials look at safety in a few people, Phase II trials look for evidence that it works in patients."
DESKS = "The ABD sells data and reports to clients. The CEF runs the ferry and its two boats."
ITEMS = ("Bias: the model repeats unfair patterns.", "Drift: the model grows less accurate.")
PHASES_ZH = "其中I期考察安全性和耐受性，II期探索疗效和剂量。"
CLASSES_ZH = ("A类：外国高端人才；", "B类：外国专业人才；")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("statement", "quotes", "expected"),
    [
        pytest.param("Phase I: safety in a few people", [PHASES], None, id="a numeral"),
        pytest.param("Phase II: safety in a few people", [PHASES], "another", id="another numeral"),
        pytest.param("ABD: sells data and reports", [DESKS], None, id="a short form"),
        pytest.param("CEF – sells data and reports", [DESKS], "another", id="another short form"),
        pytest.param("ABD (a desk): sells data and reports to CEF clients", [DESKS], None, id="an object of its own"),
        pytest.param("Drift: the model grows less accurate.", ITEMS, None, id="an item's label"),
        pytest.param("Bias: the model grows less accurate.", ITEMS, "unknown", id="another item's"),
        pytest.param("The risk of drift: the model grows less accurate.", ITEMS, None, id="in other words"),
        pytest.param("The model grows less accurate.", ITEMS, None, id="no label"),
        pytest.param("Cost: the ferry runs two boats.", [DESKS], None, id="a label that names nothing"),
        pytest.param("I期：考察安全性和耐受性", [PHASES_ZH], None, id="zh a numeral"),
        pytest.param("II期：考察安全性和耐受性", [PHASES_ZH], "another", id="zh another numeral"),
        pytest.param("A类：外国高端人才", CLASSES_ZH, None, id="zh an item's label"),
        pytest.param("A类：外国专业人才", CLASSES_ZH, "another", id="zh another item's"),
    ],
)
def test_labels(statement: str, quotes: list[str], expected: str | None, analyzer: Analyzer) -> None:
    assert mislabelled(statement, quotes, analyzer) == expected
