# SPDX-License-Identifier: Apache-2.0
"""Somebody who does one random thing after the other to a picture, as a seed says.

What is done and what is shown must hold together whatever the order: undo gives back what was, the
canvas mends what changed and nothing less, a file gives back what was saved.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import get_args

import numpy as np

from prodedit.core import edits
from prodedit.core import effects as fx
from prodedit.core.adjust import values as adjust
from prodedit.core.blend import BLEND_MODES
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.selection import Box
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import Colour, GradientFill, GroupContent, Layer, PatternFill, SolidFill
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.shape import EllipseShape, LineShape, PolygonShape, RectangleShape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.render.merging import merged, with_mask_applied
from prodedit.render.rasterise import rasterised
from prodedit.render.text import measure
from tests.window import noise

Done = tuple[edits.Edit, edits.Inputs]
MOST_LAYERS = 9

_SAMPLES: dict[type, dict[str, object]] = {
    adjust.Lut: {"name": "warm", "size": 2, "cube": np.arange(24, dtype="<u2").tobytes()},
    adjust.Recolour: {"source": Colour(100, 90, 80), "target": Colour(20, 90, 200)},
    adjust.Levels: {"rgb": adjust.Band(20, 1.3, 230)},
    adjust.Curves: {"rgb": (adjust.Dot(0, 20), adjust.Dot(128, 90), adjust.Dot(255, 240))},
    adjust.Exposure: {"stops": 0.7},
    adjust.BrightnessContrast: {"brightness": 20.0, "contrast": -30.0},
    adjust.WhiteBalance: {"temperature": 30.0},
    adjust.HueSaturation: {"master": adjust.Shift(40, 10, -5)},
    adjust.ColourBalance: {"shadows": adjust.Balance(30, 0, -20)},
    adjust.Vibrance: {"vibrance": 50.0},
}


def picture(width: int = 600, height: int = 300) -> Document:
    return from_photo(Tiles.from_array(noise(width, height)), "photo")


class Person:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pixels = np.random.default_rng(seed)

    def next(self, document: Document) -> Done:
        """One edit with its inputs; it may be refused, or change nothing. Raises Problem, too."""
        acts: list[Callable[[Document], Done]] = [
            self.paint, self.paint, self.mask, self.mask, self.value, self.value, self.tree,
            self.tree, self.background, self.look, self.look, self.effects, self.place, self.place,
            self.draw, self.draw, self.select, self.selected, self.frame, self.merge, self.mark,
        ]  # fmt: skip
        return self.chance.choice(acts)(document)

    def _layer(self, document: Document) -> Layer:
        return self.chance.choice(list(document.walk()))

    def _point(self, document: Document) -> Point:
        width, height = document.size
        return Point(self.chance.uniform(-20, width + 20), self.chance.uniform(-20, height + 20))

    def _near(self, x: float, y: float) -> Point:
        return Point(x + self.chance.uniform(-12, 12), y + self.chance.uniform(-12, 12))

    def _colour(self, alpha: int = 255) -> Colour:
        return Colour(*(self.chance.randrange(256) for _ in range(3)), alpha)

    def _group_or_top(self, document: Document) -> str | None:
        groups = [one.id for one in document.walk() if isinstance(one.content, GroupContent)]
        return self.chance.choice([None, None, *groups])

    def paint(self, document: Document) -> Done:
        layers = [layer for layer in document.walk() if layer.tiles is not None]
        if not layers:
            return self.draw(document)
        layer = self.chance.choice(layers)
        assert layer.tiles is not None
        patch = self.pixels.integers(0, 256, (40, 40, 4), np.uint8)
        patch[..., 3] = 255
        size = layer.tiles.size
        x, y = self.chance.randrange(size.width), self.chance.randrange(size.height)
        return edits.SetPixels(layer.id), {"pixels": layer.tiles.paste(patch, x, y)}

    def mask(self, document: Document) -> Done:
        layer = self._layer(document)
        if layer.mask is None:
            if layer.tiles is not None and self.chance.random() < 0.7:
                size = layer.tiles.size
                alpha = self.pixels.integers(0, 256, (size.height, size.width), np.uint8)
                return edits.SetMask(layer.id), {"alpha": Tiles.from_array(alpha)}
            return edits.AddMask(layer.id, self.chance.random() < 0.6), {}
        some: list[edits.Edit] = [
            edits.InvertMask(layer.id),
            edits.GrowMask(layer.id, self.chance.choice((-3, 2))),
            edits.FeatherMask(layer.id, 4.0),
            edits.RemoveMask(layer.id),
            edits.EnableMask(layer.id, self.chance.random() < 0.7),
            edits.LinkMask(layer.id, self.chance.random() < 0.5),
            edits.Defringe(layer.id, 2),
        ]
        if self.chance.random() < 0.4:
            patch = self.pixels.integers(0, 256, (30, 30), np.uint8)
            alpha_size = layer.mask.alpha.size
            x = self.chance.randrange(alpha_size.width)
            y = self.chance.randrange(alpha_size.height)
            return edits.PaintMask(layer.id), {"alpha": layer.mask.alpha.paste(patch, x, y)}
        return self.chance.choice(some), {}

    def value(self, document: Document) -> Done:
        layer = self._layer(document)
        some: list[edits.Edit] = [
            edits.SetOpacity(layer.id, self.chance.choice((0.3, 0.6, 1.0))),
            edits.SetVisible(layer.id, self.chance.random() < 0.75),
            edits.SetBlendMode(layer.id, self.chance.choice([*BLEND_MODES, *["normal"] * 20])),
            edits.SetLock(layer.id, "pixels", self.chance.random() < 0.2),
            edits.RenameLayer(layer.id, f"图层 {self.chance.randrange(99)}"),
        ]
        return self.chance.choice(some), {}

    def tree(self, document: Document) -> Done:
        layer, new_id = self._layer(document), document.new_id()
        if sum(1 for _ in document.walk()) > MOST_LAYERS and all(
            one.id != PHOTO for one in layer.walk()
        ):
            return edits.RemoveLayer(layer.id), {}
        index = self.chance.randrange(3)
        some: list[edits.Edit] = [
            edits.DuplicateLayer(layer.id, new_id, "copy"),
            edits.AddGroup(new_id, "group", (layer.id,)),
            edits.Ungroup(layer.id),
            edits.MoveLayer(layer.id, self._group_or_top(document), index),
            edits.SetClip(layer.id, self.chance.random() < 0.6),
            edits.SetIsolated(layer.id, self.chance.random() < 0.5),
        ]
        return self.chance.choice(some), {}

    def background(self, document: Document) -> Done:
        return edits.SetBackground(SolidFill(self._colour()), "Background"), {}

    def look(self, document: Document) -> Done:
        kind = self.chance.choice(get_args(adjust.Adjustment))
        adjustment: adjust.Adjustment = kind(**_SAMPLES.get(kind, {}))
        layer = self._layer(document)
        roll = self.chance.random()
        if roll < 0.5:
            add = edits.AddAdjustmentLayer(
                document.new_id(), kind.__name__, adjustment, self._group_or_top(document),
                self.chance.randrange(1, 4), self.chance.random() < 0.3,
            )  # fmt: skip
            return add, {}
        if roll < 0.8:
            return edits.SetAdjustment(layer.id, adjustment), {}
        return edits.AdjustPixels(layer.id, adjustment), {}

    def effects(self, document: Document) -> Done:
        kinds = self.chance.sample(get_args(fx.Effect), self.chance.randrange(3))
        effects = tuple(kind(enabled=self.chance.random() < 0.9) for kind in kinds)
        return edits.SetEffects(self._layer(document).id, effects), {}

    def place(self, document: Document) -> Done:
        layer, (dx, dy) = self._layer(document), self._point(document)
        turn = Transform(0.9, 0.2, -0.2, 0.9, 20, -10)
        roll = self.chance.random()
        if roll < 0.35:
            return edits.ShiftLayer(layer.id, int(dx) - 200, int(dy) - 100), {}
        if roll < 0.7:
            onto = self.chance.choice([turn, turn.inverse(), Transform(-1, 0, 0, 1, 600, 0)])
            return edits.TransformLayers((layer.id,), onto), {}
        own = layer.straight_bounds
        if own is None or self.chance.random() < 0.4:
            return edits.SetWarp(layer.id, None), {}
        corners = [(own.x, own.y), (own.right, own.y), (own.right, own.bottom), (own.x, own.bottom)]
        shaken = [self._near(x, y) for x, y in corners]
        if self.chance.random() < 0.5:
            return edits.SetWarp(layer.id, Perspective(tuple(shaken))), {}  # type: ignore[arg-type]
        rest = MeshWarp.resting(own.size, 2, 2)
        points = tuple(self._near(p.x + own.x, p.y + own.y) for p in rest.points)
        return edits.SetWarp(layer.id, MeshWarp(2, 2, points)), {}

    def draw(self, document: Document) -> Done:
        new_id, (x, y) = document.new_id(), self._point(document)
        parent, index = self._group_or_top(document), self.chance.randrange(4)
        roll = self.chance.random()
        if roll < 0.3:
            words, size = "杯子 Mug\n" * self.chance.randrange(1, 3), self.chance.uniform(9, 60)
            text = Text(words, size=size, colour=self._colour())
            return edits.AddTextLayer(new_id, "text", text, measure(text), x, y, parent, index), {}
        if roll < 0.6:
            shape = self.chance.choice((
                RectangleShape(90, 60, 12), EllipseShape(80, 50), PolygonShape(70, 70, 5, 0.5),
                LineShape(Point(0, 0), Point(90, 40)),
            ))  # fmt: skip
            stroke = Stroke(self._colour(), 5.0) if self.chance.random() < 0.6 else None
            fill = SolidFill(self._colour(200))
            add = edits.AddShapeLayer(new_id, "shape", shape, fill, stroke, x, y, parent, index)
            return add, {}
        if roll < 0.8:
            gradient = GradientFill(self._colour(), self._colour(0), self.chance.uniform(0, 360))
            return edits.AddFillLayer(new_id, "fill", gradient, parent, index), {}
        if roll < 0.9:
            pattern = {"pattern": Tiles.from_array(noise(37, 23, self.chance.randrange(99)))}
            fills = edits.AddFillLayer(new_id, "pattern", PatternFill(1.5, 3, 4), parent, index)
            return fills, pattern
        pixels = {"pixels": Tiles.from_array(noise(120, 90, self.chance.randrange(99)))}
        return edits.AddPixelLayer(new_id, "pixels", parent, index, int(x), int(y)), pixels

    def select(self, document: Document) -> Done:
        mode = self.chance.choice(("replace", "add", "subtract", "intersect"))
        (x, y), (u, v) = self._point(document), self._point(document)
        box = Box(min(x, u), min(y, v), max(x, u), max(y, v))
        corners = tuple(self._point(document) for _ in range(4))
        some: list[edits.Edit] = [
            edits.SelectRectangle(box, mode),
            edits.SelectEllipse(box, mode),
            edits.SelectPolygon(corners, mode),
            edits.SelectAll(),
            edits.Deselect(),
            edits.InvertSelection(),
            edits.GrowSelection(5),
            edits.FeatherSelection(6.0),
            edits.BorderSelection(4),
            edits.SmoothSelection(5.0),
            edits.MoveSelection(12, -7),
            edits.SelectionFromMask(self._layer(document).id, mode),
        ]
        return self.chance.choice(some), {}

    def selected(self, document: Document) -> Done:
        layer, new_id = self._layer(document), document.new_id()
        some: list[edits.Edit] = [
            edits.MaskFromSelection(layer.id),
            edits.ClearSelected(layer.id),
            edits.FillSelected(layer.id, self._colour()),
            edits.CopySelected(layer.id, new_id, "copy"),
            edits.CutSelected(layer.id, new_id, "cut"),
            edits.TransformSelected(layer.id, Transform(dx=self.chance.randrange(-90, 90), dy=9)),
            edits.TransformSelected(layer.id, Transform(0.9, 0.2, -0.2, 0.9, 20, -10)),
        ]
        return self.chance.choice(some), {}

    def frame(self, document: Document) -> Done:
        width, height = document.size
        if width * height > 400_000 or min(width, height) < 150:
            return edits.ResizeImage(Size(500, 320)), {}
        corners = (Point(5, 8), Point(width - 9, 3), Point(width - 4, height - 7), Point(9, height))
        some: list[edits.Edit] = [
            edits.CropCanvas(Rect(-10, 12, width - 30, height - 20)),
            edits.CropCanvas(Rect(10, -12, width, height), self.chance.choice((0.0, 7.5))),
            edits.ResizeImage(Size(width - 40, height + 25)),
            edits.TurnCanvas(self.chance.randrange(4), self.chance.random() < 0.5),
            edits.CropPerspective(corners, Size(width, height)),
        ]
        return self.chance.choice(some), {}

    def merge(self, document: Document) -> Done:
        layer = self._layer(document)
        roll = self.chance.random()
        if roll < 0.3:
            return rasterised(document, layer.id)
        if roll < 0.5 and layer.mask is not None and layer.tiles is not None:
            return with_mask_applied(document, layer.id)
        parent, index = document.place(layer.id)
        both = [one.id for one in document.siblings(parent)[max(0, index - 1) : index + 1]]
        if PHOTO in both:
            raise Problem("the photo stays", code="kept")
        return merged(document, both, document.new_id(), "merged")

    def mark(self, document: Document) -> Done:
        (x, y), (u, v) = self._point(document), self._point(document)
        path = Path((Subpath((Knot.corner(x, y), Knot.corner(u, v), Knot.corner(x, v)), True),))
        some: list[edits.Edit] = [
            edits.SetGuides((*document.guides[-3:], Guide("upright", x))),
            edits.SetPath(NamedPath("path", "Pfad", path, self.chance.random() < 0.5)),
            edits.RemovePath("path"),
            edits.SelectPath("path"),
            edits.PathFromSelection("path", "Pfad", 2.0),
            edits.MaskFromPath(self._layer(document).id, "path"),
            edits.PathFromMask(self._layer(document).id, "path", "Pfad", 2.0),
        ]
        return self.chance.choice(some), {}


def history(seed: int, count: int, document: Document | None = None) -> list[tuple[Document, Done]]:
    """`count` documents, each with the edit that made it; refused ones left out."""
    person, found = Person(seed), []
    document = document or picture()
    while len(found) < count:
        try:
            done = person.next(document)
            after = edits.apply(document, *done)
        except Problem:
            continue
        found.append((after, done))
        document = after
    return found
