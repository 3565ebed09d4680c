"""Matrices in bytes: what they lose is bounded, and a model keeps its shape."""

import numpy as np
import openvino
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from openvino import opset13 as ops

from corpus.quantise import in_bytes, rounded

MATRICES = arrays.arrays(
    np.float32,
    arrays.array_shapes(min_dims=2, max_dims=2, max_side=12),
    elements=st.floats(-1e3, 1e3, width=32),
)


@given(MATRICES)
def test_no_weight_moves_by_more_than_half_a_step(weights: np.ndarray) -> None:
    numbers, scales = rounded(weights)
    assert numbers.dtype == np.int8
    assert scales.shape == (len(weights), 1)
    moved = np.abs(numbers * scales.astype(np.float64) - weights)
    assert np.all(moved <= 0.5001 * scales + 1e-30)


def test_a_row_keeps_its_own_scale() -> None:
    numbers, scales = rounded(np.array([[1.0, -0.5], [100.0, 0.0], [0.0, 0.0]], np.float32))
    np.testing.assert_array_equal(numbers, [[127, -64], [127, 0], [0, 0]])
    np.testing.assert_allclose(scales[:2, 0], [1 / 127, 100 / 127], rtol=1e-6)


@pytest.mark.parametrize("turned", [False, True], ids=["a column for each output", "a row for each output"])
def test_a_model_computes_the_same_to_within_its_steps(turned: bool) -> None:
    chance = np.random.default_rng(3)
    weights = chance.normal(size=(24, 16)).astype(np.float32)
    texts = ops.parameter([-1, 24], np.float32, name="texts")
    product = ops.matmul(texts, ops.constant(np.ascontiguousarray(weights.T) if turned else weights), False, turned)
    squared = ops.matmul(product, product, False, True)  # both sides computed: nothing to put into bytes
    model = openvino.Model([squared], [texts])
    in_bytes(model)
    assert [node.get_element_type().to_string() for node in _constants(model) if len(node.shape) == 2] == ["i8", "f32"]
    given = chance.normal(size=(5, 24)).astype(np.float32)
    options = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
    found = openvino.Core().compile_model(model, "CPU", options)([given])[0]
    expected = (given @ weights) @ (given @ weights).T
    np.testing.assert_allclose(found, expected, atol=0.02 * float(np.abs(expected).max()))


def _constants(model: openvino.Model) -> list[openvino.Node]:
    return [node for node in model.get_ordered_ops() if node.get_type_name() == "Constant"]
