# SPDX-License-Identifier: Apache-2.0
"""Which torch module a card's `architecture` means, and how published weights get into it.

Published ONNX and ncnn files name their weights by number. They are matched by the order in which
the graph uses them, which is the order of the module's own `state_dict()`; shapes must agree.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from prodedit.engine.service import store_problems
from prodedit.engine.service.ncnn_weights import read_weights
from prodedit.engine.service.onnx_weights import Initializer, read_initializers
from prodedit.files.atomic import put_atomic

if TYPE_CHECKING:
    from torch import nn

CONVERTER = 1
"""Grows when the same source would be converted into something else."""


@dataclass(frozen=True)
class Architecture:
    """A module to build, and which weights of the published graph it leaves out, by prefix."""

    module: str
    name: str
    left_out: tuple[str, ...] = ()

    def build(self) -> nn.Module:
        """The module with random weights. Imports torch."""
        made: nn.Module = getattr(importlib.import_module(self.module), self.name)()
        return made


ARCHITECTURES: Mapping[str, Architecture] = {
    "u2net": Architecture("prodedit.nets.u2net", "U2Net"),
    "isnet": Architecture(
        "prodedit.nets.isnet", "ISNet", ("side2.", "side3.", "side4.", "side5.", "side6.")
    ),
    "rrdb": Architecture("prodedit.nets.rrdb", "RRDBNet"),
    "srvgg": Architecture("prodedit.nets.srvgg", "SRVGG"),
}


def converted(
    source: Path, sha256: str, architecture: Architecture, folder: Path, graph: Path | None = None
) -> Path:
    """The weights of an ONNX file, or of an ncnn file with its `graph`, as safetensors in `folder`;
    made once for each source content.

    Raises Problem where they do not fit the module.
    """
    target = folder / f"{architecture.name.lower()}-{sha256[:16]}-{CONVERTER}.safetensors"
    if not target.is_file():
        import safetensors.numpy

        weights = match(source, architecture, architecture.build(), graph)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            put_atomic(target, safetensors.numpy.save(weights))
        except OSError as error:
            raise store_problems.cannot_write(error, folder) from error
    return target


def match(
    source: Path, architecture: Architecture, module: nn.Module, graph: Path | None = None
) -> dict[str, NDArray[np.float32]]:
    """The module's parameter names with the file's weights, matched by order; shapes checked."""
    found_weights: tuple[Initializer, ...] = (
        read_initializers(source) if graph is None else read_weights(source, graph)
    )
    weights = [
        weight
        for weight in found_weights
        if not weight.name.startswith(architecture.left_out or ("\0",))
    ]
    wanted = {name: tuple(value.shape) for name, value in module.state_dict().items()}
    found = [weight.values.shape for weight in weights]
    if list(wanted.values()) != found:
        differ = [
            pair for pair in zip(wanted.items(), found, strict=False) if pair[0][1] != pair[1]
        ]
        raise store_problems.not_usable(
            source.name,
            f"its weights are not those of {architecture.name}",
            f"{len(found)} weights for {len(wanted)}; first difference: {differ[:1]}",
        )
    return {name: weight.values for name, weight in zip(wanted, weights, strict=True)}
