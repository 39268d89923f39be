# SPDX-License-Identifier: Apache-2.0
"""A network that ncnn runs on the processor: for networks of many 3 x 3 convolutions it needs half
to two thirds of torch's time, for it multiplies a quarter as often (Winograd), and it starts
without torch.

Its answers are the same bytes for any number of threads. Half precision is off: on ARM it would
be used by itself, and answers would differ from torch's.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Cancelled
from prodedit.engine.cards import ModelCard
from prodedit.engine.context import quiet
from prodedit.engine.service import store_problems
from prodedit.engine.service.device import Device
from prodedit.engine.service.ncnn_stretches import Stretch, in_one, in_stretches, last_uses
from prodedit.engine.service.ncnn_weights import read_network
from prodedit.engine.service.networks import (
    Asked,
    Report,
    Tensor,
    check_answer,
    check_input,
    piece_side,
)

PIECES = 2, 3
"""Times a card's side: the pieces of a picture that are done at once; the second where pieces would
differ at their seams (`tiling.blend`)."""
TILE = 176
"""Pixels: the side of the tiles in which a stretch is done; larger ones take more memory, and fall
out of the cache."""
LAST_TILE = 88
"""The same of the last stretch, where the picture has grown: one convolution takes up to 0.4 s."""
_NO_MEMORY = -100
"""What ncnn answers where it was given none."""
_EXACT: Mapping[str, Any] = {
    "use_vulkan_compute": False, "use_fp16_packed": False, "use_fp16_storage": False,
    "use_fp16_arithmetic": False, "use_bf16_storage": False,
}  # fmt: skip
Blobs = dict[str, NDArray[np.float32]]


def can_run(*files: Path) -> bool:
    """Whether ncnn is here, and can open these files: on Windows it takes only ASCII names."""
    if importlib.util.find_spec("ncnn") is None:
        return False
    return sys.platform != "win32" or all(str(file).isascii() for file in files)


class NcnnNetwork:
    """A network on the processor, by ncnn, in stretches: within what it is given there are no
    seams, and little is computed twice."""

    def __init__(self, card: ModelCard, weights: Path, graph: Path, device: Device) -> None:
        self.card = card
        self.device = device
        differ = card.tiling is not None and card.tiling.blend > 0
        self.piece_side = PIECES[differ] * piece_side(card, device)
        numbers, layers = read_network(weights, graph)
        # The weights, and 3 x 3 kernels once more after Winograd's transform (6 x 6 numbers).
        self.memory = 5 * 4 * sum(number.values.size for number in numbers)
        try:
            self._whole = in_one(layers)
            self._stretches = in_stretches(layers)
        except ValueError as error:
            raise store_problems.not_usable(card.title.en, str(error)) from error
        import ncnn

        self._ncnn = ncnn
        self._pools = (self._ncnn.PoolAllocator(), self._ncnn.PoolAllocator())
        self._net = self._opened(weights, graph)

    def __call__(self, x: Tensor) -> Tensor:
        return self.run(x, lambda: False)

    def run(
        self,
        x: Tensor,
        cancelled: Asked,
        condition: Tensor | None = None,
        report: Report = quiet,
    ) -> Tensor:
        check_input(x, self.card)
        if condition is not None:
            raise ValueError(f"{self.card.id} takes a picture and nothing else")
        try:
            answers = [self._one(np.ascontiguousarray(one), cancelled, report) for one in x]
        finally:
            for pool in self._pools:
                pool.clear()
        made = answers[0][np.newaxis] if len(answers) == 1 else np.stack(answers)
        return check_answer(made, x, self.card)

    def _one(self, picture: NDArray[np.float32], cancelled: Asked, report: Report) -> Tensor:
        """(c, h, w) for (3, h, w)."""
        size = Size(picture.shape[2], picture.shape[1])
        tiled = max(size) > LAST_TILE
        stretches = self._stretches if tiled else (self._whole,)
        last = last_uses(stretches)
        blobs: Blobs = dict.fromkeys(self._whole.takes, picture)
        for number, stretch in enumerate(stretches):
            side = TILE if number < len(stretches) - 1 else LAST_TILE
            tiles = list(_tiles(size, side)) if tiled else [Rect.of(size)]
            for done, tile in enumerate(tiles):
                report((number + done / len(tiles)) / len(stretches), "")
                self._laid(blobs, stretch, tile, size, cancelled)
            for name in stretch.takes:
                if last[name] == number:
                    del blobs[name]
        return blobs[self._whole.gives[0]]

    def _laid(
        self, blobs: Blobs, stretch: Stretch, tile: Rect, size: Size, cancelled: Asked
    ) -> None:
        """What `stretch` makes of one tile, put into its blobs. Raises Cancelled, MemoryError."""
        shown = tile.inflate(stretch.reach).intersect(Rect.of(size))
        extractor = self._net.create_extractor()
        # Else each network keeps all the memory that it ever had.
        extractor.set_blob_allocator(self._pools[0])
        extractor.set_workspace_allocator(self._pools[1])
        # ncnn looks at these arrays while it reckons: they have to outlive it.
        held = [np.ascontiguousarray(_part(blobs[name], shown)) for name in stretch.takes]
        try:
            for name, array in zip(stretch.takes, held, strict=True):
                self._check(extractor.input(name, self._ncnn.Mat(array)))
            for name in stretch.steps:
                if cancelled():
                    raise Cancelled
                if name in stretch.gives:
                    self._put(extractor, blobs, name, tile, shown, size)
                else:
                    self._check(extractor.extract(name, 1)[0])
        finally:
            extractor.clear()  # now: an error's traceback may outlive the pools

    def _put(
        self, extractor: Any, blobs: Blobs, name: str, tile: Rect, shown: Rect, size: Size
    ) -> None:
        code, mat = extractor.extract(name)
        self._check(code)
        made = np.asarray(mat)
        scale = made.shape[2] // shown.width
        if name not in blobs:
            shape = (made.shape[0], scale * size.height, scale * size.width)
            blobs[name] = np.empty(shape, np.float32)
        inner = tile.translate(-shown.x, -shown.y)
        _part(blobs[name], tile, scale)[...] = _part(made, inner, scale)
        del made
        mat.release()

    def _check(self, code: int) -> None:
        if code == _NO_MEMORY:
            raise MemoryError
        if code:
            raise store_problems.bad_answer(self.card.title.en, f"ncnn said {code}")

    def _opened(self, weights: Path, graph: Path) -> Any:
        net = self._ncnn.Net()
        net.opt.num_threads = self.device.threads
        for name, value in _EXACT.items():
            setattr(net.opt, name, value)
        for load, file in ((net.load_param, graph), (net.load_model, weights)):
            if code := load(str(file)):
                raise store_problems.not_usable(
                    self.card.title.en, "ncnn can't open its file", f"{file.name}: {code}"
                )
        return net


def _tiles(size: Size, side: int) -> Iterator[Rect]:
    """The picture in about equal tiles of at most `side`."""
    across, down = ceil(size.width / side), ceil(size.height / side)
    width, height = ceil(size.width / across), ceil(size.height / down)
    for y in range(0, size.height, height):
        for x in range(0, size.width, width):
            yield Rect(x, y, width, height).intersect(Rect.of(size))


def _part(blob: NDArray[np.float32], rect: Rect, scale: int = 1) -> NDArray[np.float32]:
    """The view of (c, h, w) that `rect` names, where the blob is `scale` times as large."""
    rows = slice(scale * rect.y, scale * rect.bottom)
    return blob[:, rows, scale * rect.x : scale * rect.right]
