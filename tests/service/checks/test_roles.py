"""What stands behind "from", "to", "for" or "because of" is not exchanged."""

import pytest

from corpus.language import Analyzer
from service.checks.roles import role_exchanged

MOVED = "Brill began work in Ulverby and moved to Calder in 2019 because of the flood."
LENS = "The lens predicts the shape of a dye from its colour."


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("statement", "quote", "role"),
    [
        pytest.param("Brill moved from Ulverby to Calder in 2019.", MOVED, None, id="from and to"),
        pytest.param("Brill moved from Calder to Ulverby in 2019.", MOVED, "to", id="exchanged"),
        pytest.param("In 2019 Brill left Ulverby for Calder.", MOVED, None, id="another preposition"),
        pytest.param("Brill moved to Calder despite the flood.", MOVED, "in spite", id="in spite of the cause"),
        pytest.param("Brill moved to Calder owing to the flood.", MOVED, None, id="the cause in another word"),
        pytest.param("The lens predicts the colour of a dye from its shape.", LENS, "from", id="what from what"),
        pytest.param("From the colour of a dye the lens predicts its shape.", LENS, None, id="told in another order"),
        pytest.param(
            "In return for dyes, mills must share looms.",
            "In return for looms, mills must share dyes.",
            "for",
            id="what for what",
        ),
        pytest.param(
            "To draw water, the crew went to the mill.",
            "The crew went to the mill to draw water.",
            None,
            id="an infinitive",
        ),
        pytest.param(
            "It runs from the base to the top.",
            "It runs from the base to the top. Other ropes run from the top to the base.",
            None,
            id="both are told",
        ),
        pytest.param(
            "The mill, which holds on to its own dyes, may win custom more easily.",
            "A mill in which each side keeps its dyes may find it easier to win custom.",
            None,
            id="an infinitive has no role",
        ),
        pytest.param(
            "The loom is a Norvane Labs design, made with help from old weavers.",
            "The loom, a design from Norvane Labs, was made with the help of old weavers.",
            None,
            id="each belongs to something else",
        ),
        pytest.param("园区把工作从“使用”转向“引进”。", "园区把工作从“引进”转向“使用”。", "from", id="zh exchanged"),
        pytest.param("园区的工作从引进人才转到使用人才。", "园区把工作从“引进”转向“使用”。", None, id="zh the same"),
    ],
)
def test_role_exchanged(analyzer, statement, quote, role):
    assert role_exchanged(statement, [quote], analyzer) == role
