# SPDX-License-Identifier: Apache-2.0
"""Every retouching tool once on a chart of our own, in a real window, from outside: each of them
changes what it is for, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.document import PHOTO
from prodedit.core.tiles import Tiles
from prodedit.files.openraster_read import load
from prodedit.files.versions import version_name
from prodedit.render.compositor import Compositor
from tests.walks.test_layers import steps
from tests.walks.test_real_window import Screen, screen

__all__ = ["screen"]

SIDE, COLUMNS, ROWS = 120, 6, 4
"""Of a field of the chart, in pixels; fields across and down."""
Field = tuple[int, int]
"""(column, row)"""
PALE, GREY, NOISE, SOFT, EDGE, DUST = ((column, 0) for column in range(COLUMNS))
BLUE, EMPTY, CHECKER, GREEN, TARGET, SCRATCH = ((column, 1) for column in range(COLUMNS))
THING, GROUND = (180, 360), 195
"""What is to disappear: the middle of a disc, in pixels; how light it is round it."""
MEANS = ("#287050", "#286C50")
"""Of five times five pixels of CHECKER, whose two colours are neither."""
Numbers = NDArray[np.float64]


def chart() -> NDArray[np.uint8]:
    """(480, 720, 3) BGR."""
    chance = np.random.default_rng(3)
    picture = np.full((ROWS * SIDE, COLUMNS * SIDE, 3), GROUND, np.uint8)
    flat = {PALE: (130, 130, 190), GREY: (128, 128, 128), BLUE: (200, 90, 40), GREEN: (60, 150, 40)}
    for field, colour in flat.items():
        inside(picture, field)[:] = colour
    inside(picture, NOISE)[:] = chance.integers(60, 200, (SIDE, SIDE, 1))
    soft = cv2.GaussianBlur(inside(picture, NOISE), (0, 0), 1.5)
    inside(picture, SOFT)[:] = soft
    inside(picture, EDGE)[:, : SIDE // 2] = 30
    odd = np.indices((SIDE, SIDE)).sum(axis=0) % 2 > 0
    inside(picture, CHECKER)[:] = np.where(odd[..., None], (80, 160, 40), (80, 60, 40))
    cv2.circle(inside(picture, DUST), (60, 60), 5, (20, 20, 20), -1)
    cv2.line(inside(picture, SCRATCH), (30, 40), (90, 80), (20, 20, 20), 2)
    below = picture[2 * SIDE :]
    below[:] = np.clip(GROUND + chance.normal(0, 12, (*below.shape[:2], 1)), 0, 255)
    cv2.circle(picture, THING, 20, (30, 30, 200), -1)
    return picture


def inside(picture: NDArray[np.uint8], field: Field) -> NDArray[np.uint8]:
    """A view of it."""
    column, row = field
    return picture[row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]


def middle(picture: NDArray[np.uint8], field: Field) -> Numbers:
    """(40, 40, 3): what lies in the middle of a field."""
    return inside(picture, field)[40:80, 40:80].astype(float)


def seen(path: Path) -> NDArray[np.uint8]:
    """(480, 720, 3) BGR of what a project looks like."""
    return np.ascontiguousarray(Compositor().merged(load(path).document)[..., :3])


def pixels_of(tiles: Tiles | None) -> NDArray[np.uint8]:
    assert tiles is not None
    return tiles.to_array()


class Chart:
    """Where its fields are on the screen, at one pixel for each."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        x, y = screen.middle("canvas")
        self.left, self.top = x - COLUMNS * SIDE // 2, y - ROWS * SIDE // 2

    def at(self, x: int, y: int) -> tuple[int, int]:
        return self.left + x, self.top + y

    def in_field(self, field: Field, dx: int = 0, dy: int = 0) -> tuple[int, int]:
        return self.at(field[0] * SIDE + 60 + dx, field[1] * SIDE + 60 + dy)

    def stroke(self, field: Field, *ways: tuple[int, int]) -> None:
        """Through these places, counted from the field's middle."""
        places = ways or ((-8, 0), (0, 4), (8, 0))
        self.screen.drag(*(self.in_field(field, dx, dy) for dx, dy in places))


def choose_from(screen: Screen, name: str, value: str, *, below: int) -> None:
    """Of a list that opens with a click: what stands so many places below what is chosen."""
    screen.click(name)
    screen.settle()
    screen.do("key", *["Down"] * below, "Return")
    screen.wait(lambda seen: seen["values"].get(name) == value)
    screen.settle()


@pytest.fixture
def opened(screen: Screen, tmp_path: Path) -> Path:
    """The chart, shown at its own size; its project will be beside it."""
    photo = tmp_path / "photos" / "chart.png"
    photo.parent.mkdir()
    cv2.imwrite(str(photo), chart())
    screen.start(str(photo), "--language", "en")
    steps(screen, 0)
    screen.keys("ctrl+1")
    screen.settle()
    return photo.with_suffix(".ora")


def saved(screen: Screen) -> None:
    screen.wait(lambda seen: seen["dirty"])
    screen.keys("ctrl+s")
    screen.wait(lambda seen: not seen["dirty"] and not seen["busy"])


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_uses_every_brush(screen: Screen, opened: Path) -> None:
    on = Chart(screen)
    screen.keys("o")
    for number, field in enumerate((GREY, PALE, NOISE, SOFT), 1):  # burn, sponge, blur, sharpen
        screen.keys("shift+o")
        for again in range(2):
            on.stroke(field)
            steps(screen, 2 * number - 1 + again)
        screen.picture(f"retouching-{number}")
    screen.keys("shift+o")  # smudge
    on.stroke(EDGE, (25, 0), (10, 0), (-10, 0), (-30, 0))
    steps(screen, 9)
    screen.keys("j")  # heal: dust and scratches
    on.stroke(DUST, (0, 0), (1, 0))
    steps(screen, 10)
    on.stroke(SCRATCH, (-32, -21), (0, 0), (32, 21))
    steps(screen, 11)
    screen.do("mousemove", *on.at(600, 400))
    screen.settle()
    screen.picture("retouching-5-healed")
    saved(screen)

    before, after = chart(), seen(opened)
    assert middle(after, GREY).mean() < middle(before, GREY).mean() - 15

    def spread(picture: NDArray[np.uint8], field: Field) -> float:
        return float(middle(picture, field).std(axis=(0, 1)).mean())

    def colourful(picture: NDArray[np.uint8]) -> float:
        return float(np.ptp(middle(picture, PALE), axis=2).mean())

    assert colourful(after) > colourful(before) + 15
    assert spread(after, NOISE) < 0.7 * spread(before, NOISE)
    assert spread(after, SOFT) > 1.2 * spread(before, SOFT)
    assert inside(before, EDGE)[60, 40].max() == 30
    assert inside(after, EDGE)[60, 40].min() > 60
    for field in (DUST, SCRATCH):
        assert inside(before, field).min() == 20
        assert np.abs(inside(after, field).astype(int) - GROUND).max() <= 6
    for field in (BLUE, EMPTY, CHECKER, GREEN, TARGET):
        assert (inside(after, field) == inside(before, field)).all()
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_takes_colours_and_clones(screen: Screen, opened: Path) -> None:
    on = Chart(screen)
    screen.keys("i")
    choose_from(screen, "Sample", "5 × 5", below=2)
    screen.picture("colours-1-sample-size")
    screen.drag(on.in_field(CHECKER), on.in_field(CHECKER))
    names = [f"Foreground colour: {colour}" for colour in MEANS]
    screen.wait(lambda seen: any(name in seen["places"] for name in names))
    screen.picture("colours-2-taken")

    screen.keys("g", "shift+g")  # fill
    screen.drag(on.in_field(BLUE), on.in_field(BLUE))
    steps(screen, 1)
    screen.keys("m")
    on.stroke(EMPTY, (-50, -50), (0, 0), (50, 50))
    steps(screen, 2)
    screen.keys("g", "shift+g")  # gradient
    choose_from(screen, "Shape", "Round", below=1)
    on.stroke(EMPTY, (0, 0), (20, 0), (40, 0))
    steps(screen, 3)
    screen.keys("ctrl+d")
    steps(screen, 4)
    screen.settle()
    screen.picture("colours-3-round")

    screen.keys("ctrl+shift+n")
    steps(screen, 5)
    screen.keys("s")
    screen.click("All layers")
    source = on.in_field(GREEN)
    screen.do("mousemove", *source, "sleep", 0.2, "keydown", "alt", "click", 1, "keyup", "alt")
    on.stroke(TARGET)
    steps(screen, 6)
    screen.settle()
    screen.picture("colours-4-cloned")
    saved(screen)

    before, after = chart(), seen(opened)
    blue, green, red = inside(after, BLUE)[60, 60].tolist()
    assert f"#{red:02X}{green:02X}{blue:02X}" in MEANS
    assert (inside(after, BLUE)[2:-2, :-2] == (blue, green, red)).all()  # the edge is smooth
    assert (inside(after, PALE)[:-2] == inside(before, PALE)[:-2]).all()
    round_one = inside(after, EMPTY).astype(int)
    assert np.abs(round_one[60, 60] - (blue, green, red)).max() <= 8
    for x, y in ((20, 60), (60, 20), (100, 60)):
        assert round_one[y, x].min() >= 245
    assert np.abs(round_one[60, 40] - round_one[40, 60]).max() <= 8  # a pixel beside the middle
    assert (round_one[4, 4] == GROUND).all()  # was not selected
    photo, above = load(opened).document.layers
    assert np.abs(middle(after, TARGET)[20, 20] - (60, 150, 40)).max() <= 2
    assert (inside(pixels_of(photo.tiles), TARGET)[..., :3] == GROUND).all()
    assert pixels_of(above.tiles)[..., 3].any()
    assert "Traceback" not in screen.stderr


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.long
def test_a_person_makes_a_thing_disappear(screen: Screen, opened: Path) -> None:
    on = Chart(screen)
    x, y = on.at(*THING)
    screen.keys("j", "shift+j")
    screen.do("mousemove", x - 5, y, "sleep", 0.1, "mousedown", 1)
    screen.do("mousemove", x + 5, y, "sleep", 0.2)
    screen.picture("erase-1-marked")
    screen.do("mouseup", 1)
    steps(screen, 1)
    screen.settle()
    screen.picture("erase-2-first")
    saved(screen)
    choose_from(screen, "Variant", "2", below=1)
    screen.picture("erase-3-second")
    saved(screen)
    screen.click("Strength")
    screen.keys("ctrl+a")
    screen.type("50")
    screen.keys("Return")
    screen.settle()
    screen.picture("erase-4-half")
    saved(screen)
    ended = screen.seen()["steps"]

    first, second, half = (
        seen(path)[THING[1] - 14 : THING[1] + 15, THING[0] - 14 : THING[0] + 15].astype(int)
        for path in (version_name(opened, 2), version_name(opened, 1), opened)
    )
    for filled in (first, second):
        assert abs(filled.mean() - GROUND) < 12
        assert np.ptp(filled, axis=2).max() < 20  # no red is left
    assert (first != second).any()
    assert np.abs(half - (second + np.array((30, 30, 200))) / 2).max() <= 3
    layer = load(opened).document.find(PHOTO)
    assert layer is not None
    assert (pixels_of(layer.tiles)[: 2 * SIDE, :, :3] == chart()[: 2 * SIDE]).all()

    screen.keys("v")  # accepted: from now on it is as any other step
    screen.wait(lambda seen: "Strength" not in seen["places"])
    for left in reversed(range(ended)):
        screen.keys("ctrl+z")
        steps(screen, left)
    saved(screen)
    assert (seen(opened) == chart()).all()
    assert "Traceback" not in screen.stderr
