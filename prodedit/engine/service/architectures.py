# SPDX-License-Identifier: Apache-2.0
"""Which torch module a card's `architecture` means, and how published weights get into it.

Published ONNX and ncnn files name their weights by number. They are matched by the order in which
the graph uses them, which is the order of the module's own `state_dict()`; shapes must agree.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from prodedit.engine.service import store_problems
from prodedit.engine.service.ncnn_weights import read_weights
from prodedit.engine.service.onnx_weights import Initializer, read_initializers
from prodedit.engine.service.pickled_weights import read_pickled
from prodedit.engine.service.published_names import style_predictor, style_transformer
from prodedit.engine.service.quantised_weights import read_quantised
from prodedit.files.atomic import put_atomic

if TYPE_CHECKING:
    from torch import nn

CONVERTER = 1
"""Grows when the same source would be converted into something else."""


@dataclass(frozen=True)
class Architecture:
    """A module to build, and which weights of the published graph it leaves out, by prefix.

    published: from a parameter's name to that in a quantised file, whose order says nothing.
    everywhere: torch runs it on a processor, too: the file itself is of one size or one picture.
    pickled: it was published as a PyTorch checkpoint.
    on_processor: the class that does the same there, with the same weights, faster.
    """

    module: str
    name: str
    left_out: tuple[str, ...] = ()
    published: Callable[[str], str] | None = None
    everywhere: bool = False
    pickled: bool = False
    on_processor: str = ""

    def build(self, kind: str = "") -> nn.Module:
        """The module with random weights, for a kind of device. Imports torch."""
        name = self.on_processor if kind == "cpu" and self.on_processor else self.name
        made: nn.Module = getattr(importlib.import_module(self.module), name)()
        return made


_ARBITRARY = "prodedit.nets.arbitrary_style"
ARCHITECTURES: Mapping[str, Architecture] = {
    "u2net": Architecture("prodedit.nets.u2net", "U2Net"),
    "isnet": Architecture(
        "prodedit.nets.isnet", "ISNet", ("side2.", "side3.", "side4.", "side5.", "side6.")
    ),
    "multistyle": Architecture(
        "prodedit.nets.multistyle",
        "MultiStyle",
        everywhere=True,
        on_processor="BandedMultiStyle",
    ),
    "style-predictor": Architecture(
        _ARBITRARY, "StylePredictor", published=style_predictor, everywhere=True
    ),
    "style-transformer": Architecture(
        _ARBITRARY,
        "StyleTransformer",
        published=style_transformer,
        everywhere=True,
        on_processor="BandedTransformer",
    ),
    "rrdb": Architecture("prodedit.nets.rrdb", "RRDBNet"),
    "srvgg": Architecture("prodedit.nets.srvgg", "SRVGG"),
    "efficientnet-lite0": Architecture(
        "prodedit.nets.efficientnet_lite", "EfficientNetEmbedding", pickled=True
    ),
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
    """The module's parameter names with the file's weights; shapes checked."""
    weights = _in_order(source, architecture, module, graph)
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


def _in_order(
    source: Path, architecture: Architecture, module: nn.Module, graph: Path | None
) -> list[Initializer]:
    """The file's weights in the order of the module's, which the graph has, or names tell."""
    if architecture.pickled:
        return read_pickled(source)
    if architecture.published is not None:
        known = read_quantised(source)
        names = [architecture.published(name) for name in module.state_dict()]
        return [Initializer(name, known[name]) for name in names if name in known]
    found = read_initializers(source) if graph is None else read_weights(source, graph)
    return [
        weight for weight in found if not weight.name.startswith(architecture.left_out or ("\0",))
    ]
