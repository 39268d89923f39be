# SPDX-License-Identifier: Apache-2.0
"""The outline of a selection as a view shows it: traced once, drawn often."""

from __future__ import annotations

from math import floor, log2
from typing import NamedTuple
from weakref import WeakKeyDictionary

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRect
from PySide6.QtGui import QPainterPath, QRegion

from prodedit.core.geometry import Rect
from prodedit.core.tiles import TILE, Block, Pixels, Tiles, places, slices

_CELL = 32
"""Device pixels: how finely the region round an outline follows it."""
_MOST_CELLS = 100
"""Rectangles of that region; more cost more than the pixels they save."""
_MOVE, _LINE = 0, 1
"""Qt's numbers of a path's elements."""
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


class Outline(NamedTuple):
    """In device pixels from the picture's upper left corner, at the zoom that it was traced at.

    window: what was looked at. region: the pixels that the outline may touch."""

    path: QPainterPath
    region: QRegion
    window: Rect
    zoom: float
    points: int


class Seen:
    """A selection at the resolution of the view; remembers reduced blocks as long as they live."""

    def __init__(self) -> None:
        self._reduced: WeakKeyDictionary[Block, dict[int, Pixels]] = WeakKeyDictionary()

    def window(self, selection: Tiles, zoom: float, window: Rect, *, soft: bool) -> Pixels:
        """(h, w) uint8: what `window` (device pixels from the picture's corner) shows."""
        level = max(0, min(8, floor(log2(1 / zoom) + 1e-9)))
        step = zoom * (1 << level)
        source = Rect.between(
            window.x / step, window.y / step, window.right / step, window.bottom / step
        ).inflate(1)
        pixels = self._at_level(selection, level, source)
        if step == 1.0:
            return pixels[1:-1, 1:-1]
        # From middles of pixels to middles of pixels.
        x = (window.x + 0.5) / step - 0.5 - source.x
        y = (window.y + 0.5) / step - 0.5 - source.y
        matrix = np.array([[1 / step, 0, x], [0, 1 / step, y]])
        way = cv2.INTER_LINEAR if soft and step < 8 else cv2.INTER_NEAREST
        flags = way | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(pixels, matrix, tuple(window.size), flags=flags), np.uint8)

    def _at_level(self, selection: Tiles, level: int, rect: Rect) -> Pixels:
        if level == 0:
            return selection.to_array(rect)
        array = np.zeros((rect.height, rect.width), np.uint8)
        side = TILE >> level
        for (column, row), _ in places(_scaled(rect, 1 << level)):
            block = selection.blocks.get((column, row))
            if block is None:
                continue
            own = Rect(column * side, row * side, side, side)
            part = own.intersect(rect)
            inside = part.translate(-own.x, -own.y)
            slices(array, part.translate(-rect.x, -rect.y))[...] = slices(
                self._block(block, level), inside
            )
        return array

    def _block(self, block: Block, level: int) -> Pixels:
        known = self._reduced.setdefault(block, {})
        if level not in known:
            side = TILE >> level
            reduced = cv2.resize(block.pixels, (side, side), interpolation=cv2.INTER_AREA)
            known[level] = np.asarray(reduced, np.uint8)
        return known[level]


def traced(selection: Tiles, zoom: float, window: Rect, seen: Seen) -> Outline:
    """Where what is selected by half or more begins, within `window`."""
    mask = cv2.compare(
        seen.window(selection, zoom, window, soft=False), np.array([127.0]), cv2.CMP_GT
    )
    framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
    contours, _ = cv2.findContours(
        framed, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE, offset=(window.x - 1, window.y - 1)
    )
    edge = cv2.subtract(framed, cv2.erode(framed, np.ones((3, 3), np.uint8)))[1:-1, 1:-1]
    region = _region(np.asarray(edge, np.uint8), window)
    points = sum(len(contour) for contour in contours)
    return Outline(
        _path([np.asarray(c[:, 0], np.int32) for c in contours]), region, window, zoom, points
    )


def _path(contours: list[NDArray[np.int32]]) -> QPainterPath:
    """Closed lines, brought into Qt in one piece: it reads a path from its own stream format."""
    path = QPainterPath()
    count = sum(len(contour) + 1 for contour in contours)
    if not count:
        return path
    elements = np.empty(count, _ELEMENT)
    elements["kind"] = _LINE
    at = 0
    for contour in contours:
        end = at + len(contour)
        elements["kind"][at] = _MOVE
        elements["x"][at:end], elements["y"][at:end] = contour[:, 0], contour[:, 1]
        elements["x"][end], elements["y"][end] = contour[0]
        at = end + 1
    numbers = np.array([count], ">i4").tobytes(), elements.tobytes(), np.zeros(2, ">i4").tobytes()
    data = QByteArray(b"".join(numbers))  # kept: the stream points at it
    stream = QDataStream(data, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    return path


def _region(edge: Pixels, window: Rect) -> QRegion:
    """Cells in which there is some edge, in runs, larger ones where it is everywhere."""
    cell = _CELL
    while True:
        rows = -(-edge.shape[0] // cell)
        columns = -(-edge.shape[1] // cell)
        padded = np.zeros((rows * cell, columns * cell), np.uint8)
        padded[: edge.shape[0], : edge.shape[1]] = edge
        cells = padded.reshape(rows, cell, columns, cell).any(axis=(1, 3))
        runs = np.diff(np.pad(cells, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        starts, ends = np.argwhere(runs == 1), np.argwhere(runs == -1)
        if len(starts) <= _MOST_CELLS or cell >= 512:
            break
        cell *= 2
    region = QRegion()
    for (row, start), (_, end) in zip(starts.tolist(), ends.tolist(), strict=True):
        x, y = window.x + start * cell, window.y + row * cell
        region += QRect(x - 1, y - 1, (end - start) * cell + 2, cell + 2)
    return region


def _scaled(rect: Rect, factor: int) -> Rect:
    return Rect(rect.x * factor, rect.y * factor, rect.width * factor, rect.height * factor)
