"""Puts a model's matrices into signed bytes, which some processors multiply faster than any other number.

Each row of a matrix gets one scale, so that its largest weight is 127 (Wu et al., "Integer Quantization for Deep
Learning Inference", 2020). The numbers that a matrix is multiplied with are rounded by OpenVINO as they come, in groups
of ``GROUP``, each by its own largest: an outlier costs only its neighbours their precision.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

GROUP = 64  # larger is quicker and less exact; below it the processor has nothing left to gain

_LARGEST = 127


def in_bytes(model: Any) -> None:
    """Replace the constant matrix of every multiplication in an OpenVINO ``model`` by bytes and scales, in place."""
    from openvino import opset13 as ops

    for node in model.get_ordered_ops():
        weights = _weights(node) if node.get_type_name() == "MatMul" else None
        if weights is None:
            continue
        numbers, scales = rounded(weights)
        restored = ops.multiply(ops.convert(ops.constant(numbers), "f32"), ops.constant(scales))
        turned = bool(node.get_attributes()["transpose_a"])
        product = ops.matmul(node.input_value(0), restored, turned, True)
        product.set_friendly_name(node.get_friendly_name())
        node.output(0).replace(product.output(0))
    model.validate_nodes_and_infer_types()


def rounded(weights: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return signed bytes of the shape of ``weights`` (rows, columns) and the scale of each row, shape (rows, 1)."""
    largest = np.abs(weights).max(axis=1, keepdims=True)
    scales = np.maximum(largest / np.float32(_LARGEST), np.finfo(np.float32).tiny)  # a row of zeros has one too
    return np.round(weights / scales).astype(np.int8), scales


def _weights(node: Any) -> npt.NDArray[np.float32] | None:
    """Return the constant matrix of a multiplication, a row for each output, or None where both sides are computed."""
    source = node.input_value(1).get_node()
    if source.get_type_name() == "Convert":
        source = source.input_value(0).get_node()
    if source.get_type_name() != "Constant" or len(source.get_output_shape(0)) != 2:
        return None
    matrix = np.asarray(source.get_data(), dtype=np.float32)
    return matrix if node.get_attributes()["transpose_b"] else np.ascontiguousarray(matrix.T)
