# SPDX-License-Identifier: Apache-2.0
"""The Properties panel: text and shapes, changed by the fields a person uses.

Over 400 lines: one panel with its fields for every kind of layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Size
from prodedit.core.layer import (
    Colour,
    FillContent,
    GradientFill,
    Layer,
    PatternFill,
    ShapeContent,
    SolidFill,
    TextContent,
)
from prodedit.core.shape import (
    EllipseShape,
    LineShape,
    PolygonShape,
    RectangleShape,
    Shape,
    Stroke,
)
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.panels.fill_section import FillSection
from prodedit.gui.panels.properties import PropertiesPanel
from prodedit.gui.panels.shape_section import ShapeSection
from prodedit.gui.panels.text_section import TextSection
from prodedit.gui.panels.thumbnails import Thumbnails
from prodedit.render.fonts import families, styles
from prodedit.render.project import save_project
from prodedit.render.text import content_of, measure
from tests.gui.benches import Bench, new_bench
from tests.window import opened_window

RED = Colour(200, 0, 0)
MUG = Text("Mug for tea", "", size=40)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> Iterator[PropertiesPanel]:
    panel = PropertiesPanel()
    qtbot.addWidget(panel)
    panel.set_session(bench.session)
    panel.show()
    yield panel
    panel.set_session(None)


def with_text(bench: Bench, text: Text = MUG) -> None:
    bench.session.apply(edits.AddTextLayer("t", "T", text, measure(text), 50, 60))
    bench.session.activate("t")


def with_shape(bench: Bench, shape: Shape, stroke: Stroke | None = None) -> None:
    bench.session.apply(edits.AddShapeLayer("s", "S", shape, SolidFill(RED), stroke, 50, 60))
    bench.session.activate("s")


def text_of(session: EditSession) -> Text:
    layer = session.document.find("t")
    assert layer is not None
    assert isinstance(layer.content, TextContent)
    assert layer.content.extent == measure(layer.content.text)
    return layer.content.text


def content_of_shape(session: EditSession) -> ShapeContent:
    layer = session.document.find("s")
    assert layer is not None
    assert isinstance(layer.content, ShapeContent)
    return layer.content


def section(panel: PropertiesPanel) -> TextSection:
    found = panel.section
    assert isinstance(found, TextSection)
    return found


def shape_section(panel: PropertiesPanel) -> ShapeSection:
    found = panel.section
    assert isinstance(found, ShapeSection)
    return found


def test_it_follows_the_active_layer(bench: Bench, panel: PropertiesPanel) -> None:
    assert panel.section is None
    with_text(bench)
    assert isinstance(panel.section, TextSection)
    with_shape(bench, RectangleShape(10, 10))
    assert isinstance(panel.section, ShapeSection)
    bench.session.activate(PHOTO)
    assert panel.section is None
    panel.set_session(None)
    assert panel.section is None


def test_it_shows_the_text_as_it_is(bench: Bench, panel: PropertiesPanel) -> None:
    family = next(name for name in families() if len(styles(name)) > 1)
    style = styles(family)[1]
    with_text(
        bench,
        Text("a", family, style, 33.5, RED, "right", 1.5, 120, 300, underline=True),
    )
    shown = section(panel)
    assert shown.family.currentText() == family
    assert shown.style_.box.currentText() == style
    assert shown.size_.value == 33.5
    assert shown.colour.colour == RED
    assert shown.align.current == "right"
    assert shown.underline.isChecked()
    assert (shown.lines.value, shown.letters.value, shown.width_.value) == (150, 120, 300)
    assert shown.missing.isHidden()
    assert bench.session.stack.count() == 1


def test_every_field_changes_the_text(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    shown = section(panel)
    shown.size_.number.setValue(55)
    assert text_of(bench.session).size == 55
    QTest.mouseClick(shown.align.button("centre"), Qt.MouseButton.LeftButton)
    assert text_of(bench.session).align == "centre"
    QTest.mouseClick(shown.underline, Qt.MouseButton.LeftButton)
    assert text_of(bench.session).underline
    shown.colour.picked.emit(RED)
    assert text_of(bench.session).colour == RED
    shown.lines._number.setValue(140)
    assert text_of(bench.session).line_height == 1.4
    shown.letters._number.setValue(-20)
    assert text_of(bench.session).letter_spacing == -20
    shown.width_.number.setValue(150)
    assert text_of(bench.session).width == 150
    family = next(name for name in families() if len(styles(name)) > 1)
    shown.family.textActivated.emit(family)
    assert text_of(bench.session).family == family
    shown.style_.box.setCurrentIndex(1)
    shown.style_.box.activated.emit(1)
    assert text_of(bench.session).style == styles(family)[1]
    while bench.session.stack.canUndo():
        bench.session.undo()
    assert bench.session.document is bench.session.original


def test_changes_of_one_field_are_one_step(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    for size in (41, 42, 43):
        section(panel).size_.number.setValue(size)
    assert bench.session.stack.count() == 2
    bench.session.undo()
    assert text_of(bench.session).size == 40
    assert section(panel).size_.value == 40


def test_a_font_is_looked_at_before_it_is_chosen(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    name = families()[-1]
    section(panel).family.passed.emit(name)
    shown = bench.session.shown.find("t")
    assert shown is not None
    assert isinstance(shown.content, TextContent)
    assert shown.content.text.family == name
    assert text_of(bench.session).family == ""


def test_a_font_that_is_not_there_is_named_and_kept(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench, Text("a", "No Such Font", "Bold"))
    shown = section(panel)
    assert "No Such Font" in shown.missing.text()
    assert shown.missing.isVisible()
    assert shown.family.currentText() == "No Such Font"
    shown.size_.number.setValue(99)
    assert text_of(bench.session).family == "No Such Font"
    assert text_of(bench.session).style == "Bold"


def test_a_typed_name_that_is_no_font_changes_nothing(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    shown = section(panel)
    before = shown.family.currentText()
    shown.family.setEditText("nonsense")
    shown.family.lineEdit().editingFinished.emit()
    assert text_of(bench.session) == MUG
    assert shown.family.currentText() == before


@pytest.mark.qt_log_ignore("does not support")  # without a screen: raise(), the keyboard's grab
def test_a_font_is_found_by_any_part_of_its_name(
    bench: Bench, panel: PropertiesPanel, qtbot: QtBot
) -> None:
    with_text(bench)
    box = section(panel).family
    name = next(name for name in families() if " " in name and name != box.currentText())
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    box.setFocus()
    line = box.lineEdit()
    assert line is not None
    qtbot.waitUntil(lambda: line.selectedText() == line.text())  # typing begins anew
    QTest.keyClicks(line, name.split(" ", 1)[1].upper())
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert name in names
    popup.setCurrentIndex(model.index(names.index(name), 0))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: text_of(bench.session).family == name)
    qtbot.waitUntil(lambda: not box.hasFocus())


def test_both_sides_need_a_box(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench, Text("a b", width=200, align="justify"))
    shown = section(panel)
    assert shown.align.button("justify").isEnabled()
    shown.width_.number.setValue(0)
    assert text_of(bench.session).align == "left"
    assert not shown.align.button("justify").isEnabled()


def test_text_of_another_alignment_stays_where_it_is(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)

    def left() -> int:
        layer = bench.session.document.find("t")
        assert layer is not None
        return layer.bounds(bench.session.document.size).x

    before = left()
    for align in ("centre", "right", "left"):
        section(panel).align.chosen.emit(align)
        assert text_of(bench.session).align == align
        assert abs(left() - before) <= 1
    section(panel).align.chosen.emit("right")
    section(panel).width_.number.setValue(300)
    assert left() > before + 20  # in a box the lines go to its other side


def test_a_locked_layer_is_shown_and_not_changed(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    bench.session.apply(edits.SetLock("t", "pixels", True))
    assert not section(panel).body.isEnabled()


def test_the_wheel_scrolls_the_panel_and_not_a_font(bench: Bench, panel: PropertiesPanel) -> None:
    with_text(bench)
    box = section(panel).family
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert text_of(bench.session) == MUG


def test_a_shape_s_fields(bench: Bench, panel: PropertiesPanel) -> None:
    with_shape(bench, RectangleShape(100, 50))
    shown = shape_section(panel)
    shown.radius._number.setValue(12)
    assert content_of_shape(bench.session).shape == RectangleShape(100, 50, 12)
    shown.width_.number.setValue(70)
    shown.height_.number.setValue(90)
    assert content_of_shape(bench.session).shape == RectangleShape(70, 90, 12)
    for kind, shape in (
        ("ellipse", EllipseShape(70, 90)),
        ("polygon", PolygonShape(70, 90, 6)),
        ("star", PolygonShape(70, 90, 6, 0.5)),
    ):
        shown.kind.chosen.emit(kind)
        assert content_of_shape(bench.session).shape == shape
    shown.sides._number.setValue(8)
    shown.inset._number.setValue(30)
    assert content_of_shape(bench.session).shape == PolygonShape(70, 90, 8, 0.3)


def test_a_shape_s_fill(bench: Bench, panel: PropertiesPanel) -> None:
    with_shape(bench, EllipseShape(100, 50))
    shown = shape_section(panel)
    assert shown.fill.colour.colour == RED
    shown.fill.kind.button("gradient").click()
    fill = content_of_shape(bench.session).fill
    assert isinstance(fill, GradientFill)
    assert fill.start == RED
    shown.fill.angle._number.setValue(45)
    fill = content_of_shape(bench.session).fill
    assert isinstance(fill, GradientFill)
    assert fill.angle == 45
    shown.fill.second.previewed.emit(Colour(1, 2, 3))
    seen = bench.session.shown.find("s")
    assert seen is not None
    assert isinstance(seen.content, ShapeContent)
    assert isinstance(seen.content.fill, GradientFill)
    assert seen.content.fill.end == Colour(1, 2, 3)
    shown.fill.kind.button("none").click()
    assert content_of_shape(bench.session).fill is None
    assert not shown.fill.colour.isVisible()


def test_a_shape_s_outline(bench: Bench, panel: PropertiesPanel) -> None:
    with_shape(bench, EllipseShape(100, 50))
    shown = shape_section(panel)
    assert content_of_shape(bench.session).stroke is None
    shown.thickness._number.setValue(5)
    shown.side.chosen.emit("outside")
    shown.dashes.chosen.emit("dotted")
    shown.stroke_colour.picked.emit(RED)
    assert content_of_shape(bench.session).stroke == Stroke(
        RED, 5, "outside", (0.0, 2.0), cap="round"
    )
    assert shown.dashes.box.currentData() == "dotted"
    shown.thickness._number.setValue(0)
    assert content_of_shape(bench.session).stroke is None


def test_a_line_has_no_kind_and_no_fill(bench: Bench, panel: PropertiesPanel) -> None:
    with_shape(bench, LineShape(Point(0, 0), Point(50, 60)), Stroke(RED, 3))
    shown = shape_section(panel)
    for widget in (shown.kind, shown.fill, shown.side, shown.radius, shown.width_):
        assert not widget.isVisible()
    assert shown.thickness.isVisible()


def test_a_round_gradient_has_no_direction(bench: Bench, panel: PropertiesPanel) -> None:
    with_shape(bench, EllipseShape(100, 50))
    shown = shape_section(panel).fill
    shown.kind.button("gradient").click()
    assert shown.angle.isVisible()
    shown.form.box.setCurrentIndex(1)
    shown.form.box.activated.emit(1)
    fill = content_of_shape(bench.session).fill
    assert isinstance(fill, GradientFill)
    assert fill.shape == "radial"
    assert not shown.angle.isVisible()


def test_a_fill_layer_s_fields(bench: Bench, panel: PropertiesPanel) -> None:
    bench.session.apply(edits.AddFillLayer("f", "F", SolidFill(RED)))
    bench.session.activate("f")
    shown = panel.section
    assert isinstance(shown, FillSection)
    fields = shown.fields
    assert not fields.kind.button("pattern").isEnabled()
    fields.kind.button("gradient").click()
    assert fill_of(bench.session) == GradientFill(RED, fields.second.colour, 90.0)
    fields.colour.picked.emit(RED)
    picture = Tiles.from_array(np.full((9, 9, 4), 255, np.uint8))
    bench.session.apply(edits.SetFill("f", PatternFill(0.5, 3, 4)), {"pattern": picture})
    assert (fields.scale.value, fields.across.value, fields.down.value) == (50, 3, 4)
    steps = bench.session.stack.count()
    fields.scale._number.setValue(80)
    fields.scale._number.setValue(90)
    assert fill_of(bench.session) == PatternFill(0.9, 3, 4)
    assert bench.session.stack.count() == steps + 1
    fields.down._number.setValue(-7)
    assert fill_of(bench.session) == PatternFill(0.9, 3, -7)


def fill_of(session: EditSession) -> object:
    layer = session.document.find("f")
    assert layer is not None
    assert isinstance(layer.content, FillContent)
    return layer.content.fill


@pytest.mark.usefixtures("bench")
def test_text_shapes_and_patterns_have_pictures_of_their_own() -> None:
    thumbnails = Thumbnails()
    layers = (
        Layer("a", "a", content_of(Text("杯子 mug", size=500, colour=RED))),
        Layer("b", "b", content_of(Text("Xylophone", size=5, colour=RED))),
        Layer("c", "c", ShapeContent(EllipseShape(3000, 20), SolidFill(RED))),
        Layer("d", "d", ShapeContent(PolygonShape(20, 20, 5, 0.5), SolidFill(RED))),
    )
    pictures = []
    for layer in layers:
        picture = thumbnails.of_layer(layer)
        assert picture is not None
        pictures.append(picture.toImage())
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])
    empty = Layer("e", "e", TextContent(Text(""), measure(Text(""))))
    assert thumbnails.of_layer(empty) is not None
    pattern = FillContent(PatternFill(), Tiles.empty(Size(9, 9), 4))
    assert thumbnails.of_layer(Layer("f", "f", pattern)) is not None


def test_opening_names_fonts_that_are_not_there(qtbot: QtBot, tmp_path: Path) -> None:
    texts = (Text("a", "No Such Font", size=30), Text("b", "Nor This", size=30))
    layers = tuple(Layer(str(n), "T", content_of(text)) for n, text in enumerate(texts))
    save_project(Document(Size(90, 60), layers), tmp_path / "a.ora")
    with opened_window(qtbot, tmp_path / "own") as window:
        window.workspace.open(tmp_path / "a.ora")
        qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=20_000)
        (told,) = window.notices.texts
    assert "“No Such Font”" in told
    assert "“Nor This”" in told
