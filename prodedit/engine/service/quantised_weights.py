# SPDX-License-Identifier: Apache-2.0
"""Reads the weights of a quantised ONNX file as the floating-point numbers that they stand for.

Such a file keeps each weight as small whole numbers with a scale and a zero point for each output
channel, which a DequantizeLinear node puts together (onnx/docs/Operators.md): (q - zero) * scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodedit.engine.service.onnx_weights import read_constants, read_nodes

_SUFFIX = "_dequant"


def read_quantised(path: Path) -> dict[str, NDArray[np.float32]]:
    """The weights by the name that the graph gives them. Raises Problem for a damaged file."""
    constants = read_constants(path)
    return dict(_weights(path, constants))


def _weights(
    path: Path, constants: Mapping[str, NDArray[Any]]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for node in read_nodes(path):
        if node.operator == "DequantizeLinear" and all(name in constants for name in node.inputs):
            quantised, scale, zero = (constants[name] for name in node.inputs)
            channels = (-1,) + (1,) * (quantised.ndim - 1)
            scale, zero = (part.reshape(channels) if part.ndim else part for part in (scale, zero))
            whole = quantised.astype(np.int32) - zero.astype(np.int32)
            yield node.outputs[0].removesuffix(_SUFFIX), (whole * scale).astype(np.float32)
