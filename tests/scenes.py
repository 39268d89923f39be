# SPDX-License-Identifier: Apache-2.0
"""Rendered studio scenes with exact alpha: products as signed distance fields, ray-marched.

The picture is composed in display space, `alpha * product + (1 - alpha) * backdrop`, so that the
alpha is exact for an editor, which blends there too. `python -m tests.scenes` renders the sample
pictures that the program ships.

Over 400 lines: camera, light, floors and pictures are one renderer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.scene_cloths import floral, tartan
from tests.scene_products import PRODUCTS, Product, noise

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

LIGHT = np.array([-0.55, 0.95, 0.45], np.float32) / np.float32(1.187)
KEY = np.array([1.62, 1.54, 1.42], np.float32)
SKY = np.array([0.58, 0.61, 0.66], np.float32)
FLOOR_BOUNCE = np.array([0.30, 0.27, 0.24], np.float32)
EXPOSURE = 0.80
EDGE_SAMPLES = 4


class Scene(NamedTuple):
    """A rendered photo and what is true about it."""

    picture: Bytes  # (h, w, 3) sRGB, R G B
    alpha: Bytes  # (h, w), coverage of the product, 255 = all
    foreground: Bytes  # (h, w, 3) colour of the product where alpha > 0, else 0


class Camera(NamedTuple):
    """A pinhole camera: position, target, and the tangent of half the vertical field of view."""

    position: Floats
    target: Floats
    tangent: float

    def rays(self, x: Floats, y: Floats, size: tuple[int, int]) -> Floats:
        """Unit directions (n, 3) through the pixel coordinates x, y of a (width, height) frame."""
        width, height = size
        forward = self._forward()
        right = _unit(np.cross(forward, np.array([0, 1, 0], np.float32)))
        up = np.cross(right, forward)
        u = (x - width / 2) / (height / 2) * self.tangent
        v = (height / 2 - y) / (height / 2) * self.tangent
        return _unit(forward + u[:, None] * right + v[:, None] * up).astype(np.float32)

    def project(self, points: Floats, size: tuple[int, int]) -> Floats:
        """Pixel coordinates (n, 2) of points (n, 3) in front of the camera."""
        width, height = size
        forward = self._forward()
        right = _unit(np.cross(forward, np.array([0, 1, 0], np.float32)))
        up = np.cross(right, forward)
        relative = points - self.position
        depth = (relative @ forward) * self.tangent
        scale = height / 2
        x = width / 2 + (relative @ right) / depth * scale
        y = height / 2 - (relative @ up) / depth * scale
        return np.stack([x, y], 1).astype(np.float32)

    def _forward(self) -> Floats:
        return _unit(self.target - self.position)


class Backdrop(NamedTuple):
    """What the product stands on: floor albedo by (x, z), and what is seen beyond its end."""

    albedo: Callable[[Floats, Floats, int], Floats]
    end: float  # z where the floor ends, or where a sweep turns up
    sweep: bool
    blur: float  # defocus of the far parts, in thousandths of the frame's height
    gain: float = 1.0


def _unit(vectors: NDArray[Any]) -> Floats:
    length = np.sqrt((vectors * vectors).sum(-1, keepdims=True))
    return (vectors / np.maximum(length, 1e-9)).astype(np.float32)


# -- backdrops -----------------------------------------------------------------------------------


def _mix(low: tuple[float, ...], high: tuple[float, ...], amount: Floats) -> Floats:
    a, b = np.array(low, np.float32), np.array(high, np.float32)
    return (a + (b - a) * amount[:, None]).astype(np.float32)


def _wood(x: Floats, z: Floats, seed: int) -> Floats:
    board = np.floor(z / 0.62 + 0.37)
    shift = np.sin(board * 78.2 + seed) * 37.0
    warp = noise(x * 0.7 + shift, z * 1.5 + shift, seed) * 0.16
    rings = 0.5 + 0.5 * np.sin((z + warp) * 42 + noise(x * 0.9 + shift, z * 3, seed + 1) * 5.0)
    pores = noise(x * 4.0 + shift, z * 90.0, seed + 2)
    amount = np.clip(0.32 + 0.30 * rings + 0.42 * (pores - 0.5), 0, 1)
    tone = 0.90 + 0.16 * np.sin(board * 12.9 + 1.3 + seed)
    gap = np.abs((z / 0.62 + 0.37) - np.round(z / 0.62 + 0.37))
    seam = np.clip(gap / 0.011, 0.3, 1)
    return _mix((0.24, 0.115, 0.05), (0.55, 0.32, 0.165), amount) * (tone * seam)[:, None]


def _white(x: Floats, z: Floats, seed: int) -> Floats:
    return np.full((x.size, 3), 0.80, np.float32)


def _grey(x: Floats, z: Floats, seed: int) -> Floats:
    return _mix((0.33, 0.35, 0.38), (0.37, 0.38, 0.40), noise(x * 0.5, z * 0.5, seed))


def _gingham(x: Floats, z: Floats, seed: int) -> Floats:
    turn = 0.3 + seed * 0.7
    u = x * np.cos(turn) - z * np.sin(turn)
    v = x * np.sin(turn) + z * np.cos(turn)
    bands = ((np.floor(u / 0.19) % 2) + (np.floor(v / 0.19) % 2)) / 2
    thread = 0.9 + 0.2 * noise(u * 90, v * 90, seed)
    dye = ((0.55, 0.07, 0.08), (0.06, 0.17, 0.42), (0.08, 0.30, 0.14))[seed % 3]
    return _mix((0.75, 0.73, 0.70), dye, bands) * thread[:, None]


def _carpet(x: Floats, z: Floats, seed: int) -> Floats:
    pile = noise(x * 34, z * 34, seed) * 0.6 + noise(x * 80, z * 80, seed + 1) * 0.4
    figure = 0.5 + 0.5 * np.sin(x * 5.0) * np.sin(z * 5.0 + 0.6)
    figure = np.clip((figure - 0.42) * 8, 0, 1)
    ground = _mix((0.36, 0.14, 0.11), (0.62, 0.52, 0.38), figure)
    return ground * (0.45 + 1.0 * pile)[:, None]


BACKDROPS = {
    "sweep": Backdrop(_grey, -1.5, True, 3.0),
    "white": Backdrop(_white, -1.5, True, 3.0, 1.12),
    "wood": Backdrop(_wood, -1.9, False, 7.0),
    "cloth": Backdrop(_gingham, -1.3, True, 3.0),
    "carpet": Backdrop(_carpet, -1.3, True, 3.0),
    "tartan": Backdrop(tartan, -1.3, True, 3.0),
    "floral": Backdrop(floral, -1.3, True, 3.0),
    "room": Backdrop(_wood, -0.9, False, 11.0),
}


ROOM = (
    (0.42, 0.38, 0.32),
    (0.55, 0.52, 0.46),
    (0.10, 0.16, 0.07),
    (0.20, 0.10, 0.05),
    (0.06, 0.09, 0.14),
    (0.38, 0.16, 0.09),
    (0.24, 0.27, 0.26),
)


def _room(size: tuple[int, int], seed: int) -> Floats:
    """A defocused room (h, w, 3) in linear light: soft furniture, a window, lamps."""
    rng = np.random.default_rng(seed + 77)
    width, height = 320, 240
    room = np.empty((height, width, 3), np.float32)
    room[:] = np.array([0.36, 0.33, 0.29], np.float32) * rng.uniform(0.8, 1.2)
    for _ in range(22):
        colour = np.array(ROOM[rng.integers(len(ROOM))]) * rng.uniform(0.7, 1.3)
        left, top = int(rng.integers(-30, width)), int(rng.integers(-20, height // 2))
        corner = (left + int(rng.integers(12, 90)), top + int(rng.integers(10, 90)))
        cv2.rectangle(room, (left, top), corner, colour.tolist(), -1)
    cv2.rectangle(room, (20, 6), (84, 66), (1.5, 1.55, 1.6), -1)
    room = cv2.GaussianBlur(room, (0, 0), 5)
    for _ in range(14):
        glow = rng.uniform([0.9, 0.6, 0.3], [1.6, 1.2, 0.8])
        place = (int(rng.integers(0, width)), int(rng.integers(0, height // 2)))
        radius = int(rng.integers(3, 7))
        spot = np.zeros_like(room)
        cv2.circle(spot, place, radius, glow.tolist(), -1, cv2.LINE_AA)
        room += cv2.GaussianBlur(spot, (0, 0), 1.2) * 0.35
    return np.asarray(cv2.resize(room, size, interpolation=cv2.INTER_CUBIC), np.float32)


# -- light ---------------------------------------------------------------------------------------


def _march(product: Product, origin: Floats, rays: Floats, near: Floats, far: Floats) -> Floats:
    """Distance along each ray to the product's surface; inf where it passes by."""
    reached = np.full(rays.shape[0], np.inf, np.float32)
    active = np.flatnonzero(near < far)
    distance = near[active].copy()
    start = np.broadcast_to(origin, rays.shape)
    for _ in range(110):
        if active.size == 0:
            break
        gap = product.distance(start[active] + rays[active] * distance[:, None])
        hit = gap < 6e-4
        reached[active[hit]] = distance[hit]
        distance = distance + np.maximum(gap, 3e-4) * 0.86
        keep = ~hit & (distance < far[active])
        active, distance = active[keep], distance[keep]
    return reached


def _bounds(product: Product, origin: Floats, rays: Floats) -> tuple[Floats, Floats]:
    """Where each ray enters and leaves the product's bounding sphere (near > far: never)."""
    relative = np.broadcast_to(origin - product.centre, rays.shape)
    along = (relative * rays).sum(1)
    inside = along * along - (relative * relative).sum(1) + product.radius**2
    root = np.sqrt(np.maximum(inside, 0))
    far = np.where(inside > 0, -along + root, -1)
    return np.maximum(-along - root, 1e-3).astype(np.float32), far.astype(np.float32)


def _lit(product: Product, points: Floats, normals: Floats) -> Floats:
    """Share of the key light (a large softbox) that reaches each point, 0..1."""
    light = np.ones(points.shape[0], np.float32)
    start = points + normals * 4e-3
    rays = np.broadcast_to(LIGHT, points.shape)
    near, far = _bounds(product, start, rays)
    active = np.flatnonzero(near < far)
    distance = np.maximum(near[active], 8e-3)
    for _ in range(44):
        if active.size == 0:
            break
        gap = product.distance(start[active] + rays[active] * distance[:, None])
        light[active] = np.minimum(light[active], 0.5 + 0.5 * gap / (0.11 * distance + 4e-3))
        distance = distance + np.clip(gap * 0.8, 0.012, 0.14)
        keep = (light[active] > 0) & (distance < far[active])
        active, distance = active[keep], distance[keep]
    light = np.clip(light, 0, 1)
    return np.asarray(light * light * (3 - 2 * light), np.float32)


def _open_sky(product: Product, points: Floats, normals: Floats) -> Floats:
    """Ambient occlusion from a few distances along the normal, 0..1."""
    shade = np.zeros(points.shape[0], np.float32)
    close = np.sqrt(((points - product.centre) ** 2).sum(1)) < product.radius + 0.8
    near, up = points[close], normals[close]
    total = np.zeros(near.shape[0], np.float32)
    for reach, weight in ((0.03, 0.5), (0.09, 0.4), (0.2, 0.3), (0.42, 0.22)):
        gap = product.distance(near + up * np.float32(reach))
        total += np.clip(1 - gap / reach, 0, 1) * np.float32(weight)
    shade[close] = total
    return np.asarray(1 - np.clip(shade, 0, 0.94), np.float32)


def _studio(rays: Floats, blur: float) -> Floats:
    """Light that a reflection sees: a window box, an overhead strip, a dim room (n, 3)."""
    x, y, z = rays.T
    soft = np.float32(0.04 + blur)
    base = _mix((0.16, 0.14, 0.12), (0.62, 0.64, 0.68), np.clip(y * 0.8 + 0.35, 0, 1))

    def box(u: Floats, v: Floats, half: tuple[float, float]) -> Floats:
        return np.clip((half[0] - np.abs(u)) / soft + 0.5, 0, 1) * np.clip(
            (half[1] - np.abs(v)) / soft + 0.5, 0, 1
        )

    window = box(x + 0.74, y - 0.36, (0.13, 0.30)) * (1 - 0.8 * (np.abs(y - 0.36) < 0.012))
    strip = box(x - 0.83, y - 0.25, (0.05, 0.42)) * (z > -0.6)
    glow = np.array([3.6, 3.5, 3.3], np.float32)
    return np.asarray(base + window[:, None] * glow + strip[:, None] * 0.5 * glow, np.float32)


def _shade_product(product: Product, points: Floats, rays: Floats, seed: int) -> Floats:
    """Linear colour (n, 3) of surface points seen along rays."""
    normals = product.normals(points)
    surface = product.material(points, normals, seed)
    facing = np.clip(normals @ LIGHT, 0, 1) * _lit(product, points, normals)
    sky = _open_sky(product, points, normals)
    up = normals[:, 1:2] * 0.5 + 0.5
    ambient = (SKY * up + FLOOR_BOUNCE * (1 - up)) * sky[:, None]
    colour = surface.albedo * (ambient + KEY * facing[:, None])
    mirrored = rays - 2 * (rays * normals).sum(1, keepdims=True) * normals
    grazing = np.clip(1 + (rays * normals).sum(1), 0, 1) ** 5
    fresnel = surface.gloss * (0.04 + 0.96 * grazing) * (0.3 + 0.7 * sky)
    return np.asarray(colour + fresnel[:, None] * _studio(mirrored, surface.rough), np.float32)


def _shade_backdrop(
    product: Product, backdrop: Backdrop, camera: Camera, size: tuple[int, int], seed: int
) -> Floats:
    """Linear colour (h, w, 3) of all that is behind the product, its shadow included."""
    width, height = size
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    picture = _room(size, seed)
    flat = picture.reshape(-1, 3)
    rays = camera.rays(grid_x.ravel() + 0.5, grid_y.ravel() + 0.5, size)
    depth = camera.position[1] / np.maximum(-rays[:, 1], 1e-4)
    floor = (rays[:, 1] < -1e-3) & (camera.position[2] + rays[:, 2] * depth > backdrop.end)
    seen = np.flatnonzero(floor)
    points = camera.position + rays[seen] * depth[seen, None]
    points[:, 1] = 0
    flat[seen] = _paint(backdrop, camera, points, seed) * _floor_light(product, points)
    if backdrop.sweep:
        depth = np.where(floor, depth, (backdrop.end - camera.position[2]) / rays[:, 2])
        _fill_sweep(flat, ~floor, camera.position + rays * depth[:, None], backdrop, seed)
        floor = np.ones_like(floor)
    flat *= backdrop.gain
    far = np.where(floor, np.abs(depth - np.hypot(*camera.position[1:])), 6).reshape(height, width)
    return _defocus(picture, far.astype(np.float32), backdrop.blur * height / 1000)


def _floor_light(product: Product, points: Floats) -> Floats:
    up = np.zeros_like(points)
    up[:, 1] = 1
    key = _lit(product, points, up) * LIGHT[1]
    fall = 1 / (1 + 0.035 * ((points[:, 0] + 0.5) ** 2 + (points[:, 2] - 0.4) ** 2))
    ambient = SKY * _open_sky(product, points, up)[:, None]
    return np.asarray((ambient + KEY * key[:, None]) * fall[:, None], np.float32)


def _paint(backdrop: Backdrop, camera: Camera, points: Floats, seed: int) -> Floats:
    """The floor's albedo (n, 3), averaged over about a pixel."""
    pixel = np.linalg.norm(points - camera.position, axis=1) * camera.tangent / 600
    total = np.zeros_like(points)
    for dx, dz in ((-0.25, -0.6), (0.25, -0.2), (-0.25, 0.2), (0.25, 0.6)):
        total += backdrop.albedo(points[:, 0] + dx * pixel, points[:, 2] + dz * pixel, seed)
    return total / 4


def _fill_sweep(
    flat: Floats, wall: NDArray[np.bool_], points: Floats, backdrop: Backdrop, seed: int
) -> None:
    """The sweep's vertical part: the floor's stuff carried on, a little darker with height."""
    x, y = points[wall, 0], points[wall, 1]
    upright = SKY * 0.9 + KEY * (LIGHT[1] * (1 - 0.12 * np.clip(y * 3, 0, 1))[:, None])
    fall = 1 / (1 + 0.035 * ((x + 0.5) ** 2 + (backdrop.end - 0.4) ** 2 + y * y * 0.6))
    colour = backdrop.albedo(x, backdrop.end - y, seed)
    flat[wall] = colour * (upright * fall[:, None])


def _defocus(picture: Floats, far: Floats, strength: float) -> Floats:
    """Blur that grows with the distance from the plane in focus."""
    amount = np.clip((far - 0.5) / 1.6, 0, 1)[..., None] * 3
    levels = [picture] + [cv2.GaussianBlur(picture, (0, 0), strength * f) for f in (0.4, 1, 2)]
    result = levels[0]
    for step in range(3):
        part = np.clip(amount - step, 0, 1)
        result = result * (1 - part) + levels[step + 1] * part
    return np.asarray(result, np.float32)


# -- film ----------------------------------------------------------------------------------------


def _develop(linear: Floats, exposure: float) -> Floats:
    """Linear light to display values 0..1: a soft shoulder, then the sRGB curve."""
    light = np.maximum(linear * exposure, 0)
    light = light * (1 + light / 6.25) / (1 + light * 0.62)
    light = np.clip(light, 0, 1)
    low, high = light * 12.92, 1.055 * np.power(np.maximum(light, 1e-6), 1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, low, high).astype(np.float32)


def _product_samples(
    product: Product, camera: Camera, x: Floats, y: Floats, size: tuple[int, int], seed: int
) -> tuple[NDArray[np.bool_], Floats]:
    """Whether each sample sees the product, and its linear colour there (0 elsewhere)."""
    rays = camera.rays(x, y, size)
    near, far = _bounds(product, camera.position, rays)
    reached = _march(product, camera.position, rays, near, far)
    hit = np.isfinite(reached)
    colour = np.zeros((x.size, 3), np.float32)
    points = camera.position + rays[hit] * reached[hit, None]
    if hit.any():
        colour[hit] = _shade_product(product, points.astype(np.float32), rays[hit], seed)
    return hit, colour


def _render_product(
    product: Product, camera: Camera, size: tuple[int, int], seed: int, exposure: float
) -> tuple[Floats, Floats]:
    """Display colour (h, w, 3) and exact coverage (h, w) of the product, edges supersampled."""
    width, height = size
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    hit, colour = _product_samples(
        product, camera, grid_x.ravel() + 0.5, grid_y.ravel() + 0.5, size, seed
    )
    shown = _develop(colour, exposure)
    cover = hit.astype(np.float32)
    change = cv2.morphologyEx(shown.reshape(height, width, 3), cv2.MORPH_GRADIENT, np.ones((3, 3)))
    rim = cv2.morphologyEx(cover.reshape(height, width), cv2.MORPH_GRADIENT, np.ones((3, 3)))
    edge = np.flatnonzero((change.max(2) > 0.08) | (rim > 0))
    step = (np.arange(EDGE_SAMPLES, dtype=np.float32) + 0.5) / EDGE_SAMPLES
    total, count = np.zeros((edge.size, 3), np.float32), np.zeros(edge.size, np.float32)
    for dy in step:
        for dx in step:
            x, y = grid_x.ravel()[edge] + dx, grid_y.ravel()[edge] + dy
            hit, colour = _product_samples(product, camera, x, y, size, seed)
            total += _develop(colour, exposure) * hit[:, None]
            count += hit
    shown[edge] = total / np.maximum(count, 1)[:, None]
    cover[edge] = count / EDGE_SAMPLES**2
    return shown.reshape(height, width, 3), cover.reshape(height, width)


def _fur(
    product: Product, camera: Camera, size: tuple[int, int], seed: int, shown: Floats, cover: Floats
) -> tuple[Floats, Floats]:
    """Lay strands of hair over the product: thin curves, drawn four times finer."""
    scale = 4
    height, width = cover.shape
    roots, tips, bend = product.strands(camera.position, seed)
    curve = [camera.project(p, (width * scale, height * scale)) for p in (roots, bend, tips)]
    base = camera.project(roots, (width, height)).round().astype(int)
    x, y = np.clip(base[:, 0], 0, width - 1), np.clip(base[:, 1], 0, height - 1)
    rng = np.random.default_rng(seed)
    tone = shown[y, x] * rng.uniform(0.82, 1.2, (roots.shape[0], 1))
    tone = np.where(cover[y, x, None] > 0.3, tone, np.median(shown[cover > 0.9], 0))
    hair = np.zeros((height * scale, width * scale, 4), np.uint8)
    thick = max(1, round(width * scale / 1900))
    paths = np.stack(curve, 1).round().astype(np.int32)
    colours = np.concatenate([np.clip(tone, 0, 1) * 255, np.full((len(tone), 1), 255)], 1)
    for path, colour in zip(paths, colours.tolist(), strict=True):
        cv2.polylines(hair, [path], False, colour, thick, cv2.LINE_8)
    small = cv2.resize(hair, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    over = small[..., 3] / 255
    mixed = over + (1 - over) * cover
    product_part = small[..., :3] / 255 + (1 - over)[..., None] * cover[..., None] * shown
    return product_part / np.maximum(mixed, 1e-4)[..., None], mixed


def studio_scene(
    product: str = "mug",
    backdrop: str = "sweep",
    size: tuple[int, int] = (400, 300),
    seed: int = 0,
    grain: float = 1.2,
) -> Scene:
    """Render `product` on `backdrop` at (width, height); the seed turns it and tints it."""
    thing = PRODUCTS[product](seed)
    ground = BACKDROPS[backdrop]
    camera = _camera(thing, seed)
    shown, cover = _render_product(thing, camera, size, seed, EXPOSURE)
    if thing.hair > 0:
        shown, cover = _fur(thing, camera, size, seed, shown, cover)
    behind = _develop(_shade_backdrop(thing, ground, camera, size, seed), EXPOSURE)
    return _expose(shown, cover, behind, grain, seed)


def empty_backdrop(backdrop: str, size: tuple[int, int], seed: int = 0) -> Bytes:
    """(h, w, 3) picture of a backdrop with nothing on it."""
    thing = PRODUCTS["mug"](seed)
    camera = _camera(thing, seed)
    gone = replace(thing, centre=np.array([0, 500, 0], np.float32), shape=_nowhere)
    behind = _develop(_shade_backdrop(gone, BACKDROPS[backdrop], camera, size, seed), EXPOSURE)
    nothing = np.zeros(behind.shape[:2], np.float32)
    return _expose(behind, nothing, behind, 1.2, seed).picture


def _nowhere(points: Floats) -> Floats:
    return np.full(points.shape[0], 1e3, np.float32)


def _camera(product: Product, seed: int) -> Camera:
    rng = np.random.default_rng(seed)
    lift = 0.30 + 0.22 * rng.random()
    away = product.radius / 0.345 * rng.uniform(0.92, 1.12)
    target = product.centre + np.array([rng.uniform(-0.1, 0.1), -0.02, 0], np.float32)
    offset = np.array([rng.uniform(-0.25, 0.25), lift, 1.0], np.float32)
    position = target + offset / np.linalg.norm(offset) * away
    return Camera(position.astype(np.float32), target.astype(np.float32), 0.42)


def _expose(shown: Floats, cover: Floats, behind: Floats, grain: float, seed: int) -> Scene:
    """Lens softness, composition, vignette and grain; 8 bits at the end."""
    height, width = cover.shape
    premultiplied = cv2.GaussianBlur(shown * cover[..., None], (0, 0), 0.55)
    alpha = cv2.GaussianBlur(cover, (0, 0), 0.55)
    picture = premultiplied + (1 - alpha)[..., None] * behind
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    vignette = (1 - 0.07 * (x * x + y * y))[..., None]
    rng = np.random.default_rng(seed + 5)
    speckle = cv2.GaussianBlur(rng.standard_normal((height, width, 3), np.float32), (0, 0), 0.6)
    picture = picture * vignette + speckle * np.float32(grain * 1.7 / 255)
    colour = (
        np.where(alpha[..., None] > 1e-3, premultiplied, 0) / np.maximum(alpha, 1e-3)[..., None]
    )
    return Scene(_bytes(picture), _bytes(alpha), _bytes(colour * vignette))


def _bytes(values: NDArray[Any]) -> Bytes:
    return np.asarray(np.clip(values * 255 + 0.5, 0, 255), np.uint8)


SAMPLES = {  # file name: product, backdrop, seed
    "mug": ("mug", "wood", 4),
    "bottle": ("bottle", "room", 2),
    "carton": ("carton", "cloth", 1),
    "bear": ("bear", "sweep", 4),
}


def main(folder: str, names: list[str]) -> None:
    """Write the sample photos into `folder`, all or those named."""
    for name in names or list(SAMPLES):
        product, backdrop, seed = SAMPLES[name]
        scene = studio_scene(product, backdrop, (1600, 1200), seed)
        data = cv2.imencode(".jpg", scene.picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 91])[1]
        Path(folder, f"{name}.jpg").write_bytes(data.tobytes())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
