# SPDX-License-Identifier: Apache-2.0
"""Recent pictures with what they look like; files dropped beside or into what is open."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from prodedit.gui.documents.drop_places import DropPlaces
from prodedit.gui.documents.recents import MOST, RecentMenu, Recents
from prodedit.gui.main_window import MainWindow
from tests.window import close_all, open_file, open_noise

RED = (0, 0, 200)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "红杯子.png"
    cv2.imwrite(str(path), np.full((40, 60, 3), RED, np.uint8))
    return path


def is_red(button: QToolButton) -> bool:
    image = button.icon().pixmap(button.iconSize()).toImage()
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return (colour.red(), colour.green(), colour.blue(), colour.alpha()) == (200, 0, 0, 255)


def recent_button(window: MainWindow, path: Path) -> QToolButton:
    found = [b for b in window.start.findChildren(QToolButton) if b.toolTip() == str(path)]
    return found[-1]


def recent_menu(window: MainWindow) -> RecentMenu:
    menu = window.actions_["open_recent"].menu()
    assert isinstance(menu, RecentMenu)
    menu.aboutToShow.emit()
    return menu


@pytest.mark.parametrize("as_project", [False, True])
def test_the_start_page_and_the_menu_show_what_they_look_like(
    window: MainWindow, qtbot: QtBot, photo: Path, as_project: bool
) -> None:
    session = open_file(qtbot, window.workspace, photo)
    if as_project:
        photo = photo.with_suffix(".ora")
        with qtbot.waitSignal(window.workspace.saved, timeout=60_000):
            window.workspace.save(session, photo)
    close_all(window)
    qtbot.waitUntil(lambda: is_red(recent_button(window, photo)), timeout=60_000)
    menu = recent_menu(window)
    first = menu.actions()[0]
    assert first.text() == str(photo)

    def seen() -> bool:
        image = first.icon().pixmap(48, 36).toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2).red() == 200

    qtbot.waitUntil(seen, timeout=60_000)
    with qtbot.waitSignal(window.workspace.session_opened, timeout=60_000):
        first.trigger()


def test_what_cannot_be_read_has_no_picture_and_does_no_harm(
    window: MainWindow, qtbot: QtBot, photo: Path
) -> None:
    broken = photo.with_name("broken.png")
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    window.start.show_recent((str(broken), str(photo)))
    qtbot.waitUntil(lambda: is_red(recent_button(window, photo)), timeout=60_000)
    assert not is_red(recent_button(window, broken))
    assert window.notices.texts == ()


def test_only_the_last_ones_are_kept_in_memory(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    recents = Recents(window.workspace, window.start)
    kept: dict[Path, weakref.ref[QImage]] = {}
    recents.made.connect(lambda path, image: kept.update({path: weakref.ref(image)}))
    paths = [tmp_path / f"{number}.png" for number in range(MOST + 2)]
    for number, path in enumerate(paths):
        cv2.imwrite(str(path), np.full((4, 4, 3), number, np.uint8))
        recents.want([path])
    qtbot.waitUntil(lambda: kept.keys() >= set(paths), timeout=60_000)
    gc.collect()
    assert [path for path in paths if kept[path]() is None] == paths[:2]
    with qtbot.waitSignal(recents.made, timeout=60_000):
        recents.want(paths[:1])
    recents.deleteLater()


def test_they_can_be_forgotten(window: MainWindow, qtbot: QtBot, photo: Path) -> None:
    open_file(qtbot, window.workspace, photo)
    recent_menu(window).actions()[-1].trigger()
    assert window.workspace.settings.recent == ()
    assert [a.text() for a in recent_menu(window).actions()] == ["Nothing yet"]


# Dropping


def drop(window: MainWindow, where: QPoint, *paths: Path) -> None:
    """As the window system tells it: in, over that place of the canvas, down."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    key = Qt.KeyboardModifier.NoModifier
    here = window.mapFromGlobal(where)
    window.dragEnterEvent(QDragEnterEvent(here, copy, mime, left, key))
    window.dragMoveEvent(QDragMoveEvent(here, copy, mime, left, key))
    window.dropEvent(QDropEvent(QPointF(here), copy, mime, left, key))


def field(window: MainWindow, number: int) -> QPoint:
    (places,) = window.findChildren(DropPlaces)
    places.setGeometry(places.parentWidget().rect())
    return places.mapToGlobal(places.fields()[number].center())


def test_dropped_on_one_field_they_are_layers_on_the_other_pictures(
    window: MainWindow, qtbot: QtBot, photo: Path
) -> None:
    session = open_noise(window)
    other = photo.with_name("other.png")
    other.write_bytes(photo.read_bytes())
    drop(window, field(window, 1), photo, other)
    qtbot.waitUntil(lambda: len(session.document.layers) == 3, timeout=60_000)
    assert [layer.name for layer in session.document.layers[1:]] == ["红杯子", "other"]
    assert len(window.workspace.sessions) == 1
    drop(window, field(window, 0), photo)
    qtbot.waitUntil(lambda: len(window.workspace.sessions) == 2, timeout=60_000)
    assert len(session.document.layers) == 3
    (places,) = window.findChildren(DropPlaces)
    assert places.isHidden()


def test_where_nothing_is_open_there_is_nothing_to_choose(
    window: MainWindow, qtbot: QtBot, photo: Path
) -> None:
    drop(window, field(window, 1), photo)
    qtbot.waitUntil(lambda: len(window.workspace.sessions) == 1, timeout=60_000)
