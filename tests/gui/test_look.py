# SPDX-License-Identifier: Apache-2.0
"""Nothing is cut off or lies over another, in both languages, on the smallest screen we serve."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, QTranslator
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from prodedit.core.edits import SetMask
from prodedit.core.layer import Colour
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.data_files import resources_folder
from prodedit.gui.dialogs.about import About
from prodedit.gui.dialogs.command_search import CommandSearch
from prodedit.gui.dialogs.keys import KeyList
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.gui.icons import set_icon
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Choice, Notice, Notices
from prodedit.gui.theme import DARK, LIGHT, Palette
from tests.window import noise, open_noise, opened_window

SMALLEST = QSize(1366, 768)
SMALLEST_TEXT = 12
PANELS = ("background", "properties", "export", "history", "jobs")
DAMAGED = (
    "This picture is damaged: only about {percent} % of it can be read. "
    "You can open what is left or choose another."
)


@pytest.fixture(params=["en", "zh_CN"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    translator = QTranslator()
    if request.param != "en":
        if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
            pytest.skip("no font with Chinese characters is installed")
        translator.load(f"prodedit_{request.param}", str(resources_folder() / "translations"))
        QCoreApplication.installTranslator(translator)
    with opened_window(qtbot, tmp_path) as opened:
        opened.resize(SMALLEST)
        yield opened
    QCoreApplication.removeTranslator(translator)


def cut_off(root: QWidget) -> list[str]:
    """The texts in `root` that do not fit where they stand."""
    widgets = [w for w in root.findChildren(QWidget) if w.isVisibleTo(root)]
    return [f"{type(w).__name__}: {_text(w)}" for w in widgets if not _fits(w)]


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLabel | QAbstractButton | QSpinBox):
        return widget.text()
    return ""


def _fits(widget: QWidget) -> bool:
    text = _text(widget)
    if not text or _is_icon_only(widget):
        return True
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height()
    width = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()
    taken = {QComboBox: 36, QSpinBox: 26, QLabel: 0}.get(type(widget), 8)
    return width + taken <= widget.width() and widget.fontMetrics().height() <= widget.height()


def _is_icon_only(widget: QWidget) -> bool:
    only_icon = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() == only_icon


def overlaps(root: QWidget) -> list[str]:
    """Pairs of shown neighbours in one layout that lie over each other."""
    found = []
    for parent in root.findChildren(QWidget):
        layout = parent.layout()
        if layout is None or not parent.isVisibleTo(root):
            continue
        children = parent.findChildren(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [c for c in children if c.isVisibleTo(root) and not c.isWindow()]
        found += [f"{a} {b}" for a, b in combinations(shown, 2) if _overlap(a, b)]
    return found


def _overlap(a: QWidget, b: QWidget) -> bool:
    return a.geometry().intersects(b.geometry()) and not isinstance(b, Notices)


def small(root: QWidget) -> list[str]:
    shown = [w for w in root.findChildren(QWidget) if w.isVisibleTo(root) and _text(w)]
    return [_text(w) for w in shown if 0 < w.fontInfo().pixelSize() < SMALLEST_TEXT]


def assert_tidy(qtbot: QtBot, root: QWidget) -> None:
    qtbot.wait(20)  # layouts settle
    assert cut_off(root) == []
    assert overlaps(root) == []
    assert small(root) == []


def test_the_checks_see_what_is_wrong(qtbot: QtBot) -> None:
    """Guards the tests below, which would pass on blindness."""
    root = QWidget()
    qtbot.addWidget(root)
    label = QLabel("A text that is far too long", root)
    label.setGeometry(0, 0, 40, 20)
    root.show()
    assert cut_off(root) == ["QLabel: A text that is far too long"]


def test_the_start_page_fits(qtbot: QtBot, window: MainWindow) -> None:
    needed = window.minimumSizeHint()
    assert needed.width() <= SMALLEST.width()
    assert needed.height() <= SMALLEST.height()
    assert_tidy(qtbot, window)


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_fits(qtbot: QtBot, window: MainWindow, panel: str) -> None:
    open_noise(window)
    window.side.open(panel)
    for button in window.side.findChildren(QToolButton):
        if button.property("look") == "fold":
            button.setChecked(True)
    assert_tidy(qtbot, window)
    assert window.size() == SMALLEST


def test_the_main_button_of_export_is_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    open_noise(window)
    window.side.open("export")
    window.export.formats.button("jpeg").click()
    qtbot.wait(20)
    assert window.export.button.visibleRegion().boundingRect() == window.export.button.rect()


def test_several_notices_stand_above_each_other(qtbot: QtBot, window: MainWindow) -> None:
    open_noise(window)
    window.notices.tell("Saved: mug.ora")
    choice = Choice(window.tr("Open what is left"), lambda: None)
    problem = Problem(DAMAGED, code="damaged", details="premature end", percent=52)
    window.notices.tell_problem(problem, choice)
    window.notices.tell("A text so long that it needs more than one line. " * 4, kind="problem")
    assert_tidy(qtbot, window)
    cards = [card for card in window.notices.findChildren(Notice) if card.isVisible()]
    assert len(cards) == 3
    for above, below in combinations(cards, 2):
        assert above.geometry().bottom() < below.geometry().top()
    assert window.notices.geometry().bottom() == window.stack.rect().bottom()


def test_details_of_a_notice_unfold_into_room(qtbot: QtBot, window: MainWindow) -> None:
    problem = Problem(DAMAGED, code="damaged", details="line\n" * 6, percent=52)
    window.notices.tell_problem(problem)
    before = window.notices.height()
    more = next(b for b in window.notices.findChildren(QAbstractButton) if b.isCheckable())
    more.click()
    assert window.notices.height() > before
    assert_tidy(qtbot, window)


def test_dialogs_fit(qtbot: QtBot, window: MainWindow) -> None:
    workspace = window.workspace
    preferences = Preferences(workspace, window.gpu, window)
    for dialog in (preferences, About(window), KeyList(workspace, window)):
        dialog.show()
        assert_tidy(qtbot, dialog)
        assert dialog.height() <= SMALLEST.height()
        dialog.close()


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_an_icon_on_a_main_button_is_as_light_as_its_text(qtbot: QtBot, palette: Palette) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setProperty("look", "primary")
    set_icon(button, "folder-open", palette)
    assert _ink(button) == palette.on_accent
    plain = QAction()
    set_icon(plain, "folder-open", palette)
    assert _ink(plain) == palette.text


def _ink(target: QAction | QToolButton) -> Colour:
    """The colour of the icon's most opaque pixel."""
    image = target.icon().pixmap(QSize(40, 40)).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    best = max(pixels, key=lambda colour: colour.alpha())
    return Colour(best.red(), best.green(), best.blue())


def test_long_names_of_recent_photos_widen_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    names = [tmp_path / f"{number} 夏季新款 {'very long name ' * 8}.jpg" for number in range(8)]
    for name in names:
        name.touch()
    window.start.show_recent(tuple(str(name) for name in names))
    assert_tidy(qtbot, window)
    assert window.minimumSizeHint().width() <= SMALLEST.width()
    assert window.width() == SMALLEST.width()


def test_a_long_hint_and_a_long_name_widen_nothing(qtbot: QtBot, window: MainWindow) -> None:
    open_noise(window, name="夏季新款连衣裙 with a very long name " * 6 + ".jpg")
    open_noise(window)
    window.status.show_hint("A hint that goes on and on and on. " * 12)
    qtbot.wait(20)
    assert window.minimumSizeHint().width() <= SMALLEST.width()
    assert window.tabs.tabRect(0).width() < 320
    assert window.tabs.tabRect(1).right() < window.tabs.width()


def test_the_main_job_needs_no_scrolling(qtbot: QtBot, window: MainWindow) -> None:
    """Cut out, another background, corrections with the brush, export: all on a small screen."""
    session = open_noise(window)
    layer = session.active_layer
    assert layer is not None
    assert layer.tiles is not None
    session.apply(SetMask(layer.id), {"alpha": Tiles.from_array(noise()[..., 0].copy())})
    panel = window.background
    panel.correct.choices.button("restore").click()
    qtbot.wait(50)
    area = panel.parentWidget()
    assert area is not None
    shown = area.rect()
    whole = [panel.cutout.button, *_buttons(panel.backdrop), *_buttons(panel.correct)]
    whole += panel.findChildren(QDoubleSpinBox)
    for widget in (w for w in whole if w.isVisible()):
        place = QRect(widget.mapTo(area, QPoint()), widget.size())
        assert shown.contains(place), _text(widget)


def _buttons(parent: QWidget) -> list[QAbstractButton]:
    return parent.findChildren(QAbstractButton)


def test_what_comes_out_below_the_fold_is_scrolled_to(qtbot: QtBot, window: MainWindow) -> None:
    session = open_noise(window)
    session.apply(SetMask(session.active_id), {"alpha": Tiles.from_array(noise()[..., 0].copy())})
    window.background.backdrop.choices.button("gradient").click()
    window.background.correct.choices.button("erase").click()
    sliders = window.background.correct.findChildren(QDoubleSpinBox)
    hardness = next(s for s in sliders if s.isVisible() and s.suffix() == " %")
    area = window.background.parentWidget()
    assert area is not None

    def seen() -> None:
        assert area.rect().contains(hardness.mapTo(area, hardness.rect().bottomRight()))

    qtbot.waitUntil(seen)


def test_the_card_of_commands_fits(qtbot: QtBot, window: MainWindow) -> None:
    window.search_commands()
    card = window.findChildren(CommandSearch)[-1]
    assert_tidy(qtbot, card)
    assert window.rect().contains(card.geometry())
    card.dismiss()
