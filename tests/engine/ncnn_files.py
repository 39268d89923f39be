# SPDX-License-Identifier: Apache-2.0
"""Small networks as ncnn files, and the cards that describe them."""

import hashlib
from pathlib import Path

import numpy as np
import torch

from prodedit.engine.cards import InputSpec, ModelCard, ModelFile, OwnFile, Tiling, Title
from prodedit.engine.service.ncnn_weights import MAGIC
from prodedit.nets.rrdb import BETA, SLOPE, RRDBNet
from prodedit.nets.srvgg import SRVGG

HALF = np.uint32(0x01306B47).tobytes()


class TinySRVGG(SRVGG):
    def __init__(self) -> None:
        super().__init__(features=6, depth=2)


class TinyRRDB(RRDBNet):
    def __init__(self) -> None:
        super().__init__(features=4, growth=2, blocks=2)


class _Graph:
    """Lines of a graph, and the names of the weights in their order."""

    def __init__(self, state: dict[str, np.ndarray]) -> None:
        self._state = state
        self.lines = ["Input in 0 1 data"]
        self.weights: list[str] = []

    def layer(self, kind: str, takes: list[str], values: str = "") -> str:
        """Its answer's name."""
        name = f"b{len(self.lines)}"
        words = [kind, f"l{len(self.lines)}", str(len(takes)), "1", *takes, name, values]
        self.lines.append(" ".join(words).strip())
        return name

    def split(self, blob: str, count: int) -> list[str]:
        names = [f"{blob}_{number}" for number in range(count)]
        self.lines.append(" ".join(["Split", f"s{len(self.lines)}", "1", str(count), blob, *names]))
        return names

    def conv(self, blob: str, key: str, more: str = "") -> str:
        weight = self._state[f"{key}.weight"]
        self.weights += [f"{key}.weight", f"{key}.bias"]
        values = f"0={len(weight)} 1={weight.shape[2]} 4=1 5=1 6={weight.size} {more}"
        return self.layer("Convolution", [blob], values)

    def prelu(self, blob: str, key: str) -> str:
        self.weights.append(f"{key}.weight")
        return self.layer("PReLU", [blob], f"0={len(self._state[f'{key}.weight'])}")


def _srvgg(graph: _Graph, net: SRVGG) -> None:
    blob, picture = graph.split("data", 2)
    for number in range(0, len(net.body), 2):
        blob = graph.prelu(graph.conv(blob, f"body.{number}"), f"body.{number + 1}")
    made = graph.layer("PixelShuffle", [graph.conv(blob, "conv_last")], f"0={net.scale}")
    large = graph.layer("Interp", [picture], f"0=1 1={net.scale}.0 2={net.scale}.0")
    graph.layer("BinaryOp", [made, large], "0=0")


def _rrdb(graph: _Graph, net: RRDBNet) -> None:
    first, blob = graph.split(graph.conv("data", "conv_first"), 2)
    for number in range(len(net.body)):
        block, blob = graph.split(blob, 2)
        for dense in range(3):
            blob = _dense(graph, blob, f"body.{number}.dense.{dense}.convs")
        blob = _scaled_sum(graph, blob, block)
    blob = graph.layer("BinaryOp", [first, graph.conv(blob, "conv_body")], "0=0")
    for key in ("conv_up.0", "conv_up.1"):
        large = graph.layer("Interp", [blob], "0=1 1=2.0 2=2.0")
        blob = graph.conv(large, key, _LEAKY)
    graph.conv(graph.conv(blob, "conv_hr", _LEAKY), "conv_last")


def _dense(graph: _Graph, blob: str, key: str) -> str:
    *seen, own = graph.split(blob, 6)
    parts = [[one] for one in seen]
    for number in range(4):
        joined = parts[number]
        taken = graph.layer("Concat", joined) if len(joined) > 1 else joined[0]
        made = graph.split(graph.conv(taken, f"{key}.{number}", _LEAKY), 4 - number)
        for part, name in zip(parts[number + 1 :], made, strict=True):
            part.append(name)
    return _scaled_sum(graph, graph.conv(graph.layer("Concat", parts[4]), f"{key}.4"), own)


def _scaled_sum(graph: _Graph, branch: str, trunk: str) -> str:
    return graph.layer("Eltwise", [branch, trunk], f"0=1 -23301=2,{BETA},1.0")


_LEAKY = f"9=2 -23310=1,{SLOPE}"
_GRAPHS = {SRVGG: _srvgg, RRDBNet: _rrdb}


def write_ncnn(folder: Path, name: str, net: torch.nn.Module) -> tuple[Path, Path]:
    """The net's weights, kernels in half precision, and its graph, which ncnn itself can run."""
    state = {key: value.numpy() for key, value in net.state_dict().items()}
    graph = _Graph(state)
    next(write for kind, write in _GRAPHS.items() if isinstance(net, kind))(graph, net)  # type: ignore[operator]
    blob = b"".join(_stored(state[key]) for key in graph.weights)
    weights, text = folder / f"{name}.bin", folder / f"{name}.param"
    blobs = sum(int(line.split()[3]) for line in graph.lines)
    heading = [MAGIC, f"{len(graph.lines)} {blobs}"]
    text.write_text("\n".join([*heading, *graph.lines]) + "\n")
    weights.write_bytes(blob)
    return weights, text


def _stored(value: np.ndarray) -> bytes:
    if value.ndim < 4:
        return value.astype(np.float32).tobytes()
    half = value.astype(np.float16).tobytes()
    return HALF + half + b"\0" * (-len(half) % 4)


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
