"""How precisely vectors are kept."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoded import Encoded
from corpus.rows import packed, unpacked


def _unit(rng: np.random.Generator, rows: int, width: int) -> np.ndarray:
    vectors = rng.normal(size=(rows, width)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 2**32 - 1), st.integers(0, 5), st.integers(2, 400))
def test_vectors_come_back_within_the_precision_kept(seed: int, sentences: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    encoded = Encoded(_unit(rng, 1, width)[0], _unit(rng, sentences, width))
    row = packed(encoded)
    back = unpacked(SimpleNamespace(**row))
    assert (back.vector.dtype, back.parts.dtype) == (np.float32, np.float32)
    assert back.vector.shape == (width,)
    assert back.parts.shape == (sentences, width)
    # half precision has 11 significant bits, and a floor where numbers are tiny; a signed byte has steps of 1/127
    assert np.all(np.abs(back.vector - encoded.vector) <= np.abs(encoded.vector) * 2.0**-11 + 2.0**-24)
    assert np.all(np.abs(back.parts - encoded.parts) <= 0.5 / 127 + 1e-6)
    assert len(row["vector"]) == 2 * width
    assert len(row["sentences"]) == sentences * width


@pytest.mark.parametrize("value", [1.0, -1.0, 1.0 + 1e-7], ids=["one", "minus one", "rounded up"])
def test_an_extreme_component_does_not_wrap_round(value: float) -> None:
    encoded = Encoded(np.array([value, 0.0], np.float32), np.array([[value, 0.0]], np.float32))
    assert unpacked(SimpleNamespace(**packed(encoded))).parts[0, 0] == pytest.approx(value, abs=1e-6)


def test_a_packed_sentence_still_points_the_same_way() -> None:
    parts = _unit(np.random.default_rng(0), 50, 384)
    back = unpacked(SimpleNamespace(**packed(Encoded(parts[0], parts)))).parts
    cosines = np.sum(back * parts, axis=1) / np.linalg.norm(back, axis=1)
    assert cosines.min() > 0.995
