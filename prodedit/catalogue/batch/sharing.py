# SPDX-License-Identifier: Apache-2.0
"""Shared memory that a batch uses again: the system takes a tenth of a second to give out and take
back what 12 megapixels need, and most pictures of a folder have the same size."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodedit.files.shared_arrays import SharedArray


class Shelf:
    """Arrays in shared memory that wait for the next picture. May be used by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[SharedArray] = []
        self._closed = False

    @contextmanager
    def filled(self, arrays: Mapping[str, NDArray[Any]]) -> Iterator[dict[str, SharedArray]]:
        """Copies of `arrays`; nobody may look at them after the end of the block.

        Raises Problem where there is no memory.
        """
        lent: dict[str, SharedArray] = {}
        try:
            for name, array in arrays.items():
                lent[name] = self._take(array)
                np.copyto(lent[name].array, array)
            yield lent
        finally:
            for shared in lent.values():
                self._put(shared)

    def close(self) -> None:
        """Give the memory back, also what is lent now, once it returns."""
        with self._lock:
            self._closed = True
            waiting, self._waiting = self._waiting, []
        for shared in waiting:
            _free(shared)

    def _take(self, like: NDArray[Any]) -> SharedArray:
        with self._lock:
            for shared in self._waiting:
                if (shared.shape, shared.dtype) == (like.shape, like.dtype):
                    self._waiting.remove(shared)
                    return shared
            others, self._waiting = self._waiting, []  # of a size that may not come again
        for other in others:
            _free(other)
        return SharedArray.create(like.shape, like.dtype)

    def _put(self, shared: SharedArray) -> None:
        with self._lock:
            if not self._closed:
                self._waiting.append(shared)
                return
        _free(shared)


def _free(shared: SharedArray) -> None:
    shared.close()
    shared.unlink()
