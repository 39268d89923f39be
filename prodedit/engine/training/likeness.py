# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a folder are the same one twice: saved again, made smaller, a little brighter.

A perceptual hash (Zauner: Implementation and Benchmarking of Perceptual Image Hash Functions, 2010:
the signs of low cosine frequencies) finds candidates fast; a small copy of each decides, because
products on white are alike in their frequencies without being the same photo.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

MOST_BITS = 8
"""Of 64 that may differ."""
MOST_DIFFERENCE = 4.0
"""Of 255, averaged over the small copies, once their mean brightness is taken away."""
_GREY, _LOW, _SMALL = 32, 8, 24


class Seen:
    """The pictures so far. A shop's few ten thousand are compared in microseconds each."""

    def __init__(self) -> None:
        self._hashes = np.zeros(64, np.uint64)
        self._copies = np.zeros((64, _SMALL, _SMALL, 3), np.int16)
        self._count = 0

    def like(self, picture: Bytes) -> int | None:
        """The number of an earlier picture that this one, (s, s, 3) uint8, is a copy of."""
        bits = np.bitwise_count(self._hashes[: self._count] ^ perceptual_hash(picture))
        near = np.flatnonzero(bits <= MOST_BITS)
        if not len(near):
            return None
        apart = self._copies[near] - _small(picture)
        apart = apart - np.rint(apart.mean((1, 2), keepdims=True)).astype(np.int16)
        distances = np.abs(apart).mean((1, 2, 3))
        best = int(distances.argmin())
        return int(near[best]) if distances[best] <= MOST_DIFFERENCE else None

    def add(self, picture: Bytes) -> int:
        """Remember it; its number, from 0."""
        if self._count == len(self._hashes):
            self._hashes = np.concatenate((self._hashes, np.zeros_like(self._hashes)))
            self._copies = np.concatenate((self._copies, np.zeros_like(self._copies)))
        self._hashes[self._count] = perceptual_hash(picture)
        self._copies[self._count] = _small(picture)
        self._count += 1
        return self._count - 1


def perceptual_hash(picture: Bytes) -> np.uint64:
    """64 bits of an (s, s, 3) uint8 picture: alike for pictures that look alike."""
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_GREY, _GREY), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = np.asarray(cv2.dct(small))[:_LOW, :_LOW].reshape(-1)
    bits = low > np.median(low[1:])
    return np.uint64(int.from_bytes(np.packbits(bits).tobytes(), "big"))


def _small(picture: Bytes) -> NDArray[np.int16]:
    copy = cv2.resize(np.ascontiguousarray(picture), (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    return np.asarray(copy, np.int16)
