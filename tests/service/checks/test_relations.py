"""A cause told as the effect, and what came later told as earlier."""

import pytest

from corpus.language import Analyzer
from service.checks.relations import exchanged_relation

BECAUSE = "The harbour froze because the pumps failed."
BEFORE = "The pumps were tested before the ferry sailed."


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("statement", "quote", "kind"),
    [
        pytest.param("The pumps failed because the harbour froze.", BECAUSE, "cause", id="cause and effect"),
        pytest.param("Because the pumps failed, the harbour froze.", BECAUSE, None, id="the cause first"),
        pytest.param("The pumps failed, so the harbour froze.", BECAUSE, None, id="so"),
        pytest.param("The harbour froze, so the pumps failed.", BECAUSE, "cause", id="so, exchanged"),
        pytest.param(
            "The pumps failed because the harbour froze.",
            "The pumps failed. That is why the harbour froze.",
            "cause",
            id="a cause in the sentence before",
        ),
        pytest.param("The pumps were tested after the ferry sailed.", BEFORE, "time", id="after for before"),
        pytest.param("The ferry sailed after the pumps were tested.", BEFORE, None, id="after, turned round"),
        pytest.param("After the pumps were tested, the ferry sailed.", BEFORE, None, id="after, at the start"),
        pytest.param("由于港口结冰，水泵停了。", "由于水泵停了，港口结冰。", "cause", id="zh cause and effect"),
        pytest.param("港口之所以结冰，是因为水泵停了。", "由于水泵停了，港口结冰。", None, id="zh the effect first"),
        pytest.param("测试在轮船开航之后进行。", "测试在轮船开航之前进行。", "time", id="zh after for before"),
        pytest.param(
            "It builds deep piers rather than long quays.",
            "It builds long quays rather than deep piers.",
            "contrast",
            id="the one for the other",
        ),
        pytest.param(
            "It builds long quays instead of deep piers.",
            "It builds long quays and not merely deep piers.",
            None,
            id="in place of it, in other words",
        ),
        pytest.param(
            "它以出售而非出租的方式经营。",
            "它以出租而非出售的方式经营。",
            "contrast",
            id="zh: the one for the other without a comma",
        ),
        pytest.param(
            "先有园区，后有大学。",
            "先有大学，后有园区：园区应当靠近大学。",
            "time",
            id="zh: the first for the second",
        ),
        pytest.param(
            "它靠近公路，而不是靠近大学。",
            "它靠近大学，而不是靠近公路。",
            "contrast",
            id="zh the one for the other",
        ),
        pytest.param(
            "一次出让比长期持有更有利。",
            "长期持有，比一次出让更有利。",
            "comparison",
            id="zh a comparison behind a comma",
        ),
        pytest.param(
            "Depth first increases, then decreases.", "Depth first decreases, then increases.", "time", id="steps"
        ),
        pytest.param(
            "The port spends more on piers than on ferries.",
            "The port spends more on ferries than on piers.",
            "comparison",
            id="more than",
        ),
        pytest.param(
            "The port spends more on ferries than on piers.",
            "It spends more on ferries than on piers, and pays less.",
            None,
            id="more than, as told",
        ),
        pytest.param(
            "They built piers because ships already called.",
            "They were ready to build piers before ships called.",
            "cause",
            id="a cause that comes later",
        ),
        pytest.param(
            "It means to put width ahead of depth, speed and safety.",
            "It builds deep and not merely wide, which means putting depth, speed and safety ahead of width.",
            "contrast",
            id="put ahead",
        ),
        pytest.param(
            "It puts depth and speed ahead of width.",
            "It builds deep and not merely wide, which means putting depth, speed and safety ahead of width.",
            None,
            id="put ahead, as told",
        ),
        pytest.param(
            "The review itself can delay a ferry longer than the rules on dyes.",
            "Watch the rules on dyes, since they can delay a ferry longer than the review itself.",
            "comparison",
            id="what it is compared with is compared",
        ),
        pytest.param(
            "The rules on dyes can delay a ferry longer than the review.",
            "Watch the rules on dyes, since they can delay a ferry longer than the review itself.",
            None,
            id="compared as told",
        ),
        pytest.param("先建码头，再造渡轮。", "先造渡轮，再建码头。", "time", id="zh steps"),
    ],
)
def test_which_comes_first(analyzer, statement, quote, kind):
    assert exchanged_relation(statement, [quote], analyzer) == kind
