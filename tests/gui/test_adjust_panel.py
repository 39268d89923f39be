# SPDX-License-Identifier: Apache-2.0
"""The Adjust panel in the real window: layers are added, controls change them, undo takes back.

Over 400 lines: one panel with a section for each adjustment.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust import values
from prodedit.core.adjust.values import Band, Dot, Levels, Lut, Stop
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.edits import Box
from prodedit.core.layer import AdjustmentContent
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.panels.adjustments.curves import CurvesSection
from prodedit.gui.panels.adjustments.fields import FieldsSection
from prodedit.gui.panels.adjustments.gradient import GradientSection
from prodedit.gui.panels.adjustments.kinds import KINDS, Kind
from prodedit.gui.panels.adjustments.levels import LevelsSection, ThresholdSection
from prodedit.gui.panels.adjustments.parts import (
    BalanceSection,
    BlackAndWhiteSection,
    HueSection,
)
from prodedit.gui.panels.adjustments.white_balance import WhiteBalanceSection
from prodedit.render.compositor import Compositor
from tests.adjustments import cube_of
from tests.gui.adjusting import adjustment, wait_for_pixels
from tests.window import at, button, noise, shown

RED = Colour(190, 40, 40)


@pytest.mark.parametrize("kind", [k for k in KINDS if k.first is not None], ids=lambda k: k.id)
def test_a_click_adds_each_adjustment_and_opens_its_controls(
    window: MainWindow, session: EditSession, panel: AdjustPanel, kind: Kind
) -> None:
    assert panel.grid.isVisible()
    QTest.mouseClick(panel.grid.buttons[kind.id], Qt.MouseButton.LeftButton)
    panel.bench.give_up_picking()
    assert adjustment(session) == kind.first
    assert len(session.document.layers) == 2
    assert panel.controls.section is not None
    assert panel.controls.section.isVisible()
    assert not panel.grid.isVisible()
    session.undo()
    assert panel.grid.isVisible()
    assert len(session.document.layers) == 1


def test_every_number_of_the_generated_controls_changes_its_field_in_one_step(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    for kind in KINDS:
        if kind.first is None:
            continue
        panel.add(kind.id)
        panel.bench.give_up_picking()
        section = panel.controls.section
        if not isinstance(section, FieldsSection):
            continue
        for name, row in section.rows.items():
            before, steps = adjustment(session), session.stack.count()
            row._number.setValue(row._number.minimum() + 3 * row._number.singleStep())
            assert adjustment(session) != before, (kind.id, name)
            assert session.stack.count() == steps + 1
            QTest.mouseDClick(row._slider, Qt.MouseButton.LeftButton)
            assert getattr(adjustment(session), name) == getattr(kind.first, name), name


def test_a_drag_previews_and_is_one_step(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    panel.add("exposure")
    section = panel.controls.section
    assert isinstance(section, FieldsSection)
    slider, steps = section.rows["stops"]._slider, session.stack.count()
    before = Compositor().merged(session.document)
    slider.setSliderDown(True)
    for value in (50, 100, 150):
        slider.setValue(value)
    qtbot.waitUntil(lambda: session.shown is not session.document, timeout=5_000)
    assert session.stack.count() == steps
    shown = session.shown.find(session.active_id)
    assert shown is not None
    assert isinstance(shown.content, AdjustmentContent)
    slider.setSliderDown(False)
    assert session.stack.count() == steps + 1
    assert session.shown is session.document
    assert adjustment(session) == values.Exposure(1.5)
    assert Compositor().merged(session.document).mean() > before.mean() + 20
    session.undo()
    assert section.rows["stops"].value == 0


def test_a_large_picture_is_previewed_as_a_small_copy_that_looks_the_same(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot
) -> None:
    small = cv2.resize(noise(24, 16), (2400, 1600), interpolation=cv2.INTER_CUBIC)
    small[..., 3] = 255
    session = window.workspace.open_pixels(Tiles.from_array(np.asarray(small)), "large.jpg")
    canvas = window.canvas
    assert canvas is not None
    panel.add("exposure")
    section = panel.controls.section
    assert isinstance(section, FieldsSection)
    canvas.set_viewport(canvas.viewport.zoom_to(0.2))
    before = shown(canvas)
    slider = section.rows["stops"]._slider
    slider.setSliderDown(True)
    slider.setValue(100)
    qtbot.waitUntil(lambda: canvas.draft is not None and canvas.draft.small is not None)
    slider.setValue(150)
    qtbot.waitUntil(lambda: canvas.draft is not None and canvas.draft.is_shown)
    drafted = shown(canvas).astype(int)
    slider.setSliderDown(False)
    qtbot.waitUntil(lambda: canvas.draft is not None and not canvas.draft.is_shown)
    real = shown(canvas).astype(int)
    assert np.abs(real - before).mean() > 5
    assert np.abs(real - drafted).mean() < 1
    session.activate(PHOTO)
    assert canvas.draft is None


def test_two_pulls_are_two_steps_however_quick(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("exposure")
    section = panel.controls.section
    assert isinstance(section, FieldsSection)
    slider, steps = section.rows["stops"]._slider, session.stack.count()
    for value in (50, 100):
        slider.setSliderDown(True)
        slider.setValue(value)
        slider.setSliderDown(False)
    assert session.stack.count() == steps + 2
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert session.stack.count() == steps + 3  # the keys' steps are one, and none of the pull's
    session.undo()
    assert adjustment(session).stops == 1.0
    session.undo()
    assert adjustment(session).stops == 0.5


def test_two_pulls_of_a_curve_are_two_steps(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    panel.add("curves")
    section = panel.controls.section
    assert isinstance(section, CurvesSection)
    graph, steps = section.graph, session.stack.count()
    qtbot.waitUntil(lambda: graph.height() == graph.sizeHint().height())
    for before, after in ((Dot(128, 128), Dot(128, 160)), (Dot(128, 160), Dot(128, 190))):
        QTest.mousePress(graph, Qt.MouseButton.LeftButton, pos=graph.point_of(before).toPoint())
        QTest.mouseMove(graph, graph.point_of(after).toPoint())
        QTest.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=graph.point_of(after).toPoint())
    assert session.stack.count() == steps + 2


def test_a_wheel_changes_only_the_slider_that_has_the_focus(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("vibrance")
    section = panel.controls.section
    assert isinstance(section, FieldsSection)
    assert section.rows["vibrance"]._slider.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_levels_by_mouse_by_keys_and_by_numbers(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    panel.add("levels")
    section = panel.controls.section
    assert isinstance(section, LevelsSection)
    wait_for_pixels(qtbot, panel)
    bar = section.inner
    start = bar.handle_at("black").toPoint()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(bar, start + QPoint(40, 0))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    black = adjustment(session).rgb.black
    assert 30 < black < 50
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert adjustment(session).rgb.black == black + 10
    section.channels.button("red").click()
    section.numbers["gamma"].setValue(2.0)
    section.numbers["low"].setValue(30)
    assert adjustment(session).red == Band(gamma=2.0, low=30.0)
    assert adjustment(session).rgb.black == black + 10, "the other channels stay"


def test_levels_handles_do_not_pass_each_other(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("levels")
    section = panel.controls.section
    assert isinstance(section, LevelsSection)
    section.numbers["white"].setValue(100)
    section.numbers["black"].setValue(200)
    band = adjustment(session).rgb
    assert band.black < band.white


def test_curves_points_are_added_moved_and_removed(
    qtbot: QtBot, window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("curves")
    section = panel.controls.section
    assert isinstance(section, CurvesSection)
    graph = section.graph
    qtbot.wait(50)  # it has its place only then
    middle = graph.point_of(Dot(128, 128)).toPoint()
    QTest.mousePress(graph, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(graph, middle - QPoint(0, 30))
    QTest.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 30))
    dots = adjustment(session).rgb
    assert len(dots) == 3
    assert dots[1].after > 150
    graph.setFocus()
    QTest.keyClick(graph, Qt.Key.Key_Up)
    assert adjustment(session).rgb[1].after == dots[1].after + 1
    section.after.setValue(90)
    assert adjustment(session).rgb[1].after == 90
    place = graph.point_of(adjustment(session).rgb[1]).toPoint()
    QTest.mousePress(graph, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(graph, QPoint(place.x(), graph.height() + 80))
    QTest.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), 400))
    assert len(adjustment(session).rgb) == 2
    QTest.keyClick(graph, Qt.Key.Key_Insert)
    assert len(adjustment(session).rgb) == 3
    QTest.keyClick(graph, Qt.Key.Key_Delete)
    assert len(adjustment(session).rgb) == 2


def test_ranges_of_hue_and_tones_of_balance_are_their_own(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("hue_saturation")
    hue = panel.controls.section
    assert isinstance(hue, HueSection)
    hue.parts.button("reds").click()
    hue.rows["hue"]._number.setValue(30)
    hue.parts.button("master").click()
    assert hue.rows["hue"].value == 0
    hue.rows["saturation"]._number.setValue(-20)
    assert adjustment(session) == values.HueSaturation(
        values.Shift(0, -20, 0), reds=values.Shift(30, 0, 0)
    )
    hue.switch.setChecked(True)
    assert adjustment(session).tone
    assert not hue.parts.isEnabled()
    panel.add("colour_balance")
    balance = panel.controls.section
    assert isinstance(balance, BalanceSection)
    balance.parts.button("shadows").click()
    balance.rows["blue"]._number.setValue(40)
    assert adjustment(session).shadows == values.Balance(blue=40.0)
    assert adjustment(session).midtones == values.Balance()


def test_gradient_map_stops_and_black_and_white_tint(
    qtbot: QtBot, window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("gradient_map")
    section = panel.controls.section
    assert isinstance(section, GradientSection)
    bar = section.bar
    qtbot.wait(50)  # it has its place only then
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 10))
    assert len(adjustment(session).stops) == 3
    section.colour.picked.emit(RED)
    assert adjustment(session).stops[1].colour == RED
    section.place._number.setValue(25)
    assert adjustment(session).stops[1] == Stop(0.25, RED)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Delete)
    assert len(adjustment(session).stops) == 2
    section.presets.button("sepia").click()
    assert len(adjustment(session).stops) == 3
    button(section, "Turn round").click()
    assert adjustment(session).stops[0].colour == Colour.from_hex("#FFF4DF")
    panel.add("black_and_white")
    grey = panel.controls.section
    assert isinstance(grey, BlackAndWhiteSection)
    grey.tinted.setChecked(True)
    assert adjustment(session).tint == grey.tint.colour


def test_threshold_by_its_handle(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("threshold")
    section = panel.controls.section
    assert isinstance(section, ThresholdSection)
    section.bar.setFocus()
    QTest.keyClick(section.bar, Qt.Key.Key_Right)
    assert adjustment(session) == values.Threshold(129.0)
    section.row._number.setValue(60)
    assert adjustment(session) == values.Threshold(60.0)
    merged = Compositor().merged(session.document)
    assert set(np.unique(merged[..., 0])) == {0, 255}


def test_white_balance_by_a_click_on_grey(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot
) -> None:
    pixels = np.full((200, 300, 4), (110, 140, 180, 255), np.uint8)
    session = window.workspace.open_pixels(Tiles.from_array(pixels), "warm.jpg")
    panel.add("white_balance")
    section = panel.controls.section
    assert isinstance(section, WhiteBalanceSection)
    assert window.canvas is not None
    tool = window.canvas.tool
    section.pick.click()
    assert window.canvas.tool is not tool
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at(window.canvas, 100, 100))
    assert window.canvas.tool is tool, "the eyedropper was lent for one click"
    blue, green, red, _ = Compositor().merged(session.document)[100, 100].astype(int)
    assert max(blue, green, red) - min(blue, green, red) <= 3
    section.pick.click()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.canvas.tool is tool


def write_cube(path: Path) -> Path:
    lines = ['TITLE "Turned"', "LUT_3D_SIZE 2"]
    colours = (65535 - cube_of(2)).reshape(-1, 3) / 65535
    lines += [" ".join(f"{number:.6f}" for number in colour) for colour in colours]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_colour_table_from_a_file_and_one_that_is_none(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not panel.takes([tmp_path / "photo.jpg"])
    assert panel.takes([write_cube(tmp_path / "turned.cube")])
    qtbot.waitUntil(lambda: len(session.document.layers) == 2, timeout=10_000)
    assert isinstance(adjustment(session), Lut)
    assert session.active_layer is not None
    assert session.active_layer.name == "Turned"
    bad = tmp_path / "bad.cube"
    bad.write_text("this is a letter", "utf-8")
    panel.add_table(bad)
    qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=10_000)
    assert any("not a colour table" in text for text in window.notices.texts)
    assert len(session.document.layers) == 2


def test_a_cut_out_is_adjusted_alone_and_a_photo_with_all_below(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("exposure")
    assert session.active_layer is not None
    assert not session.active_layer.clip
    assert panel.controls.scope.current == "all"
    session.undo()
    alpha = Tiles.from_array(np.full((240, 320), 200, np.uint8))
    session.apply(edits.SetMask(PHOTO), {"alpha": alpha})
    session.activate(PHOTO)
    panel.add("exposure")
    assert session.active_layer is not None
    assert session.active_layer.clip
    panel.controls.scope.button("all").click()
    assert not session.active_layer.clip
    panel.add("vibrance")
    assert [layer.clip for layer in session.document.layers] == [False, False, False]


def test_what_is_clipped_to_a_layer_stays_with_it(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("exposure")
    panel.controls.scope.button("clip").click()
    clipped = session.active_id
    session.activate(PHOTO)
    panel.add("vibrance")
    assert [layer.id for layer in session.document.layers][:2] == [PHOTO, clipped]


def test_apply_to_the_pixels_keeps_to_the_selection_in_one_step(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    before = Compositor().merged(session.document)
    session.apply(edits.SelectRectangle(Box(50, 40, 150, 120)))
    panel.add("invert_colours")
    steps = session.stack.count()
    panel.controls.work_in.click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 1, timeout=10_000)
    assert session.stack.count() == steps + 1
    after = Compositor().merged(session.document)
    inside = after[40:120, 50:150, :3]
    assert np.array_equal(inside, 255 - before[40:120, 50:150, :3])
    assert np.array_equal(after[130:], before[130:])
    session.undo()
    assert len(session.document.layers) == 2


def test_the_history_says_which_adjustment(session: EditSession, panel: AdjustPanel) -> None:
    panel.insert(values.Exposure(1.0), "Bright")
    panel.bench.apply(values.Exposure(2.0), "exposure")
    texts = [session.stack.text(number) for number in range(session.stack.count())]
    assert texts[-2:] == ["Add adjustment: Exposure", "Change adjustment: Exposure"]


def test_apply_of_a_faded_adjustment_looks_as_it_did(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    panel.insert(values.Exposure(1.0), "Bright")
    session.apply(edits.SetOpacity(session.active_id, 0.5))
    before = Compositor().merged(session.document).astype(int)
    panel.controls.work_in.click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 1, timeout=10_000)
    after = Compositor().merged(session.document).astype(int)
    assert np.abs(after - before).max() <= 1
    assert session.document.selection is None


def test_apply_to_locked_pixels_says_so_and_changes_nothing(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    session.apply(edits.SetLock(PHOTO, "pixels", True))
    panel.add("invert_colours")
    document = session.document
    panel.controls.work_in.click()
    qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=10_000)
    assert session.document is document


def test_a_locked_adjustment_has_no_controls_to_move(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.add("exposure")
    session.apply(edits.SetLock(session.active_id, "pixels", True))
    section = panel.controls.section
    assert section is not None
    assert not section.isEnabled()
    assert panel.controls.locked.isVisible()


def test_reset_remove_and_back_to_all(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    panel.insert(values.Exposure(2.0), "Bright")
    panel.controls.reset.click()
    assert adjustment(session) == values.Exposure()
    panel.controls.back.click()
    assert panel.grid.isVisible()
    panel.add("vibrance")
    assert panel.controls.isVisible()
    panel.controls.remove.click()
    assert len(session.document.layers) == 2


@pytest.mark.parametrize("name", ["auto_tone", "auto_colour", "auto_white_balance"])
def test_auto_reads_the_picture(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot, name: str
) -> None:
    rng = np.random.default_rng(5)
    pixels = rng.integers((40, 60, 90, 255), (110, 140, 180, 256), (200, 300, 4)).astype(np.uint8)
    session = window.workspace.open_pixels(Tiles.from_array(pixels), "flat.jpg")
    before = Compositor().merged(session.document)[..., :3].astype(int)
    window.actions_[name].trigger()
    qtbot.waitUntil(lambda: len(session.document.layers) == 2, timeout=10_000)
    after = Compositor().merged(session.document)[..., :3].astype(int)
    if name == "auto_tone":
        assert np.ptp(after) > np.ptp(before) + 60
    else:
        assert np.ptp(after.mean(axis=(0, 1))) < np.ptp(before.mean(axis=(0, 1))) / 2


def test_the_menu_has_keys_and_opens_the_panel(window: MainWindow, session: EditSession) -> None:
    window.side.open("background")
    assert window.canvas is not None
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert window.side.open_id == "adjust"
    assert isinstance(adjustment(session), values.HueSaturation)
    window.actions_["desaturate"].trigger()
    merged = Compositor().merged(session.document).astype(int)
    assert np.ptp(merged[..., :3], axis=2).max() <= 2
    for name in ("levels", "curves", "colour_balance", "invert_colours"):
        window.actions_[name].trigger()
    assert len(session.document.layers) == 7


def test_nothing_can_be_adjusted_where_nothing_is_open(
    window: MainWindow, panel: AdjustPanel
) -> None:
    assert not panel.isEnabled()
    for name in ("levels", "auto_tone", "recolour", "apply_adjustment", "histogram"):
        assert not window.actions_[name].isEnabled()
    panel.add("levels")
    panel.add_auto("auto_tone")
    assert window.workspace.sessions == ()


def test_the_histogram_follows_the_picture(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    window.actions_["histogram"].trigger()
    histogram = panel.histogram
    qtbot.waitUntil(lambda: bool(histogram.told.text()), timeout=10_000)
    panel.insert(Levels(rgb=Band(high=0.0)), "Black")
    qtbot.waitUntil(lambda: "100" in histogram.told.text(), timeout=10_000)
    for kind in ("luminance", "waveform", "rgb"):
        histogram.kinds.button(kind).click()
        assert not histogram.graph.grab().isNull()
