"""Where phrases stand among index terms."""

import pytest

from corpus.glossary import holds, occurrences


@pytest.mark.parametrize(
    ("phrase", "terms", "count"),
    [
        pytest.param(("a",), ["a", "b", "a"], 2, id="one word"),
        pytest.param(("a", "b"), ["a", "b", "a", "a", "b"], 2, id="two words"),
        pytest.param(("a", "b"), ["a", "x", "b"], 0, id="not side by side"),
        pytest.param(("a", "a"), ["a", "a", "a"], 2, id="overlapping"),
        pytest.param(("a", "b"), ["a"], 0, id="cut off"),
        pytest.param(("桑格", "研究所"), ["桑格", "研究", "研究所"], 1, id="a long word behind its parts"),
        pytest.param(("桑格", "研究所"), ["桑格", "中心", "研究所"], 0, id="a long word behind another"),
        pytest.param(("桑格", "研究所"), ["桑格", "研究"], 0, id="its part alone"),
    ],
)
def test_occurrences(phrase: tuple[str, ...], terms: list[str], count: int) -> None:
    assert occurrences(phrase, terms) == count
    assert holds(phrase, terms) is (count > 0)
