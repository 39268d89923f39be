# SPDX-License-Identifier: Apache-2.0
"""Adjustments of a 512 x 512 rectangle, the one a change dirties, against what one would write with
Pillow or OpenCV: `python -m tests.benchmarks.bench_adjust`.

Pixels are an opaque photo's, BGRA for us and what is fastest for the peer; both begin and end with
bytes in memory, tables of theirs and ours are made beforehand. `off` is the largest difference:
where the peer computes another formula (its own blur, its own filter) no equality is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from prodedit.core.adjust import adjusted, fused
from prodedit.core.adjust.histogram import histogram
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import (
    Adjustment,
    Balance,
    Band,
    BlackAndWhite,
    Blur,
    BrightnessContrast,
    ColourBalance,
    Curves,
    Denoise,
    Dot,
    Exposure,
    GradientMap,
    HueSaturation,
    Levels,
    Lut,
    PhotoFilter,
    Recolour,
    Sharpen,
    Shift,
    Threshold,
    Vibrance,
    Vignette,
    WhiteBalance,
)
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from tests.benchmarks.timing import as_json, paired, quantile, seconds, table

Bytes = NDArray[np.uint8]
Row = dict[str, Any]
SIDE, CANVAS, FRAME_MS = 512, Size(6000, 4000), 16.0
DIRTY = Rect(1024, 1024, SIDE, SIDE)
LEVELS = Levels(rgb=Band(12, 1.2, 240))
CUBE = 33


class Case(NamedTuple):
    """peer: handed the rectangle's pixels and returning theirs as BGR or BGRA. most: how far the
    two may be apart; None where the peer's formula is another."""

    name: str
    adjustment: Adjustment
    peer: str
    run: Callable[[Bytes], Bytes]
    most: int | None


def pixels(margin: int) -> Bytes:
    """The rectangle with `margin` round it, cut out of one photo: smooth parts with grain."""
    rng = np.random.default_rng(0)
    whole = SIDE + 400
    small = rng.integers(0, 256, (12, 12, 3), dtype=np.uint8)
    picture = cv2.resize(small, (whole, whole), interpolation=cv2.INTER_CUBIC)
    picture = cv2.add(picture, rng.integers(0, 12, picture.shape, dtype=np.uint8))
    part = slice(200 - margin, 200 + SIDE + margin)
    return np.asarray(cv2.cvtColor(picture[part, part], cv2.COLOR_BGR2BGRA))


def cases() -> list[Case]:
    made = [_levels, _hue, _black_and_white, _gradient, _lut, _vibrance, _blur, _sharpen, _denoise]
    return [make() for make in made]


def _levels() -> Case:
    values = np.clip((np.arange(256) - 12) / 228, 0, 1) ** (1 / 1.2) * 255
    entries = np.rint(values).astype(np.uint8).tolist() * 3

    def run(bgra: Bytes) -> Bytes:
        image = Image.fromarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB))
        return np.asarray(image.point(entries))[..., ::-1]

    return Case("levels", LEVELS, "Pillow", run, 0)


def _hue() -> Case:
    def run(bgra: Bytes) -> Bytes:
        floats = cv2.cvtColor(bgra, cv2.COLOR_BGRA2BGR).astype(np.float32) / 255
        hls = cv2.cvtColor(floats, cv2.COLOR_BGR2HLS)
        hls[..., 0] = (hls[..., 0] + 20) % 360
        hls[..., 2] = np.clip(hls[..., 2] * 1.1, 0, 1)
        return np.rint(cv2.cvtColor(hls, cv2.COLOR_HLS2BGR) * 255).astype(np.uint8)

    return Case("hue/saturation", HueSaturation(Shift(20, 10, 0)), "OpenCV", run, 1)


def _black_and_white() -> Case:
    def run(bgra: Bytes) -> Bytes:
        floats = bgra[..., :3].astype(np.float32)
        ordered = np.sort(floats, axis=2)
        top, low = np.argmax(floats, axis=2), np.argmin(floats, axis=2)
        primary = np.array([0.2, 0.4, 0.4], np.float32)[top]
        secondary = np.array([0.6, 0.8, 0.6], np.float32)[low]
        grey = ordered[..., 0] + (ordered[..., 1] - ordered[..., 0]) * secondary
        grey += (ordered[..., 2] - ordered[..., 1]) * primary
        return cv2.cvtColor(np.rint(np.clip(grey, 0, 255)).astype(np.uint8), cv2.COLOR_GRAY2BGR)

    return Case("black and white", BlackAndWhite(), "numpy", run, 1)


def _gradient() -> Case:
    ramp = np.arange(256, dtype=np.uint8)

    def run(bgra: Bytes) -> Bytes:
        grey = cv2.cvtColor(bgra, cv2.COLOR_BGRA2GRAY)
        return cv2.LUT(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.dstack([ramp] * 3))

    return Case("gradient map", GradientMap(), "OpenCV", run, 1)


def _lut() -> Case:
    steps = np.linspace(0, 1, CUBE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    cube = np.stack([red**0.8, green * 0.9 + 0.05, 1 - (1 - blue) ** 1.2], axis=-1)
    whole = np.rint(cube * 65535).astype("<u2")
    filter_ = ImageFilter.Color3DLUT(CUBE, cube.reshape(-1).tolist())

    def run(bgra: Bytes) -> Bytes:
        image = Image.fromarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB))
        return np.asarray(image.filter(filter_))[..., ::-1]

    return Case("colour table 33", Lut("bench", CUBE, whole.tobytes()), "Pillow", run, 1)


def _vibrance() -> Case:
    def run(bgra: Bytes) -> Bytes:
        image = Image.fromarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB))
        from PIL import ImageEnhance

        return np.asarray(ImageEnhance.Color(image).enhance(1.3))[..., ::-1]

    return Case("vibrance", Vibrance(0, 30), "Pillow", run, None)


def _blur() -> Case:
    def run(bgra: Bytes) -> Bytes:
        return np.asarray(cv2.GaussianBlur(bgra, (25, 25), 4))

    return Case("blur 4", Blur(4), "OpenCV", run, 1)


def _sharpen() -> Case:
    values = Sharpen(0.8, 1.2, 0)

    def run(bgra: Bytes) -> Bytes:
        soft = cv2.GaussianBlur(bgra, (9, 9), 1.2)
        return np.asarray(cv2.addWeighted(bgra, 1.8, soft, -0.8, 0))

    return Case("sharpen", values, "OpenCV", run, 2)


def _denoise() -> Case:
    def run(bgra: Bytes) -> Bytes:
        return np.asarray(cv2.bilateralFilter(bgra[..., :3].copy(), 9, 20, 4))

    return Case("denoise", Denoise(), "bilateral", run, None)


ALONE: tuple[tuple[str, Adjustment], ...] = (
    ("curves", Curves(rgb=(Dot(0, 0), Dot(100, 130), Dot(255, 255)))),
    ("curves of luminosity", Curves(luminosity=(Dot(0, 0), Dot(100, 130), Dot(255, 255)))),
    ("exposure", Exposure(0.5)),
    ("brightness/contrast", BrightnessContrast(20, 20)),
    ("white balance", WhiteBalance(20, -5)),
    ("hue of two ranges", HueSaturation(reds=Shift(10, 20, 5), blues=Shift(0, -40, 0))),
    ("colour balance", ColourBalance(midtones=Balance(20, 0, -10))),
    ("vibrance, skin spared", Vibrance(40)),
    ("photo filter", PhotoFilter()),
    ("threshold", Threshold()),
    ("vignette", Vignette()),
    ("recolour", Recolour(Colour(180, 30, 40), Colour(31, 58, 147))),
    ("blur 20", Blur(20)),
)


def rows() -> list[Row]:
    return [*(_row(case) for case in cases()), *(_alone(*case) for case in ALONE), *_whole_rows()]


def _row(case: Case) -> Row:
    margin = reach(case.adjustment)
    area, found = DIRTY.inflate(margin), pixels(margin)
    inner = np.s_[margin : margin + SIDE, margin : margin + SIDE, :3]

    def ours() -> Bytes:
        return adjusted(found, case.adjustment, area, CANVAS)

    def peer() -> Bytes:
        return case.run(found)

    off = int(cv2.absdiff(ours()[inner].copy(), peer()[inner].copy()).max())
    if case.most is not None and off > case.most:
        raise AssertionError(f"{case.name}: the pictures differ by {off}")
    result = paired(ours, peer, pairs=40, warm=3)
    row = result.row(f"512 x 512, {case.name}", case.peer, 1.0)
    same = f"off by {off}" if case.most is not None else "another formula"
    if case.most is None:
        row |= {"target": None, "reached": None}
    return row | {"note": f"p95 {row['ours_p95_ms']:.1f} ms; {same}"}


def _alone(name: str, adjustment: Adjustment) -> Row:
    margin = reach(adjustment)
    area, found = DIRTY.inflate(margin), pixels(margin)
    return _against_frame(f"512 x 512, {name}", lambda: adjusted(found, adjustment, area, CANVAS))


def _whole_rows() -> list[Row]:
    found = pixels(0)
    row = (LEVELS, HueSaturation(Shift(10, 10, 0)), Vibrance(20), PhotoFilter())
    together = fused(row)
    soft = found.copy()
    soft[..., 3] = np.linspace(255, 0, SIDE).astype(np.uint8)
    soft[..., :3] = soft[..., :3] * (soft[..., 3:] / 255)
    return [
        _against_frame("512 x 512, four in a row", lambda: together(found, DIRTY, CANVAS)),
        _against_frame(
            "512 x 512, levels, all soft", lambda: adjusted(soft, LEVELS, DIRTY, CANVAS)
        ),
        _against_frame("512 x 512, histogram", lambda: histogram(found)),
    ]


def _against_frame(name: str, call: Callable[[], object]) -> Row:
    for _ in range(3):
        call()
    times = [seconds(call) for _ in range(40)]
    p95 = quantile(times, 0.95) * 1e3
    return {
        "name": name,
        "peer": "frame",
        "ours_ms": quantile(times, 0.5) * 1e3,
        "ours_p95_ms": p95,
        "peer_ms": FRAME_MS,
        "ratio": FRAME_MS / p95,
        "target": 1.0,
        "reached": p95 <= FRAME_MS,
        "note": f"p95 {p95:.1f} ms",
    }


if __name__ == "__main__":
    import sys

    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
