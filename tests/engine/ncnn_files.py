# SPDX-License-Identifier: Apache-2.0
"""Small networks as ncnn files, and the cards that describe them."""

import hashlib
from pathlib import Path

import numpy as np
import torch

from prodedit.engine.cards import InputSpec, ModelCard, ModelFile, OwnFile, Tiling, Title
from prodedit.nets.rrdb import RRDBNet
from prodedit.nets.srvgg import SRVGG

HALF = np.uint32(0x01306B47).tobytes()


class TinySRVGG(SRVGG):
    def __init__(self) -> None:
        super().__init__(features=6, depth=2)


class TinyRRDB(RRDBNet):
    def __init__(self) -> None:
        super().__init__(features=4, growth=2, blocks=2)


def write_ncnn(folder: Path, name: str, net: torch.nn.Module) -> tuple[Path, Path]:
    """The net's weights, kernels in half precision, and a graph of as many layers as there are."""
    lines, blob = ["Input in 0 1 data"], b""
    state = {key: value.numpy() for key, value in net.state_dict().items()}
    for key, value in state.items():
        if value.ndim == 4:
            bias = state[key.replace("weight", "bias")]
            out, _, height, _ = value.shape
            lines.append(f"Convolution {key} 1 1 a b 0={out} 1={height} 4=1 5=1 6={value.size}")
            half = value.astype(np.float16).tobytes()
            blob += HALF + half + b"\0" * (-len(half) % 4) + bias.astype(np.float32).tobytes()
        elif key.endswith("weight"):
            lines.append(f"PReLU {key} 1 1 b c 0={value.size}")
            blob += value.astype(np.float32).tobytes()
    weights, graph = folder / f"{name}.bin", folder / f"{name}.param"
    graph.write_text("\n".join(["7767517", f"{len(lines)} 99", *lines]) + "\n")
    weights.write_bytes(blob)
    return weights, graph


def ncnn_card(name: str, architecture: str, weights: Path, graph: Path) -> ModelCard:
    """A card whose files are copied from where they lie."""
    runtimes = {weights: "ncnn", graph: "ncnn-graph"}
    facts = {
        path: {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in runtimes
    }
    return ModelCard(
        id=name,
        task="upscale",
        title=Title(en=name.title(), zh=name),
        architecture=architecture,
        licence="Apache-2.0",
        origin="a test",
        input=InputSpec(side=0),
        tiling=Tiling(side=32, overlap=8),
        files=tuple(
            ModelFile(name=path.name, runtime=runtime, **facts[path])  # type: ignore[arg-type]
            for path, runtime in runtimes.items()
        ),
        sources=tuple(
            OwnFile(file=path.name, path=str(path), **facts[path])  # type: ignore[arg-type]
            for path in runtimes
        ),
    )
