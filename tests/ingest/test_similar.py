"""Sketches estimate how much two texts have in common, in both languages."""

import random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.similar import ALIKE, Lookalikes, sketch_of

# the standard deviation of a share that 64 minima estimate is 0.0625 at most: this is four of them
TOLERANCE = 0.25
TOGETHER = 4


def words(seed: int, count: int, *, chinese: bool = False) -> list[str]:
    """Words drawn from some hundreds, so that sequences of four hardly ever recur by chance."""
    chosen = random.Random(seed)
    if chinese:
        return [chr(chosen.randrange(0x4E00, 0x4E00 + 800)) for _ in range(count)]
    return [f"word{chosen.randrange(800)}" for _ in range(count)]


def joined(units: list[str], *, chinese: bool = False) -> str:
    return "".join(units) if chinese else " ".join(units)


def resemblance(one: list[str], other: list[str]) -> float:
    """The true share of word sequences that two texts have in common."""
    first, second = (
        {tuple(units[at : at + TOGETHER]) for at in range(len(units) - TOGETHER + 1)} for units in (one, other)
    )
    return len(first & second) / len(first | second)


def estimated(one: str, other: str) -> float:
    first, second = (np.frombuffer(sketch_of(text), np.uint32) for text in (one, other))
    return float((first == second).mean())


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
@pytest.mark.parametrize("changed", [0, 1, 5, 20, 60, 300], ids=lambda count: f"{count} of 300 words")
def test_a_sketch_estimates_the_share_in_common(chinese: bool, changed: int) -> None:
    misses = []
    for seed in range(5):
        text = words(seed, 300, chinese=chinese)
        other = list(text)
        for place in random.Random(seed).sample(range(300), changed):
            other[place] = chr(0x7000 + place) if chinese else f"new{place}"
        found = estimated(joined(text, chinese=chinese), joined(other, chinese=chinese))
        misses.append(found - resemblance(text, other))
    assert max(map(abs, misses)) <= TOLERANCE
    assert abs(float(np.mean(misses))) <= TOLERANCE / 2


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), kept=st.integers(0, 400), added=st.integers(0, 400), chinese=st.booleans())
def test_whatever_is_kept_and_added(seed: int, kept: int, added: int, chinese: bool) -> None:
    text = words(seed, 400, chinese=chinese)
    other = text[:kept] + words(seed + 1, added, chinese=chinese)
    assume(len({tuple(other[at : at + TOGETHER]) for at in range(len(other) - TOGETHER + 1)}) >= 64)
    found = estimated(joined(text, chinese=chinese), joined(other, chinese=chinese))
    assert found == pytest.approx(resemblance(text, other), abs=1.2 * TOLERANCE)


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(str.upper, id="case"),
        pytest.param(lambda text: text.replace(" ", "\n\n", 5), id="line ends"),
        pytest.param(lambda text: text.replace(" ", ", ", 40) + ".", id="punctuation"),
    ],
)
def test_what_makes_no_word_makes_no_difference(same: object) -> None:
    text = joined(words(1, 200))
    assert callable(same)
    assert sketch_of(same(text)) == sketch_of(text) != b""


@pytest.mark.parametrize(
    ("text", "long_enough"),
    [
        pytest.param("", False, id="empty"),
        pytest.param("...!?", False, id="no words"),
        pytest.param(joined(words(2, 66)), False, id="66 words"),
        pytest.param(joined(words(2, 67)), True, id="67 words"),
        pytest.param("again and again " * 100, False, id="the same few sequences"),
        pytest.param(joined(words(2, 66, chinese=True), chinese=True), False, id="66 Chinese characters"),
        pytest.param(joined(words(2, 67, chinese=True), chinese=True), True, id="67 Chinese characters"),
        pytest.param("\ud800 " + joined(words(2, 67)), True, id="half a character"),
    ],
)
def test_short_texts_have_no_sketch(text: str, long_enough: bool) -> None:
    assert len(sketch_of(text)) == (256 if long_enough else 0)


def test_a_sketch_is_always_the_same() -> None:
    """Sketches are kept in the catalogue: one of tomorrow is compared with one of today."""
    text = " ".join(f"word{number}" for number in range(100))
    assert sketch_of(text)[:12].hex() == "db9f220179df6301543d3400"


def test_the_nearest_other_article_is_found() -> None:
    text = words(3, 300)
    near, far = [*text[:-10], *words(4, 10)], words(5, 300)
    known = Lookalikes([("far", sketch_of(joined(far))), ("self", sketch_of(joined(text))), ("short", b"")])
    assert known.nearest(sketch_of(joined(text)), other_than="self") is None
    known.add("near", sketch_of(joined(near)))
    found = known.nearest(sketch_of(joined(text)), other_than="self")
    assert found is not None
    assert found[0] == "near"
    assert found[1] == pytest.approx(resemblance(text, near), abs=TOLERANCE)
    assert known.nearest(b"", other_than="x") is None
    assert known.nearest(sketch_of(joined(words(6, 300))), other_than="x") is None


def test_only_what_is_alike_enough_counts() -> None:
    text = words(7, 400)
    for changed in range(0, 400, 20):
        other = words(8, changed) + text[changed:]
        known = Lookalikes([("a", sketch_of(joined(other)))])
        share = estimated(joined(text), joined(other))
        assert known.nearest(sketch_of(joined(text)), other_than="b") == (("a", share) if share >= ALIKE else None)


def test_there_may_be_many() -> None:
    known = Lookalikes()
    texts = [joined(words(seed, 80)) for seed in range(150)]
    for number, text in enumerate(texts):
        known.add(str(number), sketch_of(text))
    for number in (0, 63, 64, 127, 149):
        assert known.nearest(sketch_of(texts[number]), other_than="x") == (str(number), 1.0)


def test_nothing_is_known_at_first() -> None:
    assert Lookalikes().nearest(sketch_of(joined(words(1, 100))), other_than="x") is None
