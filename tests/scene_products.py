# SPDX-License-Identifier: Apache-2.0
"""The products that the rendered scenes show: shapes as signed distance fields, and their paint.

Lengths are decimetres, roughly; the floor is y = 0. Formulas of the primitive shapes are the usual
ones of the field (Quilez, "distance functions").

Over 400 lines: a catalogue, one shape after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Shape = Callable[[Floats], Floats]

_TABLE = np.random.default_rng(20261121).random((8, 256, 256)).astype(np.float32)


def noise(u: Floats, v: Floats, seed: int) -> Floats:
    """Smooth noise 0..1 with a grid of one unit."""
    table = _TABLE[seed % 8]
    u0, v0 = np.floor(u), np.floor(v)
    a, b = u - u0, v - v0
    a, b = a * a * (3 - 2 * a), b * b * (3 - 2 * b)
    i, j = u0.astype(np.int64) & 255, v0.astype(np.int64) & 255
    k, m = (i + 1) & 255, (j + 1) & 255
    low = table[j, i] * (1 - a) + table[j, k] * a
    high = table[m, i] * (1 - a) + table[m, k] * a
    return np.asarray(low * (1 - b) + high * b, np.float32)


class Surface(NamedTuple):
    """What a surface is made of, per point."""

    albedo: Floats  # (n, 3) linear
    gloss: Floats  # (n,) weight of the mirror reflection
    rough: float  # softness of that reflection


@dataclass(frozen=True)
class Product:
    """A thing to be photographed."""

    shape: Shape
    material: Callable[[Floats, Floats, int], Surface]
    centre: Floats
    radius: float
    turn: float = 0.0
    hair: float = 0.0
    _cache: dict[str, Any] = field(default_factory=dict, compare=False)

    def distance(self, points: Floats) -> Floats:
        """Signed distance (n,) of points (n, 3), the product turned about its axis."""
        return self.shape(self._turned(points))

    def normals(self, points: Floats) -> Floats:
        """Unit normals (n, 3) from four samples on a tetrahedron."""
        total = np.zeros_like(points)
        for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
            way = np.array(corner, np.float32)
            total += way * self.distance(points + way * np.float32(7e-4))[:, None]
        return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)

    def own(self, points: Floats) -> Floats:
        """Points in the product's own axes, for its paint."""
        return self._turned(points)

    def strands(self, eye: Floats, seed: int) -> tuple[Floats, Floats, Floats]:
        """Roots, tips and middles (n, 3) of hairs seen from `eye`, the farthest first."""
        rng = np.random.default_rng(seed + 11)
        points = self.centre + rng.uniform(-1, 1, (260_000, 3)).astype(np.float32) * self.radius
        gap = self.distance(points)
        points = points[np.abs(gap) < 0.10]
        for _ in range(3):
            points = points - self.normals(points) * self.distance(points)[:, None]
        hidden = self.material(points, points, 0).gloss > 1  # eyes and nose are bare
        points = points[(points[:, 1] > 0.01) & ~hidden]
        normals = self.normals(points)
        seen = ((eye - points) * normals).sum(1) > -0.35
        points, normals = points[seen], normals[seen]
        order = np.argsort(-((points - eye) ** 2).sum(1))
        points, normals = points[order], normals[order]
        stray = rng.standard_normal(points.shape).astype(np.float32) * 0.5
        length = np.float32(self.hair) * rng.uniform(0.4, 1.25, (points.shape[0], 1))
        way = normals + stray * 0.75
        bend = points + way * length * 0.5
        tips = points + way * length + np.array([0, -0.35, 0]) * length
        return points, tips.astype(np.float32), bend.astype(np.float32)

    def _turned(self, points: Floats) -> Floats:
        c, s = np.float32(np.cos(self.turn)), np.float32(np.sin(self.turn))
        x, y, z = points[:, 0], points[:, 1], points[:, 2]
        return np.stack([c * x - s * z, y, s * x + c * z], 1)


# -- shapes --------------------------------------------------------------------------------------


def _round_box(p: Floats, half: tuple[float, float, float], r: float) -> Floats:
    q = np.abs(p) - np.array(half, np.float32) + np.float32(r)
    outside = np.sqrt((np.maximum(q, 0) ** 2).sum(1))
    return np.asarray(outside + np.minimum(q.max(1), 0) - r, np.float32)


def _barrel(rho: Floats, y: Floats, radius: float | Floats, half: float, r: float) -> Floats:
    """A rounded cylinder from its distance to the axis and its height over the middle."""
    a, b = rho - radius + r, np.abs(y) - half + r
    outside = np.sqrt(np.maximum(a, 0) ** 2 + np.maximum(b, 0) ** 2)
    return np.asarray(outside + np.minimum(np.maximum(a, b), 0) - r, np.float32)


def _ball(p: Floats, centre: tuple[float, float, float], radii: tuple[float, ...]) -> Floats:
    q = p - np.array(centre, np.float32)
    r = np.array(radii, np.float32)
    k0 = np.sqrt(((q / r) ** 2).sum(1))
    k1 = np.sqrt(((q / (r * r)) ** 2).sum(1))
    return np.asarray(
        np.where(k1 > 1e-6, k0 * (k0 - 1) / np.maximum(k1, 1e-6), -r.min()), np.float32
    )


def _rod(p: Floats, a: tuple[float, ...], b: tuple[float, ...], r: float) -> Floats:
    start, way = np.array(a, np.float32), np.array(b, np.float32) - np.array(a, np.float32)
    t = np.clip(((p - start) @ way) / (way @ way), 0, 1)
    return np.asarray(np.sqrt(((p - start - t[:, None] * way) ** 2).sum(1)) - r, np.float32)


def _ring(p: Floats, radius: float, r: float) -> Floats:
    """A horizontal ring round the y axis."""
    rho = np.hypot(p[:, 0], p[:, 2])
    return np.asarray(np.hypot(rho - radius, p[:, 1]) - r, np.float32)


def _melt(a: Floats, b: Floats, k: float) -> Floats:
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.asarray(np.minimum(a, b) - h * h * k * 0.25, np.float32)


def _rho(p: Floats) -> Floats:
    return np.asarray(np.hypot(p[:, 0], p[:, 2]), np.float32)


def _mug_body(p: Floats) -> tuple[Floats, Floats]:
    rho, y = _rho(p), p[:, 1]
    belly = 0.40 + 0.018 * np.cos((y - 0.42) * 2.4)
    outer = _barrel(rho, y - 0.475, belly, 0.475, 0.05)
    inner = _barrel(rho, y - 0.60, belly - 0.038, 0.53, 0.08)
    return outer, inner


def _mug(p: Floats) -> Floats:
    outer, inner = _mug_body(p)
    x, y, z = p[:, 0] - 0.41, (p[:, 1] - 0.49) * 0.86, p[:, 2]
    loop = np.hypot(x, y) - 0.245
    grip = np.hypot(loop * 1.2, z * 0.85) - 0.046
    solid = _melt(outer, np.maximum(grip * 0.86, -(p[:, 0] - 0.33)), 0.07)
    return np.maximum(solid, -inner)


def _bottle(p: Floats) -> Floats:
    rho, y = _rho(p), p[:, 1]
    body = _barrel(rho, y - 0.52, 0.31, 0.52, 0.07)
    neck = _barrel(rho, y - 1.08, 0.105, 0.16, 0.02)
    glass = _melt(body, neck, 0.20)
    collar = _barrel(rho, y - 1.25, 0.135, 0.075, 0.02)
    ridges = 0.004 * np.cos(np.arctan2(p[:, 2], p[:, 0]) * 44)
    stem = _barrel(rho, y - 1.40, 0.035, 0.12, 0.01)
    head = _barrel(rho, y - 1.52, 0.10, 0.045, 0.03)
    spout = _rod(p, (0.0, 1.53, 0), (0.30, 1.50, 0), 0.030)
    tip = _rod(p, (0.30, 1.50, 0), (0.325, 1.445, 0), 0.026)
    pump = np.minimum(np.minimum(collar + ridges, stem), _melt(head, _melt(spout, tip, 0.02), 0.04))
    return np.minimum(glass, pump)


def _carton(p: Floats) -> Floats:
    box = _round_box(p - np.array([0, 0.62, 0], np.float32), (0.38, 0.62, 0.24), 0.02)
    lid = np.maximum(box - 0.006, -(p[:, 1] - 0.98))
    return np.minimum(box, lid)


def _bear(p: Floats) -> Floats:
    q = p.copy()
    q[:, 0] = np.abs(q[:, 0])
    body = _ball(q, (0, 0.42, 0), (0.36, 0.42, 0.32))
    head = _ball(q, (0, 1.02, 0.03), (0.33, 0.30, 0.29))
    ear = _ball(q, (0.25, 1.28, 0.0), (0.115, 0.115, 0.065))
    snout = _ball(q, (0, 0.95, 0.27), (0.145, 0.11, 0.11))
    arm = _rod(q, (0.30, 0.66, 0.05), (0.47, 0.40, 0.20), 0.105)
    leg = _rod(q, (0.20, 0.15, 0.15), (0.34, 0.13, 0.50), 0.135)
    soft = _melt(_melt(body, head, 0.06), _melt(ear, snout, 0.01), 0.05)
    soft = _melt(soft, _melt(arm, leg, 0.02), 0.06)
    nose = _ball(q, (0, 1.0, 0.385), (0.05, 0.036, 0.03))
    eye = _ball(q, (0.115, 1.075, 0.285), (0.034, 0.034, 0.03))
    return np.minimum(soft, np.minimum(nose, eye))


def _stool(p: Floats) -> Floats:
    seat = _barrel(_rho(p), p[:, 1] - 1.1, 0.42, 0.045, 0.03)
    q = p.copy()
    q[:, 0], q[:, 2] = np.abs(q[:, 0]), np.abs(q[:, 2])
    leg = _rod(q, (0.22, 1.08, 0.22), (0.36, 0.02, 0.36), 0.026)
    hoop = _ring(p - np.array([0, 0.38, 0], np.float32), 0.44, 0.014)
    return np.minimum(seat, np.minimum(leg, hoop))


def _shoe(p: Floats) -> Floats:
    x, y, z = p[:, 0], p[:, 1], p[:, 2]
    width = 0.20 + 0.045 * np.sin(np.clip((x + 0.9) / 1.8, 0, 1) * 3.0)
    q = np.stack([x, y - 0.075, z * 0.22 / width], 1)
    sole = _round_box(q, (0.84, 0.075, 0.225), 0.07)
    toe = _ball(p, (0.42, 0.16, 0), (0.44, 0.22, 0.205))
    heel = _ball(p, (-0.50, 0.30, 0), (0.32, 0.36, 0.195))
    top = _melt(_melt(toe, heel, 0.42), _ball(p, (-0.08, 0.22, 0), (0.42, 0.27, 0.19)), 0.25)
    hole = _ball(p, (-0.46, 0.66, 0), (0.235, 0.30, 0.125))
    top = np.maximum(np.maximum(top, -hole), 0.05 - y)
    lace = np.minimum.reduce(
        [
            _rod(
                p,
                (0.02 + 0.085 * k, 0.47 - 0.037 * k, -0.10),
                (0.02 + 0.085 * k, 0.47 - 0.037 * k, 0.10),
                0.02,
            )
            for k in range(4)
        ]
    )
    return np.minimum(np.minimum(sole, top), lace) * 0.86


# -- paint ---------------------------------------------------------------------------------------

GLAZES = ((0.045, 0.22, 0.25), (0.50, 0.16, 0.07), (0.09, 0.13, 0.30), (0.62, 0.55, 0.43))
FURS = ((0.42, 0.23, 0.10), (0.55, 0.43, 0.28), (0.16, 0.10, 0.07), (0.62, 0.60, 0.58))


def _label(lines: tuple[tuple[str, float, int], ...], size: tuple[int, int]) -> Floats:
    """Ink coverage (h, w) of centred lines (text, scale, baseline)."""
    width, height = size
    sheet = np.zeros((height, width), np.uint8)
    for text, scale, base in lines:
        font, thick = cv2.FONT_HERSHEY_DUPLEX, max(1, round(scale * 1.6))
        (wide, _), _ = cv2.getTextSize(text, font, scale, thick)
        place = ((width - wide) // 2, base)
        cv2.putText(sheet, text, place, font, scale, 255, thick, cv2.LINE_AA)
    return (sheet / np.float32(255)).astype(np.float32)


def _read(sheet: Floats, u: Floats, v: Floats) -> Floats:
    """Look up a sheet at u, v in 0..1 (0 outside)."""
    height, width = sheet.shape
    x, y = (u * width).astype(np.float32), (v * height).astype(np.float32)
    pieces = [
        cv2.remap(sheet, x[i : i + 16384, None], y[i : i + 16384, None], cv2.INTER_LINEAR)
        for i in range(0, x.size, 16384)
    ]
    return np.concatenate(pieces).ravel() if pieces else np.zeros(0, np.float32)


def _blend(low: Floats, high: tuple[float, ...] | Floats, amount: Floats) -> Floats:
    part = amount[:, None]
    return np.asarray(low * (1 - part) + np.asarray(high, np.float32) * part, np.float32)


def mug(seed: int) -> Product:
    """A glazed mug with a raw clay foot."""
    glaze = np.array(GLAZES[seed % 4], np.float32)

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        angle = np.arctan2(p[:, 2], p[:, 0])
        rim = 0.30 + 0.02 * np.sin(angle * 3 + 1) + 0.012 * np.sin(angle * 7)
        glazed = np.clip((p[:, 1] - rim) / 0.008, 0, 1)
        outer, inner = _mug_body(p)
        inside = np.clip(((outer - inner) * 0 - inner + 0.008) / 0.004, 0, 1) * (p[:, 1] > 0.08)
        grip = np.clip((np.hypot(p[:, 0], p[:, 2]) - 0.435) / 0.01, 0, 1)
        glazed = np.maximum(glazed, grip)
        speck = (noise(angle * 34, p[:, 1] * 95, 3) > 0.865) * np.float32(0.75)
        clay = np.full((p.shape[0], 3), (0.50, 0.34, 0.22), np.float32)
        clay *= (0.86 + 0.28 * noise(angle * 9, p[:, 1] * 80, 2))[:, None]
        clay = _blend(clay, (0.10, 0.06, 0.04), speck)
        wash = glaze * (0.86 + 0.3 * noise(angle * 3, p[:, 1] * 5, 1))[:, None]
        thin = np.clip(1 - (p[:, 1] - rim) / 0.05, 0, 1) * 0.4 + (p[:, 1] > 0.925) * 0.5
        wash = _blend(_blend(wash, clay, thin.astype(np.float32)), (0.02, 0.02, 0.02), speck * 0.5)
        albedo = _blend(_blend(clay, wash, glazed), (0.70, 0.65, 0.57), inside.astype(np.float32))
        gloss = np.maximum(glazed, inside) * 0.95 + 0.05
        return Surface(albedo, gloss.astype(np.float32), 0.05)

    made = Product(
        _mug, paint, np.array([0.12, 0.47, 0], np.float32), 0.80, -0.35 + 0.5 * (seed % 4)
    )
    return made


def bottle(seed: int) -> Product:
    """An amber pump bottle with a paper label."""
    tint = ((0.20, 0.065, 0.015), (0.03, 0.10, 0.06), (0.30, 0.24, 0.20))[seed % 3]
    label = _label(
        (("OLIVE", 3.4, 200), ("& FIG", 3.4, 320), ("hand wash", 1.7, 440), ("300 ml", 1.3, 560)),
        (700, 640),
    )

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        angle = np.arctan2(p[:, 0], p[:, 2])
        u, v = angle * 0.31 / 0.56 + 0.5, (0.83 - p[:, 1]) / 0.56
        paper = (np.abs(u - 0.5) < 0.5) & (np.abs(v - 0.5) < 0.5) & (_rho(p) < 0.33)
        ink = _read(label, u, v) * paper
        frame = paper & (
            (np.abs(np.abs(u - 0.5) - 0.455) < 0.007) | (np.abs(np.abs(v - 0.5) - 0.45) < 0.007)
        )
        frame &= (np.abs(u - 0.5) < 0.46) & (np.abs(v - 0.5) < 0.456)
        albedo = np.broadcast_to(np.array(tint, np.float32), p.shape)
        liquid = np.clip((0.93 - p[:, 1]) / 0.01, 0, 1) * 0.35
        albedo = albedo * (1.25 - liquid)[:, None]
        pump = p[:, 1] > 1.172
        albedo = _blend(albedo, (0.022, 0.022, 0.024), pump.astype(np.float32))
        albedo = _blend(albedo, (0.66, 0.62, 0.54), paper.astype(np.float32))
        albedo = _blend(albedo, (0.06, 0.07, 0.05), np.maximum(ink, frame).astype(np.float32))
        gloss = np.where(paper, 0.06, np.where(pump, 0.55, 1.5))
        return Surface(albedo, gloss.astype(np.float32), 0.03)

    made = Product(
        _bottle, paint, np.array([0.03, 0.78, 0], np.float32), 0.86, -0.2 + 0.1 * (seed % 3)
    )
    return made


def carton(seed: int) -> Product:
    """A printed tea carton."""
    base = ((0.60, 0.50, 0.33), (0.05, 0.20, 0.16), (0.55, 0.12, 0.10))[seed % 3]
    print_ink = ((0.05, 0.16, 0.12), (0.68, 0.52, 0.22), (0.72, 0.66, 0.55))[seed % 3]
    front = _label((("MORNING", 2.5, 560), ("TEA", 5.0, 740), ("24 bags", 1.5, 860)), (620, 1000))

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        u, v = p[:, 0] / 0.76 + 0.5, 1 - p[:, 1] / 1.24
        face = np.abs(p[:, 2]) > 0.232
        sun = np.hypot(p[:, 0], p[:, 1] - 0.80)
        rays = np.cos(np.arctan2(p[:, 1] - 0.80, p[:, 0]) * 16) > 0.25
        sign = (sun < 0.105) | ((sun > 0.135) & (sun < 0.205) & rays)
        ink = np.maximum(_read(front, u, v), sign) * face
        band = ((p[:, 1] > 0.06) & (p[:, 1] < 0.10)) | ((p[:, 1] > 0.12) & (p[:, 1] < 0.13))
        seam = (np.abs(p[:, 1] - 0.98) < 0.005) & ~(p[:, 1] > 1.23)
        albedo = np.broadcast_to(np.array(base, np.float32), p.shape)
        albedo = (
            albedo * (0.95 + 0.1 * noise(p[:, 0] * 60 + p[:, 2] * 60, p[:, 1] * 60, 4))[:, None]
        )
        albedo = _blend(albedo, print_ink, np.maximum(ink, band).astype(np.float32))
        albedo = _blend(albedo, (0.05, 0.05, 0.04), seam * np.float32(0.7))
        return Surface(albedo, np.full(p.shape[0], 0.35, np.float32), 0.22)

    made = Product(
        _carton, paint, np.array([0, 0.62, 0], np.float32), 0.80, -0.5 + 0.4 * (seed % 3)
    )
    return made


def bear(seed: int) -> Product:
    """A furry toy bear: soft, fuzzy edges."""
    fur = FURS[seed % 4]

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        q = np.abs(p * np.array([1, 0, 0], np.float32)) + p * np.array([0, 1, 1], np.float32)
        pale = (_ball(q, (0, 0.95, 0.27), (0.15, 0.115, 0.115)) < 0.012) | (
            _ball(q, (0.25, 1.28, 0.07), (0.07, 0.07, 0.05)) < 0.01
        )
        pale |= _ball(q, (0.345, 0.13, 0.61), (0.085, 0.085, 0.06)) < 0.012
        dark = (_ball(q, (0, 1.0, 0.385), (0.05, 0.036, 0.03)) < 0.004) | (
            _ball(q, (0.115, 1.075, 0.285), (0.034, 0.034, 0.03)) < 0.004
        )
        tuft = 0.7 + 0.6 * noise(p[:, 0] * 24 + p[:, 2] * 17, p[:, 1] * 30, 5)
        albedo = np.array(fur, np.float32) * tuft[:, None]
        albedo = _blend(albedo, (0.66, 0.56, 0.42), pale * np.float32(0.75))
        albedo = _blend(albedo, (0.012, 0.01, 0.01), dark.astype(np.float32))
        return Surface(albedo, np.where(dark, 1.2, 0.03).astype(np.float32), 0.08)

    made = Product(
        _bear, paint, np.array([0, 0.66, 0.08], np.float32), 0.88, 0.3 - 0.2 * (seed % 4), 0.055
    )
    return made


def stool(seed: int) -> Product:
    """A wire-legged stool: thin parts and holes."""
    seat = ((0.62, 0.42, 0.22), (0.10, 0.24, 0.20), (0.60, 0.60, 0.58))[seed % 3]

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        wood = (p[:, 1] > 1.04) & (_rho(p) < 0.5)
        grain = noise(p[:, 0] * 3, p[:, 2] * 40, 6)
        albedo = _blend(np.full(p.shape, 0.03, np.float32), seat, wood.astype(np.float32))
        return Surface(
            albedo * (0.8 + 0.4 * grain)[:, None], np.full(p.shape[0], 0.5, np.float32), 0.1
        )

    made = Product(_stool, paint, np.array([0, 0.58, 0], np.float32), 0.84, 0.4 + 0.2 * (seed % 3))
    return made


def shoe(seed: int) -> Product:
    """A canvas shoe with a rubber sole."""
    cloth = ((0.50, 0.06, 0.06), (0.05, 0.12, 0.32), (0.66, 0.64, 0.60))[seed % 3]

    def paint(points: Floats, normals: Floats, _: int) -> Surface:
        p = made.own(points)
        weave = 0.85 + 0.3 * noise(p[:, 0] * 70, p[:, 1] * 70 + p[:, 2] * 50, 7)
        albedo = np.array(cloth, np.float32) * weave[:, None]
        sole = (p[:, 1] < 0.148) | (_ball(p, (0.70, 0.12, 0), (0.22, 0.17, 0.24)) < 0)
        stripe = np.abs(p[:, 1] - 0.115) < 0.008
        lace = (p[:, 0] > -0.02) & (p[:, 0] < 0.32) & (np.abs(p[:, 2]) < 0.12) & (p[:, 1] > 0.36)
        lace &= np.cos((p[:, 0] - 0.02) / 0.085 * 2 * np.pi) > 0.3
        hole = _ball(p, (-0.46, 0.66, 0), (0.235, 0.30, 0.125)) < 0.006
        albedo = _blend(albedo, (0.66, 0.65, 0.61), (sole | lace).astype(np.float32))
        albedo = _blend(albedo, (0.45, 0.05, 0.05), (stripe & sole).astype(np.float32))
        albedo = _blend(albedo, (0.25, 0.2, 0.16), hole.astype(np.float32) * 0.8)
        return Surface(albedo, np.where(sole, 0.4, 0.06).astype(np.float32), 0.2)

    made = Product(_shoe, paint, np.array([0, 0.30, 0], np.float32), 0.93, 0.5 + 0.5 * (seed % 3))
    return made


PRODUCTS: dict[str, Callable[[int], Product]] = {
    "mug": mug,
    "bottle": bottle,
    "carton": carton,
    "bear": bear,
    "stool": stool,
    "shoe": shoe,
}
