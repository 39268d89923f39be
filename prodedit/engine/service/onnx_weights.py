# SPDX-License-Identifier: Apache-2.0
"""Reads what is needed from an ONNX file without a library: its weights, and whether it is safe.

An ONNX file is a protocol-buffer message (onnx.proto of the ONNX project; wire format: the
protocol buffers' encoding guide). Only the fields in `_CHILDREN` are followed; the rest is
skipped by length. Nothing of the file is executed.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

# message -> field number -> message inside. All ways on which a tensor or a node can be reached.
_CHILDREN: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
_DEEPEST = 40
"""Graphs within graphs (loops, branches); deeper is an attack on the stack."""
_FILE_READING_OPERATORS = frozenset({b"EPContext"})
"""Operators that make the runtime open further files that the model names."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_DIMS, _DATA_TYPE, _FLOAT_DATA, _NAME, _RAW_DATA = 1, 2, 4, 8, 9
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14
_DTYPES: dict[int, np.dtype[Any]] = {1: np.dtype("<f4"), 10: np.dtype("<f2"), 11: np.dtype("<f8")}
_WHOLE: dict[int, np.dtype[Any]] = {2: np.dtype("u1"), 3: np.dtype("i1"), 6: np.dtype("<i4")}

Field = tuple[int, int, int | memoryview]
"""Field number, wire type, and the value: a number, or the bytes of a string or message."""


@dataclass(frozen=True)
class Initializer:
    """One named weight: `values` is float32 of the tensor's shape."""

    name: str
    values: NDArray[np.float32]


class Node(NamedTuple):
    """A step of the graph."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def read_nodes(path: Path) -> tuple[Node, ...]:
    """The steps of the main graph, in its order. Raises Problem where the file is damaged."""
    with _opened(path) as data:
        return tuple(
            Node(_texts(node, 4)[-1], _texts(node, 1), _texts(node, 2))
            for graph in _messages(data, 7)
            for node in _messages(graph, 1)
        )


def read_constants(path: Path) -> dict[str, NDArray[Any]]:
    """The stored numbers of the main graph by name, whole ones too, in the type in which they are
    stored. Raises Problem where the file is damaged or keeps its weights elsewhere."""
    kinds = {**_DTYPES, **_WHOLE}
    with _opened(path) as data:
        tensors = [tensor for graph in _messages(data, 7) for tensor in _messages(graph, 5)]
        known = [tensor for tensor in tensors if _number(tensor, _DATA_TYPE) in kinds]
        return {name: stored(kinds[kind]) for name, kind, stored in map(_tensor, known)}


def read_initializers(path: Path) -> tuple[Initializer, ...]:
    """The floating-point weights of the main graph in the order in which its nodes use them.

    float16 and float64 become float32. Raises Problem where the file is damaged or keeps its
    weights elsewhere.
    """
    with _opened(path) as data:
        found = {
            weight.name: weight
            for graph in _messages(data, 7)
            for tensor in _messages(graph, 5)
            if _number(tensor, _DATA_TYPE) in _DTYPES
            for weight in [_initializer(tensor)]
        }
    names = [name for node in read_nodes(path) for name in node.inputs]
    return tuple(found[name] for name in dict.fromkeys(names) if name in found)


def check_self_contained(path: Path) -> None:
    """Raise Problem unless `path` is an ONNX model that makes nobody open another file."""
    with _opened(path) as data:
        if not any(True for _ in _messages(data, 7)):
            raise _damaged(path.name, "there is no graph in it")
        _check(data, "model", path.name, 0)


def _check(message: memoryview, kind: str, name: str, depth: int) -> None:
    if depth > _DEEPEST * 2:
        raise _damaged(name, "graphs are nested too deeply")
    if kind == "tensor":
        _check_tensor(message, name)
    children = _CHILDREN[kind]
    for number, wire, value in _fields(message):
        if kind == "node" and number == 4 and _raw(value) in _FILE_READING_OPERATORS:
            raise _reaches_out(name, f"operator {_raw(value).decode()}")
        if number in children:
            if wire != _BYTES or isinstance(value, int):
                raise _damaged(name, f"field {number} of a {kind} has wire type {wire}")
            _check(value, children[number], name, depth + 1)


def _check_tensor(tensor: memoryview, name: str) -> None:
    for number, _, value in _fields(tensor):
        if number == _EXTERNAL_DATA or (number == _DATA_LOCATION and value != 0):
            raise _reaches_out(name, f"a tensor with field {number}")


def _initializer(tensor: memoryview) -> Initializer:
    name, kind, stored = _tensor(tensor)
    return Initializer(name, stored(_DTYPES[kind]).astype(np.float32))


def _tensor(
    tensor: memoryview,
) -> tuple[str, int, Callable[[np.dtype[Any]], NDArray[Any]]]:
    """Name, type, and what reads the values as that type."""
    _check_tensor(tensor, "")
    name, raw, shape = "", b"", list[int]()
    for number, _, value in _fields(tensor):
        if number == _DIMS:
            shape += [value] if isinstance(value, int) else list(_varints(value))
        elif number == _NAME:
            name = _raw(value).decode("utf-8", "replace")
        elif number == _RAW_DATA:
            raw = _raw(value)
        elif number == _FLOAT_DATA:
            raw += value.to_bytes(4, "little") if isinstance(value, int) else _raw(value)
    return name, _number(tensor, _DATA_TYPE), partial(_values, name, raw, shape)


def _values(name: str, raw: bytes, shape: list[int], dtype: np.dtype[Any]) -> NDArray[Any]:
    expected = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if len(raw) != expected:
        raise _damaged(name, f"{len(raw)} bytes for shape {shape} of {dtype}")
    return np.frombuffer(raw, dtype).reshape(shape)


def _texts(message: memoryview, wanted: int) -> tuple[str, ...]:
    return tuple(_raw(value).decode("utf-8", "replace") for value in _messages(message, wanted))


@contextmanager
def _opened(path: Path) -> Iterator[memoryview]:
    """The bytes of a file, mapped. Freed with their last slice, which a traceback may hold."""
    if path.stat().st_size == 0:
        raise _damaged(path.name, "it is empty")
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    yield memoryview(mapped)


def _messages(message: memoryview, wanted: int) -> Iterator[memoryview]:
    for number, wire, value in _fields(message):
        if number == wanted and wire == _BYTES and not isinstance(value, int):
            yield value


def _number(message: memoryview, wanted: int) -> int:
    found = [value for number, _, value in _fields(message) if number == wanted]
    return found[-1] if found and isinstance(found[-1], int) else 0


def _raw(value: int | memoryview) -> bytes:
    return b"" if isinstance(value, int) else bytes(value)


def _fields(message: memoryview) -> Iterator[Field]:
    position, end = 0, len(message)
    while position < end:
        key, position = _varint(message, position)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, position = _varint(message, position)
            yield number, wire, value
            continue
        if wire == _BYTES:
            length, position = _varint(message, position)
        elif wire in (_FIXED32, _FIXED64):
            length = 4 if wire == _FIXED32 else 8
        else:
            raise _damaged("", f"wire type {wire}")
        if number == 0 or position + length > end:
            raise _damaged("", f"field {number} of {length} bytes at {position} of {end}")
        chunk = message[position : position + length]
        yield number, wire, chunk if wire == _BYTES else int.from_bytes(chunk, "little")
        position += length


def _varints(packed: memoryview) -> Iterator[int]:
    position = 0
    while position < len(packed):
        value, position = _varint(packed, position)
        yield value


def _varint(message: memoryview, position: int) -> tuple[int, int]:
    value = 0
    for count in range(10):
        if position >= len(message):
            break
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, position
    raise _damaged("", f"a number at {position} of {len(message)} does not end")


def _damaged(name: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This is not a usable ONNX file: {why}."),
        code="model-damaged",
        why=why,
        details=name,
    )


def _reaches_out(name: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "This model keeps part of itself in other files, which ProdEdit does not open. "
            "Save it as one ONNX file without external data.",
        ),
        code="model-external-data",
        details=f"{name}: {why}",
    )
