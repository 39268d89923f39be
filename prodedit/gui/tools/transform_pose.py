# SPDX-License-Identifier: Apache-2.0
"""Where layers lie while they are transformed: a box with handles, as a value without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import atan, atan2, cos, degrees, hypot, radians, sin, tan
from typing import NamedTuple

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits.bending import Corners, perspective
from prodedit.core.edits.layers import existing, unlocked
from prodedit.core.geometry import IDENTITY, Point, Rect, Transform, bounding
from prodedit.core.layer import AdjustmentContent, FillContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.warp import MeshWarp, Perspective

Handle = tuple[float, float]
"""Where on the box, 0..1 each way: corners have no 0.5, edges one, the middle two."""

CORNERS: tuple[Handle, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
EDGES: tuple[Handle, ...] = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
MIDDLE: Handle = (0.5, 0.5)
_LITTLE = 1e-9


class Numbers(NamedTuple):
    """x, y: the left and upper end of all of it on the canvas; width, height: pixels along its own
    sides, negative where it is mirrored; angle, skew: degrees, clockwise."""

    x: float
    y: float
    width: float
    height: float
    angle: float
    skew: float


@dataclass(frozen=True)
class Pose:
    """box: what is transformed, in its own plane: a single layer's own pixels, else the canvas.
    start, placed: from there to the canvas, before and now. bent: where the box's corners are in
    its own plane; mesh: its bent grid, instead of corners."""

    box: Rect
    start: Transform = IDENTITY
    placed: Transform = IDENTITY
    bent: Corners | None = None
    mesh: MeshWarp | None = None

    @property
    def corners(self) -> Corners:
        """In its own plane, clockwise from the upper left."""
        if self.mesh is not None:
            points, across = self.mesh.points, self.mesh.columns
            return points[0], points[across], points[-1], points[-1 - across]
        return self.bent or upright(self.box)

    def local(self, handle: Handle) -> Point:
        one, two, three, four = self.corners
        u, v = handle
        weights = ((1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v)
        pairs = list(zip(weights, (one, two, three, four), strict=True))
        return Point(sum(w * p.x for w, p in pairs), sum(w * p.y for w, p in pairs))

    def at(self, handle: Handle) -> Point:
        """On the canvas."""
        return self.placed.map(self.local(handle))

    @property
    def outline(self) -> Corners:
        one, two, three, four = (self.placed.map(corner) for corner in self.corners)
        return one, two, three, four

    @property
    def grid(self) -> tuple[Point, ...]:
        """The mesh's points on the canvas."""
        return () if self.mesh is None else tuple(map(self.placed.map, self.mesh.points))

    @property
    def numbers(self) -> Numbers:
        a, b, c, d, _, _ = self.placed
        across = hypot(a, b)
        down = (a * d - b * c) / across
        left, top = _corner(self)
        return Numbers(
            left,
            top,
            across * self.box.width,
            down * self.box.height,
            degrees(atan2(b, a)),
            degrees(atan((a * c + b * d) / across / down)),
        )

    def moved(self, dx: float, dy: float) -> Pose:
        return replace(self, placed=self.placed.shifted(dx, dy))

    def turned(self, angle: float, about: Point) -> Pose:
        """Clockwise by degrees about a point of the canvas."""
        return replace(self, placed=_about(about, _rotation(angle)).after(self.placed))

    def flipped(self, across: bool) -> Pose:
        """Mirrored left to right, or upside down, where it lies."""
        mirror = Transform(a=-1.0) if across else Transform(d=-1.0)
        return replace(self, placed=_about(self.at(MIDDLE), mirror).after(self.placed))

    def scaled(self, handle: Handle, to: Point, *, keep: bool, centred: bool) -> Pose:
        """The handle dragged to a place of the canvas; keep: width and height stay in proportion;
        centred: the middle stays, otherwise the opposite handle."""
        fixed = self.local(MIDDLE if centred else opposite(handle))
        held, wanted = self.local(handle), self.placed.inverse().map(to)
        across = _ratio(wanted.x - fixed.x, held.x - fixed.x) if handle[0] != 0.5 else 1.0
        down = _ratio(wanted.y - fixed.y, held.y - fixed.y) if handle[1] != 0.5 else 1.0
        if keep:
            across = down = self._along(held, fixed, to)
        stretch = _about(fixed, Transform(a=across, d=down))
        return replace(self, placed=self.placed.after(stretch))

    def skewed(self, handle: Handle, by: Point, *, centred: bool) -> Pose:
        """An edge pushed along itself by a way on the canvas; the opposite edge stays."""
        fixed = self.local(MIDDLE if centred else opposite(handle))
        held, back = self.local(handle), self.placed.inverse()._replace(dx=0.0, dy=0.0)
        way = back.map(by)
        if handle[0] == 0.5:
            shear = Transform(c=_ratio(way.x, held.y - fixed.y, 0.0))
        else:
            shear = Transform(b=_ratio(way.y, held.x - fixed.x, 0.0))
        return replace(self, placed=self.placed.after(_about(fixed, shear)))

    def bent_to(self, handle: Handle, to: Point, *, mirrored: bool = False) -> Pose:
        """One corner dragged to a place of the canvas; mirrored: the neighbour along the longer
        way goes the other way."""
        number, wanted = CORNERS.index(handle), self.placed.inverse().map(to)
        if self.mesh is not None:
            across = self.mesh.columns
            ends = (0, across, len(self.mesh.points) - 1, len(self.mesh.points) - 1 - across)
            return self.mesh_to(ends[number], to)
        corners = list(self.corners)
        old, corners[number] = corners[number], wanted
        if mirrored:
            dx, dy = wanted.x - old.x, wanted.y - old.y
            level = abs(dx) >= abs(dy)
            other = CORNERS.index((1 - handle[0], handle[1]) if level else _below(handle))
            x, y = corners[other]
            corners[other] = Point(x - dx, y) if level else Point(x, y - dy)
            corners[number] = Point(wanted.x, old.y) if level else Point(old.x, wanted.y)
        one, two, three, four = corners
        return replace(self, bent=(one, two, three, four))

    def mesh_to(self, index: int, to: Point) -> Pose:
        """One point of the grid dragged to a place of the canvas."""
        assert self.mesh is not None
        points = list(self.mesh.points)
        points[index] = self.placed.inverse().map(to)
        return replace(self, mesh=MeshWarp(self.mesh.columns, self.mesh.rows, tuple(points)))

    def meshed(self, columns: int = 3, rows: int = 3) -> Pose:
        """With a grid that looks as what there is."""
        if self.mesh is not None:
            return self
        steps = [(i / columns, j / rows) for j in range(rows + 1) for i in range(columns + 1)]
        points = tuple(_seen_at(self.corners, step) for step in steps)
        return replace(self, mesh=MeshWarp(columns, rows, points), bent=None)

    def straight(self) -> Pose:
        """Neither in perspective nor warped."""
        return replace(self, bent=None, mesh=None)

    def with_numbers(self, numbers: Numbers) -> Pose:
        """As typed. What is not a size (0) stays as it was; the middle stays where it is."""
        now = self.numbers
        across = (numbers.width or now.width) / max(1, self.box.width)
        down = (numbers.height or now.height) / max(1, self.box.height)
        lean = Transform(a=across, c=down * tan(radians(numbers.skew)), d=down)
        placed = _rotation(numbers.angle).after(lean)
        middle, wanted = placed.map(self.local(MIDDLE)), self.at(MIDDLE)
        pose = replace(self, placed=placed.shifted(wanted.x - middle.x, wanted.y - middle.y))
        if (numbers.x, numbers.y) == (now.x, now.y):
            return pose
        left, top = _corner(pose)
        return pose.moved(numbers.x - left, numbers.y - top)

    def into(self, canvas: Transform, own: Transform, box: Rect, start: Transform) -> Pose:
        """The same in another size of the picture: `canvas` maps the picture, `own` the plane of
        what is transformed, which has `box` and `start` there."""
        placed = canvas.after(self.placed).after(own.inverse())
        bent = None if self.bent is None else tuple(map(own.map, self.bent))
        mesh = self.mesh
        if mesh is not None:
            mesh = MeshWarp(mesh.columns, mesh.rows, tuple(map(own.map, mesh.points)))
        return Pose(box, start, placed, bent, mesh)  # type: ignore[arg-type]

    def _along(self, held: Point, fixed: Point, to: Point) -> float:
        """By how much the way from `fixed` to `held` was lengthened, on the canvas."""
        (ax, ay), (fx, fy) = self.placed.map(held), self.placed.map(fixed)
        length = (ax - fx) ** 2 + (ay - fy) ** 2
        return _ratio((to.x - fx) * (ax - fx) + (to.y - fy) * (ay - fy), length)


class Subject(NamedTuple):
    """What is transformed. single: the one layer that has a plane of its own, else None."""

    layers: tuple[str, ...]
    single: str | None

    @property
    def has_plane(self) -> bool:
        """Whether it can be bent in a plane of its own."""
        return self.single is not None

    def pose(self, document: Document) -> Pose:
        """As it lies in `document`."""
        if self.single is None:
            inner = (one for i in self.layers for one in existing(document, i).walk())
            rects = (one.content_bounds(document.size) for one in inner if _has_place(one))
            return Pose(bounding(rects))
        layer = existing(document, self.single)
        box, warp = layer.straight_bounds, layer.warp
        assert box is not None
        bent = warp.corners if isinstance(warp, Perspective) else None
        mesh = warp if isinstance(warp, MeshWarp) else None
        return Pose(box, layer.transform, layer.transform, bent, mesh)

    def edit(self, document: Document, pose: Pose) -> edits.Edit | None:
        """What makes `document` look so; None: it does. Raises Problem where corners cross."""
        onto = pose.placed.after(pose.start.inverse())
        place: list[edits.Edit] = []
        if self.single is None:
            if pose.bent is not None:
                target = pose.outline
                return edits.DistortLayers(self.layers, upright(pose.box), target)
        else:
            warp: Perspective | MeshWarp | None = pose.mesh
            if pose.bent is not None:
                perspective(upright(pose.box), pose.bent)
                warp = Perspective(pose.bent)
            if warp != existing(document, self.single).warp:
                place.append(edits.SetWarp(self.single, warp))
        if tidy(onto) != IDENTITY:
            place.append(edits.TransformLayers(self.layers, onto))
        if len(place) > 1:
            return edits.Together(tuple(place))
        return place[0] if place else None


def subject(document: Document, chosen: Iterable[str]) -> Subject:
    """Raises Problem where one of them is locked, or none has a place."""
    layers = [existing(document, i) for i in document.outermost(chosen)]
    placed = [layer for layer in layers if any(map(_has_place, layer.walk()))]
    if not placed:
        text = QT_TRANSLATE_NOOP(
            "Problem", "This layer covers the whole picture. Choose one that has a place in it."
        )
        raise Problem(text, code="no-place")
    ids = tuple(unlocked(document, layer.id, "position").id for layer in placed)
    alone = placed[0].id if len(placed) == 1 and placed[0].own_bounds is not None else None
    found = Subject(ids, alone)
    if found.pose(document).box.is_empty:
        text = QT_TRANSLATE_NOOP("Problem", "There is nothing in this layer to transform.")
        raise Problem(text, code="nothing-shown")
    return found


def opposite(handle: Handle) -> Handle:
    return 1 - handle[0], 1 - handle[1]


def upright(box: Rect) -> Corners:
    return (
        Point(box.x, box.y),
        Point(box.right, box.y),
        Point(box.right, box.bottom),
        Point(box.x, box.bottom),
    )


def _below(handle: Handle) -> Handle:
    return handle[0], 1 - handle[1]


def _has_place(layer: Layer) -> bool:
    covers = isinstance(layer.content, FillContent | AdjustmentContent)
    return layer.own_bounds is not None and not covers


def _corner(pose: Pose) -> tuple[float, float]:
    points = pose.grid or pose.outline
    return min(p.x for p in points), min(p.y for p in points)


def _rotation(angle: float) -> Transform:
    if angle % 90 == 0:  # to the pixel
        a, b = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(angle // 90) % 4]
    else:
        a, b = cos(radians(angle)), sin(radians(angle))
    return Transform(a, b, -b, a)


def _about(point: Point, linear: Transform) -> Transform:
    """`linear`, with `point` staying where it is."""
    x, y = linear.map(point)
    return linear.shifted(point.x - x, point.y - y)


def _ratio(part: float, whole: float, otherwise: float = 1.0) -> float:
    return part / whole if abs(whole) > _LITTLE else otherwise


def tidy(transform: Transform) -> Transform:
    """Without the noise of floats, which would make a whole shift a resampling."""
    return Transform(*(round(number, 9) + 0.0 for number in transform))


def _seen_at(corners: Corners, step: tuple[float, float]) -> Point:
    """A place of a square seen in perspective (P. Heckbert, "Fundamentals of Texture Mapping and
    Image Warping", 1989, 2.2.3)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    det = dx1 * dy2 - dx2 * dy1
    g = _ratio(sx * dy2 - dx2 * sy, det, 0.0)
    h = _ratio(dx1 * sy - sx * dy1, det, 0.0)
    u, v = step
    w = g * u + h * v + 1
    x = (x1 - x0 + g * x1) * u + (x3 - x0 + h * x3) * v + x0
    y = (y1 - y0 + g * y1) * u + (y3 - y0 + h * y3) * v + y0
    return Point(x / w, y / w)
