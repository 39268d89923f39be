# SPDX-License-Identifier: Apache-2.0
"""A job's pixels on their way: into shared memory that the parent owns, and back as a Result."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import Problem
from prodedit.engine.results import (
    DoneResult,
    FeaturesResult,
    LatentsResult,
    MaskResult,
    PicturesResult,
    PixelsResult,
    Result,
    TextResult,
)
from prodedit.engine.service.frames import Block, Finished, ProtocolError
from prodedit.files.shared_arrays import SharedArray

RESULTS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        MaskResult, PixelsResult, PicturesResult, LatentsResult, TextResult, FeaturesResult,
        DoneResult,
    )
}  # fmt: skip
"""The Results that may come back, by name."""
LARGEST = 8 << 30
"""Bytes that one array of a result may have."""


class Parcel:
    """The shared memory of one job: its inputs, and the arrays of its result."""

    def __init__(self) -> None:
        self._inputs: list[SharedArray] = []
        self._results: dict[str, SharedArray] = {}

    def share(self, inputs: Mapping[str, NDArray[Any] | SharedArray]) -> dict[str, Block]:
        """The blocks that hold these inputs. A SharedArray is used as it is, and stays its owner's.

        Raises Problem where there is no memory.
        """
        return {name: _block(self._shared(value)) for name, value in inputs.items()}

    def _shared(self, value: NDArray[Any] | SharedArray) -> SharedArray:
        if isinstance(value, SharedArray):
            return value
        shared = SharedArray.create(value.shape, value.dtype)
        self._inputs.append(shared)
        np.copyto(shared.array, value)
        return shared

    def allocate(self, name: str, shape: tuple[int, ...], dtype: str) -> Block | None:
        """Memory for one array of the result; None where there is none. Raises ProtocolError."""
        kind = np.dtype(dtype)
        size = math.prod(shape) * kind.itemsize
        if kind.hasobject or min(shape, default=0) < 0 or size > LARGEST or name in self._results:
            raise ProtocolError(f"memory for {name!r} of {shape} {dtype} was asked for")
        try:
            self._results[name] = SharedArray.create(shape, kind)
        except (Problem, MemoryError):
            return None
        return _block(self._results[name])

    def take(self, name: str) -> NDArray[Any]:
        """The filled array; it lives on after `free`. Raises ProtocolError."""
        if name not in self._results:
            raise ProtocolError(f"no memory was asked for {name!r}")
        return self._results[name].array

    def free(self) -> None:
        """Let go of everything; may be repeated."""
        for shared in (*self._inputs, *self._results.values()):
            shared.close()
            shared.unlink()
        self._inputs = []
        self._results = {}


def _block(shared: SharedArray) -> Block:
    return Block(shared.name, shared.shape, shared.dtype.str)


def result_from(frame: Finished, parcel: Parcel) -> Result:
    """The Result that the frame and the parcel's arrays make. Raises ProtocolError."""
    kind = RESULTS.get(frame.result)
    if kind is None:
        raise ProtocolError(f"there is no result {frame.result!r}")
    arrays = {name: parcel.take(name) for name in frame.arrays}
    try:
        result: Result = kind(**_typed(frame.fields, kind), **arrays)
    except (TypeError, msgspec.ValidationError) as error:
        raise ProtocolError(f"a {frame.result} of {sorted(frame.fields)}") from error
    return result


def _typed(fields: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """Plain fields as the result declares them: JSON has no tuples, and no names in them."""
    kinds = get_type_hints(kind)
    return {
        name: msgspec.convert(value, kinds[name]) if name in kinds else value
        for name, value in fields.items()
    }
