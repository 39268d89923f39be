# SPDX-License-Identifier: Apache-2.0
"""Selected pixels lifted off a layer and put down elsewhere: in their place, and nothing else."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from prodedit.core import edits, selection
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.lifting import lifted_box
from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.layer import Layer, Locks
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels, Tiles
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.render.compositor import Compositor

BOX = Rect(60, 40, 90, 70)
TURN = Transform(0.8, 0.6, -0.6, 0.8, 60, -20)


def smooth(width: int, height: int, seed: int = 1) -> Tiles:
    rough = np.random.default_rng(seed).integers(0, 256, (height // 12, width // 12, 4), np.uint8)
    pixels = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    pixels[..., 3] = 255
    return Tiles.from_array(np.asarray(pixels, np.uint8))


def select(document: Document, rect: Rect = BOX) -> Document:
    box = edits.Box(rect.x, rect.y, rect.right, rect.bottom)
    return edits.apply(document, edits.SelectRectangle(box))


@pytest.fixture
def photo() -> Document:
    return select(from_photo(smooth(320, 240), "mug"))


@pytest.fixture
def layered(photo: Document) -> Document:
    """A layer of 200 x 160 at (40, 20) above the photo."""
    add = edits.AddPixelLayer("up", "Up", None, 1, 40, 20)
    return edits.apply(photo, add, {"pixels": smooth(200, 160, 2)})


def layer_of(document: Document, layer_id: str) -> Layer:
    layer = document.find(layer_id)
    assert layer is not None
    return layer


def shown(document: Document) -> Pixels:
    return Compositor().merged(document)


def chosen(document: Document) -> Rect:
    assert document.selection is not None
    return selection.bounds(document.selection)


def test_it_survives_json() -> None:
    warp = Perspective((Point(0, 0), Point(9, 1), Point(8, 9), Point(1, 8)))
    for edit in (edits.TransformSelected("a"), edits.TransformSelected("a", TURN, warp, True)):
        assert edits.from_json(json.loads(json.dumps(edits.to_json(edit)))) == edit


def test_moved_by_whole_pixels_it_is_the_same_to_the_bit(layered: Document) -> None:
    before = shown(replace(layered, layers=layered.layers[1:]))
    after = edits.apply(layered, edits.TransformSelected("up", Transform(dx=60, dy=50)))
    pixels = shown(replace(after, layers=after.layers[1:]))
    assert np.array_equal(pixels[90:160, 120:210], before[40:110, 60:150])
    assert not pixels[40:90, 60:120].any()  # what it left
    assert chosen(after) == BOX.translate(60, 50)
    untouched = before.copy()
    untouched[40:110, 60:150] = untouched[90:160, 120:210] = 0
    pixels[40:110, 60:150] = pixels[90:160, 120:210] = 0
    assert np.array_equal(pixels, untouched)


def test_a_photo_keeps_what_is_hidden_and_stays_opaque(photo: Document) -> None:
    before = layer_of(photo, PHOTO).tiles
    after = edits.apply(photo, edits.TransformSelected(PHOTO, Transform(dx=100)))
    layer = layer_of(after, PHOTO)
    assert before is not None
    assert layer.tiles is not None
    assert layer.mask is not None
    alpha = layer.mask.alpha.to_array()
    assert (alpha[40:110, 60:150] == 0).all()
    assert (alpha[40:110, 160:250] == 255).all()
    kept = layer.tiles.to_array()
    assert (kept[..., 3] == 255).all()
    assert np.array_equal(kept[:, :150], before.to_array()[:, :150])
    assert np.array_equal(kept[40:110, 160:250], before.to_array()[40:110, 60:150])


def test_copies_leave_what_was(photo: Document) -> None:
    before = shown(photo)
    after = edits.apply(photo, edits.TransformSelected(PHOTO, Transform(dx=100), copies=True))
    assert np.array_equal(shown(after)[:, :160], before[:, :160])
    assert np.array_equal(shown(after)[40:110, 160:250], before[40:110, 60:150])


MESH = MeshWarp.resting(BOX.size, 2, 2)
MESH = MeshWarp(2, 2, tuple(Point(p.x + BOX.x, p.y + BOX.y) for p in MESH.points))
BENT = MeshWarp(2, 2, (*MESH.points[:4], Point(115, 90), *MESH.points[5:]))
CORNERS = Perspective((Point(70, 50), Point(160, 30), Point(140, 120), Point(50, 100)))
WAYS = [
    edits.TransformSelected("up", TURN),
    edits.TransformSelected("up", Transform(a=1.6, d=1.4, dx=-30, dy=-20)),
    edits.TransformSelected("up", Transform(a=0.4, d=0.45, dx=30.5, dy=20.25)),
    edits.TransformSelected("up", Transform(dx=0.5, dy=20.25), CORNERS),
    edits.TransformSelected("up", Transform(dx=7, dy=9), BENT),
]


@pytest.mark.parametrize(
    "place", [Transform(dx=40, dy=20), Transform(1.2, 0.4, -0.4, 1.2, 60, -10)], ids=str
)
@pytest.mark.parametrize("edit", WAYS, ids=["turned", "larger", "smaller", "corners", "mesh"])
def test_it_looks_as_a_layer_of_its_own_would(
    layered: Document, place: Transform, edit: edits.TransformSelected
) -> None:
    """Cut out, bent and placed, which another part of the program does."""
    layered = layered.replace_layer("up", lambda old: replace(old, transform=place))
    plain = edits.apply(layered, edits.CutSelected("up", "cut", "cut"))
    whole = plain.replace_layer("up", lambda old: replace(old, visible=False))
    merged = edits.AddPixelLayer("flat", "flat", None, 9, BOX.x, BOX.y)
    flat = Tiles.from_array(shown(replace(whole, layers=whole.layers[1:]))[40:110, 60:150])
    plain = edits.apply(plain, edits.RemoveLayer("cut"))
    plain = edits.apply(plain, merged, {"pixels": flat})
    if edit.warp is not None:
        plain = edits.apply(plain, edits.SetWarp("flat", _own(edit.warp)))
    onto = edit.onto.after(Transform(dx=BOX.x, dy=BOX.y))
    plain = plain.replace_layer("flat", lambda old: replace(old, transform=onto))
    expected = shown(plain).astype(int)
    found = shown(edits.apply(layered, edit)).astype(int)
    assert np.abs(found - expected).mean() < 0.8
    assert (np.abs(found - expected).max(axis=2) > 40).mean() < 0.004  # at its rim only


def _own(warp: Perspective | MeshWarp) -> Perspective | MeshWarp:
    if isinstance(warp, Perspective):
        return Perspective(tuple(Point(x - BOX.x, y - BOX.y) for x, y in warp.corners))  # type: ignore[arg-type]
    return MeshWarp(
        warp.columns, warp.rows, tuple(Point(x - BOX.x, y - BOX.y) for x, y in warp.points)
    )


def test_a_quarter_turn_is_exact(layered: Document) -> None:
    before = shown(replace(layered, layers=layered.layers[1:]))[40:110, 60:150]
    turn = Transform(0, 1, -1, 0, 200, 0)
    after = edits.apply(layered, edits.TransformSelected("up", turn, copies=True))
    found = shown(replace(after, layers=after.layers[1:]))[60:150, 90:160]
    assert np.array_equal(found, np.rot90(before, -1))
    assert chosen(after) == Rect(90, 60, 70, 90)


def test_a_layer_that_is_too_small_for_it_grows(layered: Document) -> None:
    after = edits.apply(layered, edits.TransformSelected("up", Transform(dx=150, dy=120)))
    layer = layer_of(after, "up")
    assert layer.tiles is not None
    assert layer.transform.map_rect(layer.tiles.bounds) == Rect(40, 20, 260, 210)
    up = edits.apply(layered, edits.TransformSelected("up", Transform(dx=-45, dy=-35)))
    grown = layer_of(up, "up")
    assert grown.tiles is not None
    assert grown.transform.map_rect(grown.tiles.bounds) == Rect(15, 5, 225, 175)
    assert np.array_equal(shown(up)[5:75, 15:105], shown(layered)[40:110, 60:150])


def test_beyond_layer_and_canvas_it_is_cut(photo: Document) -> None:
    after = edits.apply(photo, edits.TransformSelected(PHOTO, Transform(dx=200)))
    layer = layer_of(after, PHOTO)
    assert layer.tiles is not None
    assert layer.tiles.size == (320, 240)
    assert chosen(after) == Rect(260, 40, 60, 70)
    gone = edits.apply(photo, edits.TransformSelected(PHOTO, Transform(dx=900)))
    assert gone.selection is None


def test_a_soft_edge_keeps_its_colour() -> None:
    """No dark rim where a feathered piece lies on its own colour."""
    flat = np.full((240, 320, 4), (90, 160, 220, 255), np.uint8)
    document = select(from_photo(Tiles.from_array(flat), "flat"))
    document = edits.apply(document, edits.FeatherSelection(8))
    for copies in (True, False):
        edit = edits.TransformSelected(PHOTO, TURN, copies=copies)
        found = shown(edits.apply(document, edit)).astype(int)
        expected = flat * (found[..., 3:] / 255)
        assert np.abs(found - expected).max() <= 3


def test_the_colours_of_a_cut_outs_edge_go_along(photo: Document) -> None:
    alpha = np.zeros((240, 320), np.uint8)
    alpha[50:100, 70:140] = 128
    edge = np.zeros((240, 320, 4), np.uint8)
    edge[50:100, 70:140] = (10, 20, 250, 255)
    inputs = {"alpha": Tiles.from_array(alpha), "foreground": Tiles.from_array(edge)}
    cut = edits.apply(photo, edits.SetMask(PHOTO), inputs)
    before = shown(cut)[40:110, 60:150]
    after = edits.apply(cut, edits.TransformSelected(PHOTO, Transform(dx=100)))
    assert np.abs(shown(after)[40:110, 160:250].astype(int) - before).max() <= 1
    assert not shown(after)[40:110, 60:150].any()


def _locked(locks: Locks) -> object:
    return lambda document: document.replace_layer("up", lambda old: replace(old, locks=locks))


def _with_mask_off(document: Document) -> Document:
    document = edits.apply(document, edits.AddMask("up"))
    return edits.apply(document, edits.EnableMask("up", False))


REFUSED = {
    "nothing selected": (lambda d: edits.apply(d, edits.Deselect()), "nothing-selected"),
    "beside it": (lambda d: select(d, Rect(260, 200, 20, 20)), "nothing-selected"),
    "locked": (_locked(Locks(pixels=True)), "layer-locked"),
    "in its place": (_locked(Locks(position=True)), "layer-locked"),
    "alpha": (_locked(Locks(alpha=True)), "alpha-locked"),
    "mask off": (_with_mask_off, "mask-off"),
    "bent": (lambda d: edits.apply(d, edits.SetWarp("up", MESH)), "no-pixels"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_lifted_is_told(layered: Document, change: object, code: str) -> None:
    document = change(layered)  # type: ignore[operator]
    with pytest.raises(Problem) as problem:
        edits.apply(document, edits.TransformSelected("up", Transform(dx=9)))
    assert problem.value.code == code


CROSSED = Perspective((Point(60, 40), Point(150, 110), Point(150, 40), Point(60, 110)))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (edits.TransformSelected("up", Transform(a=0, d=0)), "no-size"),
        (edits.TransformSelected("up", Transform(dx=float("nan"))), "no-size"),
        (edits.TransformSelected("up", Transform(a=1e5)), "no-size"),
        (edits.TransformSelected("up", warp=CROSSED), "crossed-corners"),
        (edits.SetWarp("up", CROSSED), "crossed-corners"),
        (edits.SetWarp("up", MeshWarp(1, 1, (Point(float("nan"), 0),) * 4)), "no-size"),
    ],
)
def test_what_cannot_be_seen_is_refused(layered: Document, edit: edits.Edit, code: str) -> None:
    with pytest.raises(Problem) as problem:
        edits.apply(layered, edit)
    assert problem.value.code == code


def test_what_is_lifted_of_the_canvas(layered: Document) -> None:
    assert lifted_box(layered, "up") == BOX
    everything = edits.apply(layered, edits.SelectAll())
    assert lifted_box(everything, "up") == Rect(40, 20, 200, 160)
