# SPDX-License-Identifier: Apache-2.0
"""New layers, masks, clipping, merging, aligning, blend modes and opacity by key.

Over 400 lines: one menu, every entry of it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Rect
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GradientFill,
    Layer,
    PatternFill,
    PixelContent,
    SolidFill,
)
from prodedit.core.shape import RectangleShape
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui import opacity_keys
from prodedit.gui.blend_menu import LETTERS, keys_of
from prodedit.gui.main_window import MainWindow
from prodedit.gui.opacity_keys import OpacityKeys
from prodedit.render.visible import visible_bounds
from tests.window import close_all, open_noise, opened_window, shown

WHITE = SolidFill(Colour(255, 255, 255))


@pytest.fixture(scope="module")
def window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def session(window: MainWindow) -> Iterator[EditSession]:
    """A photo of 320 x 240 and three boxes on it: a (10, 20), b (100, 50), c (250, 200)."""
    session = open_noise(window)
    for name, x, y in (("a", 10, 20), ("b", 100, 50), ("c", 250, 200)):
        box = edits.AddShapeLayer(name, name, RectangleShape(40, 30), WHITE, x=x, y=y)
        session.apply(box)
    session.activate("b")
    session.stack.clear()
    yield session
    close_all(window)


@pytest.fixture
def trigger(window: MainWindow, session: EditSession) -> Callable[[str], None]:
    """Do a command and wait for what it does aside."""

    def trigger(action: str) -> None:
        assert window.actions_[action].isEnabled()
        window.actions_[action].trigger()
        window.workspace.wait_for_files()

    return trigger


Trigger = Callable[[str], None]


def layer(session: EditSession, layer_id: str) -> Layer:
    found = session.document.find(layer_id)
    assert found is not None
    return found


def order(session: EditSession) -> list[str]:
    return [layer.id for layer in session.document.layers]


# New ones


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("new_layer", PixelContent),
        ("new_colour", FillContent),
        ("new_gradient", FillContent),
    ],
)
def test_a_new_layer_stands_above_the_active_one(
    window: MainWindow, session: EditSession, trigger: Trigger, action: str, kind: type
) -> None:
    trigger(action)
    assert isinstance(session.active_layer.content, kind)
    assert order(session).index(session.active_id) == order(session).index("b") + 1
    assert session.stack.count() == 1
    if action == "new_gradient":
        assert isinstance(session.active_layer.content.fill, GradientFill)
    if kind is FillContent:
        assert window.side.open_id == "properties"


def test_a_pattern_is_read_from_a_picture(
    window: MainWindow, session: EditSession, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "dots.png"), np.full((8, 8, 3), (10, 20, 30), np.uint8))
    window.layers._new.new_pattern_of(tmp_path / "dots.png")
    window.workspace.wait_for_files()
    content = session.active_layer.content
    assert isinstance(content.fill, PatternFill)
    assert session.active_layer.name == "dots"
    assert content.pattern.to_array()[3, 3].tolist() == [10, 20, 30, 255]
    (tmp_path / "none.png").write_bytes(b"no picture")
    window.layers._new.new_pattern_of(tmp_path / "none.png")
    window.workspace.wait_for_files()
    assert len(order(session)) == 5
    assert window.notices.texts


def test_every_adjustment_of_the_button_makes_a_layer(
    window: MainWindow, session: EditSession
) -> None:
    buttons = [b for b in window.layers.bar.children() if getattr(b, "menu", None)]
    menus = [button.menu() for button in buttons if button.menu() is not None]
    adjustments = [action for action in menus[1].actions() if not action.isSeparator()]
    for action in adjustments:
        session.activate(PHOTO)
        action.trigger()
        assert isinstance(session.active_layer.content, AdjustmentContent)
        assert session.active_layer.name == action.text()
        assert window.side.open_id == "adjust"
    assert len(adjustments) == session.stack.count() == 18


# Clipping and groups


def test_clip_and_back(window: MainWindow, session: EditSession, trigger: Trigger) -> None:
    session.choose(["b", "c"], "c")
    trigger("clip")
    assert [layer(session, name).clip for name in "abc"] == [False, True, True]
    assert session.stack.count() == 1
    trigger("clip")
    assert not layer(session, "b").clip
    session.activate(PHOTO)
    assert not window.actions_["clip"].isEnabled()
    assert "no layer below" in window.actions_["clip"].toolTip()


def test_a_group_passes_through_and_stands_alone(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    assert not window.actions_["isolate_group"].isEnabled()
    trigger("group")
    assert session.active_layer.content.isolated
    trigger("isolate_group")
    assert not session.active_layer.content.isolated
    session.undo()
    assert session.active_layer.content.isolated


# Masks


def test_masks_are_made_linked_switched_and_removed(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    assert "no mask" in window.actions_["link_mask"].toolTip()
    session.choose(["a", "b"], "b")
    trigger("mask_hide_all")
    trigger("link_mask")
    trigger("layer_mask_on")
    for name in "ab":
        mask = layer(session, name).mask
        assert (mask.linked, mask.enabled) == (False, False)
        assert not mask.alpha.to_array().any()
    assert not window.actions_["mask_show_all"].isEnabled()
    trigger("layer_mask_remove")
    assert layer(session, "a").mask is None
    assert session.stack.count() == 4


def test_a_mask_from_the_selection_and_applied(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    assert not window.actions_["mask_selected"].isEnabled()
    session.activate(PHOTO)
    session.apply(edits.SelectRectangle(edits.Box(50, 60, 150, 160)))
    trigger("mask_selected")
    session.apply(edits.Deselect())
    before = shown(window.canvas)
    trigger("apply_mask")
    assert layer(session, PHOTO).mask is None
    assert (shown(window.canvas) == before).all()
    assert visible_bounds(session.document, PHOTO) == Rect(50, 60, 100, 100)
    session.activate("a")
    trigger("mask_show_all")
    trigger("apply_mask")
    assert "Rasterise it first" in window.notices.texts[-1]
    assert layer(session, "a").mask is not None


def test_a_mask_from_transparency_changes_nothing_that_shows(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    pixels = np.zeros((240, 320, 4), np.uint8)
    pixels[40:90, 30:80] = (60, 30, 20, 128)
    session.apply(edits.AddPixelLayer("soft", "soft"), {"pixels": Tiles.from_array(pixels)})
    session.activate("soft")
    before, steps = shown(window.canvas).astype(int), session.stack.count()
    trigger("mask_from_transparency")
    soft = layer(session, "soft")
    assert soft.tiles.to_array()[..., 3].min() == 255
    assert soft.mask.alpha.to_array()[50, 50] == 128
    assert abs(shown(window.canvas) - before).max() <= 1
    assert session.stack.count() == steps + 1


# Merging


def test_merge_down_shows_the_same(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    session.apply(edits.SetOpacity("b", 0.4))
    session.activate("b")
    before, steps = shown(window.canvas), session.stack.count()
    trigger("merge_down")
    assert [layer(session, i).name for i in order(session)] == ["mug.jpg", "a", "c"]
    assert session.active_layer.tiles is not None
    assert abs(shown(window.canvas).astype(int) - before).max() <= 1
    assert session.stack.count() == steps + 1
    session.undo()
    assert order(session) == [PHOTO, "a", "b", "c"]


def test_what_cannot_be_merged_is_told(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    session.activate(PHOTO)
    assert not window.actions_["merge_down"].isEnabled()
    session.apply(edits.SetVisible("a", False))
    session.activate("b")
    trigger("merge_down")
    assert "“a” is hidden" in window.notices.texts[-1]
    session.apply(edits.AddGroup("g", "g", ("c",)))
    session.choose(["b", "c"], "c")
    trigger("merge_down")
    assert "same group" in window.notices.texts[-1]
    session.apply(edits.SetLock("b", "pixels", True))
    session.activate("b")
    session.apply(edits.SetVisible("a", True))
    trigger("merge_down")
    assert "locked" in window.notices.texts[-1]
    assert order(session) == [PHOTO, "a", "b", "g"]


def test_merge_visible_keeps_what_is_hidden_and_flatten_does_not(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    session.apply(edits.SetVisible("b", False))
    before = shown(window.canvas)
    trigger("merge_visible")
    assert len(order(session)) == 2
    assert "b" in order(session)
    assert (shown(window.canvas) == before).all()
    session.undo()
    trigger("flatten")
    assert len(order(session)) == 1
    assert (shown(window.canvas) == before).all()


def test_rasterise_makes_pixels_of_all_chosen(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    before = shown(window.canvas)
    session.choose(["a", "b"], "a")
    trigger("rasterise")
    assert layer(session, "a").tiles is not None
    assert layer(session, "b").tiles is not None
    assert (shown(window.canvas) == before).all()
    assert session.stack.count() == 1
    assert not window.actions_["rasterise"].isEnabled()
    assert "plain pixels" in window.actions_["rasterise"].toolTip()
    session.apply(edits.AddAdjustmentLayer("invert", "invert", Invert()))
    session.choose(["invert", "c"], "c")
    trigger("rasterise")
    assert "changes what lies below" in window.notices.texts[-1]


def test_what_changed_meanwhile_is_not_overwritten(
    window: MainWindow, session: EditSession
) -> None:
    window.actions_["flatten"].trigger()
    session.apply(edits.SetOpacity("a", 0.5))
    window.workspace.wait_for_files()
    assert "changed meanwhile" in window.notices.texts[-1]
    assert len(order(session)) == 4


# In line


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("align_left", {"a": (0, 20), "c": (0, 200)}),
        ("align_centre", {"a": (140, 20), "c": (140, 200)}),
        ("align_right", {"a": (280, 20), "c": (280, 200)}),
        ("align_top", {"a": (10, 0), "c": (250, 0)}),
        ("align_middle", {"a": (10, 105), "c": (250, 105)}),
        ("align_bottom", {"a": (10, 210), "c": (250, 210)}),
    ],
)
def test_layers_are_aligned_to_the_canvas(
    session: EditSession, trigger: Trigger, action: str, expected: dict[str, tuple[int, int]]
) -> None:
    session.choose(["a", "c"], "a")
    trigger(action)
    places = {name: layer(session, name).transform[4:] for name in expected}
    assert places == expected
    assert layer(session, "b").transform[4:] == (100, 50)
    assert session.stack.count() == 1


def test_layers_are_aligned_to_the_selection_by_what_shows(
    session: EditSession, trigger: Trigger
) -> None:
    session.apply(edits.SelectRectangle(edits.Box(200, 100, 300, 200)))
    alpha = np.zeros((240, 320), np.uint8)
    alpha[60:80, 30:50] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    session.activate(PHOTO)
    trigger("align_right")
    assert layer(session, PHOTO).transform[4:] == (250, 0)


def test_the_distances_become_even(session: EditSession, trigger: Trigger) -> None:
    session.choose("abc", "a")
    trigger("distribute_across")
    assert [layer(session, name).transform.dx for name in "abc"] == [10, 130, 250]
    trigger("distribute_down")
    assert [layer(session, name).transform.dy for name in "abc"] == [20, 110, 200]
    assert session.stack.count() == 2


def test_what_cannot_be_arranged_is_told(
    window: MainWindow, session: EditSession, trigger: Trigger
) -> None:
    session.choose("ab", "a")
    trigger("distribute_across")
    assert "at least three" in window.notices.texts[-1]
    session.apply(edits.AddFillLayer("fill", "fill", WHITE))
    session.activate("fill")
    trigger("align_left")
    assert "nothing to see" in window.notices.texts[-1]
    session.apply(edits.SetLock("a", "position", True))
    session.choose("ac", "c")
    trigger("align_left")
    assert "locked" in window.notices.texts[-1]
    assert layer(session, "c").transform == layer(session, "c").transform._replace(dx=250, dy=200)


# Keys


def test_letters_choose_blend_modes_of_all_chosen(window: MainWindow, session: EditSession) -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    session.choose("ab", "a")
    menu = window.actions_["blend_mode"].menu()
    by_id = {action.data(): action for action in menu.actions() if action.data()}
    assert (
        by_id["multiply"].shortcut()
        == QKeySequence("Shift+Alt+M")
        == QKeySequence(keys_of("multiply"))
    )
    by_id["multiply"].trigger()
    assert [layer(session, name).blend for name in "abc"] == ["multiply", "multiply", "normal"]
    assert session.stack.count() == 1
    menu.aboutToShow.emit()
    assert [mode for mode, action in by_id.items() if action.isChecked()] == ["multiply"]


def test_digits_on_the_canvas_set_the_opacity(
    window: MainWindow, session: EditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opacity_keys, "_QUICK", 600.0)
    window.tools.choose("move")
    window._tool_chosen("move")
    session.choose("ab", "a")
    QTest.keyClick(window.canvas, Qt.Key.Key_4)
    assert [layer(session, name).opacity for name in "abc"] == [0.4, 0.4, 1.0]
    QTest.keyClick(window.canvas, Qt.Key.Key_5)
    assert layer(session, "a").opacity == 0.45
    assert session.stack.count() == 1


def test_slow_digits_are_two_numbers(session: EditSession) -> None:
    now = [0.0]
    keys = OpacityKeys(lambda: now[0])
    seen = []
    for digit, seconds in (("3", 1.0), ("0", 0.2), ("0", 0.2), ("7", 5.0), ("0", 5.0)):
        now[0] += seconds
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key(ord(digit)), Qt.KeyboardModifier.NoModifier, digit
        )
        assert keys.pressed(session, event)
        seen.append(layer(session, "b").opacity)
    assert seen == [0.3, 0.3, 1.0, 0.7, 1.0]


def test_control_and_a_digit_is_not_ours(session: EditSession) -> None:
    event = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier, "1"
    )
    assert not OpacityKeys().pressed(session, event)


def test_locks_of_all_chosen(window: MainWindow, session: EditSession, trigger: Trigger) -> None:
    session.choose("ab", "a")
    for action, part in (("lock_alpha", 2), ("lock_pixels", 0), ("lock_position", 1)):
        trigger(action)
        assert [layer(session, name).locks[part] for name in "abc"] == [True, True, False]
    assert all(button.isChecked() for button in window.layers.locks._buttons.values())
    session.activate("c")
    assert not any(button.isChecked() for button in window.layers.locks._buttons.values())


def test_nothing_to_work_on_says_why(window: MainWindow, session: EditSession) -> None:
    session.choose([PHOTO, "a", "b", "c"], "a")
    window.actions_["delete"].trigger()
    assert session.chosen == ()
    for action in ("duplicate", "group", "merge_visible", "align_left", "lock_pixels"):
        assert not window.actions_[action].isEnabled()
        assert "no layer" in window.actions_[action].toolTip()
    window.actions_["new_layer"].trigger()
    assert session.active_layer is not None


def test_visible_bounds_of_a_turned_layer_and_of_a_group(session: EditSession) -> None:
    turned = layer(session, "a").transform._replace(a=0, b=1, c=-1, d=0, dx=100.0, dy=10.0)
    onto = turned.after(layer(session, "a").transform.inverse())
    session.apply(edits.TransformLayers(("a",), onto))
    assert turned.map(Point(0, 0)) == (100, 10)
    assert visible_bounds(session.document, "a") == Rect(70, 10, 30, 40)
    session.apply(edits.AddGroup("g", "g", ("a", "c")))
    assert visible_bounds(session.document, "g") == Rect(70, 10, 220, 220)
