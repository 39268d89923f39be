# SPDX-License-Identifier: Apache-2.0
"""Reads the weights of a network that was published for ncnn: a text graph and raw numbers.

The `.param` file names one layer a line: type, name, how many blobs come in and go out, their
names, and `key=value` pairs whose keys are numbers (ncnn's documentation of its file format). The
`.bin` file holds the layers' weights one after the other without names: a convolution's kernel
behind a tag of four bytes that says how its numbers are stored, then bias and slopes as float32.
Only layers that are known here are accepted, sizes must come out to the byte, and nothing of either
file is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.service.onnx_weights import Initializer

MAGIC = "7767517"
_FLOAT32, _FLOAT16 = 0x00000000, 0x01306B47
_LARGEST_GRAPH = 1 << 20
_MOST_LAYERS = 10_000
_LARGEST_BLOCK = 1 << 28
"""Numbers of one weight: more than any network has that fits a computer."""
_WITHOUT_WEIGHTS = frozenset(
    {"BinaryOp", "Concat", "Eltwise", "Input", "Interp", "PixelShuffle", "ReLU", "Split"}
)


class Layer(NamedTuple):
    """One line of the graph; `values`: what stands under each numbered key; `takes` and `gives`:
    the names of the blobs that come in and go out."""

    kind: str
    name: str
    values: Mapping[int, str]
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()

    def number(self, key: int, default: int = 0) -> int:
        """A whole number from 0. Raises ValueError."""
        text = self.values.get(key)
        if text is None:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 10:
            raise ValueError(f"layer {self.name} has {key}={text}")
        return int(text)


class _Numbers:
    """The `.bin` file, read from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def tagged(self, count: int) -> NDArray[np.float32]:
        tag = int(self._take(1, "<u4")[0])
        if tag == _FLOAT32:
            return self.plain(count)
        if tag != _FLOAT16:
            raise ValueError(f"numbers are stored in a way that is not known, {tag:#010x}")
        half = self._take(count, "<f2").astype(np.float32)
        self._at += min(self.left, -self._at % 4)  # blocks begin at multiples of four
        return half

    def plain(self, count: int) -> NDArray[np.float32]:
        return self._take(count, "<f4").astype(np.float32)

    def _take(self, count: int, dtype: str) -> NDArray[Any]:
        size = count * np.dtype(dtype).itemsize
        if not 0 < count <= _LARGEST_BLOCK or size > self.left:
            raise ValueError(f"{size} bytes are wanted at {self._at} of {len(self._data)}")
        taken = np.frombuffer(self._data, dtype, count, self._at)
        self._at += size
        return taken


def read_weights(weights: Path, graph: Path) -> tuple[Initializer, ...]:
    """All weights in the order in which the graph's layers stand, as float32.

    A convolution gives `name.weight` (out, in, h, w) and, where it has one, `name.bias` (out,); a
    PReLU `name.weight` (channels,). Raises Problem where a file is not what it should be.
    """
    return read_network(weights, graph)[0]


def read_network(weights: Path, graph: Path) -> tuple[tuple[Initializer, ...], tuple[Layer, ...]]:
    """As `read_weights`, and the graph's layers. Raises Problem."""
    try:
        numbers = _Numbers(weights.read_bytes())
        layers = read_layers(_text(graph))
        found = [weight for layer in layers for weight in _readers(layer)(layer, numbers)]
        if numbers.left:
            raise ValueError(f"{numbers.left} bytes are left over")
        if not all(np.isfinite(weight.values).all() for weight in found):
            raise ValueError("it holds values that are no numbers")
    except ValueError as error:
        raise _damaged(weights.name, str(error)) from error
    return tuple(found), layers


def read_layers(text: str) -> tuple[Layer, ...]:
    """The graph's layers. Raises ValueError where the text is no graph."""
    lines = text.split("\n")
    if len(lines) < 2 or lines[0].strip() != MAGIC:
        raise ValueError("its graph has no ncnn heading")
    layers = tuple(_layer(line.split()) for line in lines[2:] if line.strip())
    said = lines[1].split()
    if len(layers) > _MOST_LAYERS or said[:1] != [str(len(layers))]:
        raise ValueError(f"its graph has {len(layers)} layers, and says {lines[1][:20]!r}")
    return layers


def _text(graph: Path) -> str:
    with graph.open("rb") as file:
        data = file.read(_LARGEST_GRAPH + 1)
    if len(data) > _LARGEST_GRAPH:
        raise ValueError("its graph is too long")
    return data.decode("ascii")


def _layer(words: list[str]) -> Layer:
    if len(words) < 4 or not (words[2].isdigit() and words[3].isdigit()):
        raise ValueError(f"its graph has a line {' '.join(words)[:60]!r}")
    incoming = 4 + int(words[2][:6])
    end = incoming + int(words[3][:6])
    pairs = [word.partition("=") for word in words[end:]]
    if len(words) < end or not all(_is_key(key) and mark for key, mark, _ in pairs):
        raise ValueError(f"its graph has a line {' '.join(words)[:60]!r}")
    values = {int(key): value for key, _, value in pairs}
    return Layer(words[0], words[1], values, tuple(words[4:incoming]), tuple(words[incoming:end]))


def _is_key(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 7


def _readers(layer: Layer) -> Callable[[Layer, _Numbers], Iterator[Initializer]]:
    if layer.kind in _WITHOUT_WEIGHTS:
        return _nothing
    if layer.kind not in _READERS:
        raise ValueError(f"its graph has a layer of the unknown kind {layer.kind[:40]!r}")
    return _READERS[layer.kind]


def _nothing(layer: Layer, numbers: _Numbers) -> Iterator[Initializer]:
    del layer, numbers
    return iter(())


def _convolution(layer: Layer, numbers: _Numbers) -> Iterator[Initializer]:
    out, width, size = layer.number(0), layer.number(1), layer.number(6)
    height = layer.number(11, width)
    taps = out * width * height
    if layer.number(8):
        raise ValueError(f"layer {layer.name} is quantised")
    if not taps or size % taps:
        raise ValueError(f"layer {layer.name} has {size} weights for {out} x {height} x {width}")
    kernel = numbers.tagged(size).reshape(out, size // taps, height, width)
    yield Initializer(f"{layer.name}.weight", kernel)
    if layer.number(5):
        yield Initializer(f"{layer.name}.bias", numbers.plain(out))


def _prelu(layer: Layer, numbers: _Numbers) -> Iterator[Initializer]:
    yield Initializer(f"{layer.name}.weight", numbers.plain(layer.number(0)))


_READERS: Mapping[str, Callable[[Layer, _Numbers], Iterator[Initializer]]] = {
    "Convolution": _convolution,
    "PReLU": _prelu,
}


def _damaged(name: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This is not a usable ncnn file: {why}."),
        code="model-damaged",
        why=why,
        details=name,
    )
