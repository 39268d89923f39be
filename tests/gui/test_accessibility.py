# SPDX-License-Identifier: Apache-2.0
"""The window without eyes and without a mouse: names, Tab order, keys that reach everything."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.gui.actions import entries
from prodedit.gui.dialogs.about import About
from prodedit.gui.dialogs.keys import KeyList
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Choice
from prodedit.gui.panels.fill_fields import FillFields
from prodedit.gui.panels.section import Choices
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated
from tests.window import open_noise, opened_window

PANELS = ("background", "adjust", "properties", "export", "history", "paths", "jobs")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path) as opened:
        yield opened


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    return open_noise(window)


def name_of(widget: QWidget) -> str:
    """What a screen reader says first."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) or interface.text(QAccessible.Text.Value)


def takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if takes_focus(widget) and widget.isVisibleTo(root) and not name_of(widget)
    ]


def unfold(root: QWidget) -> None:
    for button in root.findChildren(QToolButton):
        if button.property("look") == "fold":
            button.setChecked(True)


def test_the_start_page_has_names(window: MainWindow) -> None:
    assert nameless(window) == []


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.usefixtures("session")
def test_every_panel_has_names(window: MainWindow, panel: str) -> None:
    window.side.open(panel)
    unfold(window.side)
    assert nameless(window) == []


def test_dialogs_have_names(window: MainWindow) -> None:
    dialogs: tuple[QDialog, ...] = (About(window), KeyList(window.workspace, window))
    for dialog in dialogs:
        dialog.show()
        assert nameless(dialog) == []
        dialog.close()


def test_preferences_have_names_and_escape_closes_them(window: MainWindow) -> None:
    dialog = Preferences(window.workspace, window.gpu, window)
    dialog.show()
    assert nameless(dialog) == []
    for box in dialog.findChildren(QComboBox):
        label = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
        assert label, "a box is told by the label before it"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("session")
def test_the_names_of_a_pair_differ_from_none(window: MainWindow) -> None:
    """Icons say nothing: each button without text has a name and a tip."""
    for button in window.findChildren(QAbstractButton):
        if takes_focus(button) and button.isVisibleTo(window) and not button.text():
            assert button.accessibleName(), button
            assert button.toolTip(), button.accessibleName()


def tab_stops(window: MainWindow, first: QWidget) -> list[QWidget]:
    """Where Tab stops from `first` on, until it comes round or stays."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [first]
    for _ in range(200):
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in stops:
            return stops
        stops.append(now)
    raise AssertionError("Tab never comes round")


def open_button(window: MainWindow) -> QWidget:
    return window.top.findChildren(QToolButton)[0]


def test_no_tool_is_named_like_a_choice_in_a_panel(window: MainWindow) -> None:
    """Who hears or says the name means one of them."""
    tools = {translated(tool.title) for tool in TOOLS.values()}
    offered = {
        button.text()
        for choices in window.findChildren(Choices)
        for button in choices.findChildren(QPushButton)
    }
    fills = FillFields(("none", "colour", "gradient", "pattern"), window)
    offered |= {button.text() for button in fills.findChildren(QPushButton)}
    fills.deleteLater()
    assert tools & offered == set()


def test_tab_goes_through_the_start_page_as_the_eye_does(window: MainWindow) -> None:
    stops = [name_of(stop) for stop in tab_stops(window, open_button(window))]
    assert stops[:4] == ["Open", "Search commands", "Open photos", "Sample: bear"]
    assert stops[-1] == "Background", "the rail at the right comes last"


def test_tab_goes_through_a_picture_as_the_eye_does(
    window: MainWindow, session: EditSession
) -> None:
    session.activate(session.document.layers[0].id)
    stops = tab_stops(window, open_button(window))
    assert stops[-1] is window.canvas, "on the canvas, Tab folds the panels: F6 leads on"
    areas = [window.top, window.tools, window.tabs, window.stack]
    places = [next(n for n, a in enumerate(areas) if a is s or a.isAncestorOf(s)) for s in stops]
    assert places == sorted(places)
    top = [s.mapTo(window, QPoint()).x() for s in stops if window.top.isAncestorOf(s)]
    assert top == sorted(top)


def test_f6_leads_from_area_to_area_and_back(window: MainWindow, session: EditSession) -> None:
    assert window.canvas is not None
    window.canvas.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(7):
        window.actions_["next_area"].trigger()
        seen.append(QApplication.focusWidget())
    areas = [window.background, window.layers, window.side, window.top, window.tools, window.tabs]
    for area, widget in zip(areas, seen, strict=False):
        assert widget is not None
        assert area is widget or area.isAncestorOf(widget), (area, widget)
    assert seen[-1] is window.canvas
    del session


@pytest.mark.usefixtures("session")
def test_tab_goes_down_the_panel_and_then_down_the_layers(window: MainWindow) -> None:
    window.side.open("export")
    first = window.export.formats.button("jpeg")
    stops = tab_stops(window, first)
    panel = (window.export, window.export.foot)
    inside = [s for s in stops if any(part.isAncestorOf(s) for part in panel)]
    layers = [s for s in stops if window.layers.isAncestorOf(s)]
    assert inside[-1] is window.export.button
    assert stops[: len(inside)] == inside
    assert stops[len(inside) : len(inside) + len(layers)] == layers
    for one, next_one in pairwise(layers[:4]):
        assert _reads_before(one, next_one, window)


def _reads_before(one: QWidget, other: QWidget, window: MainWindow) -> bool:
    """Above, or left in the same row."""
    a, b = (w.mapTo(window, w.rect().center()) for w in (one, other))
    return a.y() < b.y() - 8 or (abs(a.y() - b.y()) <= 8 and a.x() < b.x())


def test_layers_can_be_chosen_shown_and_renamed_by_key(
    window: MainWindow, session: EditSession
) -> None:
    below = session.document.layers[0].id
    above = session.document.new_id()
    assert session.apply(edits.DuplicateLayer(below, above, "copy"))
    session.activate(above)
    tree = window.layers.tree
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert session.active_id == below
    QTest.keyClick(tree, Qt.Key.Key_Space)
    layer = session.document.find(below)
    assert layer is not None
    assert not layer.visible
    QTest.keyClick(tree, Qt.Key.Key_Space)
    layer = session.document.find(below)
    assert layer is not None
    assert layer.visible
    QTest.keyClick(tree, Qt.Key.Key_F2)
    assert tree.state() == tree.State.EditingState


def test_a_layer_is_told_by_its_name(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.RenameLayer(session.document.layers[0].id, "Blue mug"))
    index = window.layers.model.index_of(session.document.layers[0].id)
    told = [index.data(Qt.ItemDataRole.AccessibleTextRole), index.data(Qt.ItemDataRole.DisplayRole)]
    assert "Blue mug" in told


def test_escape_closes_a_notice_that_has_the_focus(window: MainWindow) -> None:
    window.notices.tell("Something is kept.", Choice("Show", lambda: None))
    assert window.notices.texts == ("Something is kept.",)
    button = next(
        b for b in window.notices.findChildren(QAbstractButton) if b.isVisible() and b.text()
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert not window.notices.texts


def test_a_problem_can_be_reached_by_f6(window: MainWindow, session: EditSession) -> None:
    del session
    window.notices.tell_problem(Problem("Stopped.", code="x"))
    window.tabs.setFocus()
    window.actions_["next_area"].trigger()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.notices.isAncestorOf(focused)


def test_tips_of_tools_and_commands_tell_their_keys(window: MainWindow) -> None:
    letters = dict.fromkeys(tool.shortcut for tool in TOOLS.values())
    colours = _buttons(window.tools.colours)
    tools = [button for button in _buttons(window.tools) if button not in colours]
    for letter, button in zip(letters, tools, strict=True):
        assert f"({letter})" in button.toolTip()
    for entry in entries():
        if entry.keys:
            tip, *why = window.actions_[entry.id].toolTip().splitlines()
            assert tip.endswith(")"), entry.id
            assert bool(why) is not window.actions_[entry.id].isEnabled(), entry.id


def _buttons(area: QWidget) -> list[QToolButton]:
    return area.findChildren(QToolButton)
