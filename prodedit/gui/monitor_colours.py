# SPDX-License-Identifier: Apache-2.0
"""Colours as this monitor has to be told them, by the profile that it was measured with.

The picture is sRGB throughout; only what the canvas paints is changed, and no file. Where the
system says nothing, or the profile is sRGB's own, nothing is changed at all.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QColorSpace, QColorTransform, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtWidgets import QMainWindow

from prodedit.gui.regions import few_rects
from prodedit.gui.system_profile import system_profile

if TYPE_CHECKING:
    from prodedit.editing.settings import Settings
    from prodedit.editing.workspace import Workspace
    from prodedit.gui.canvas import Canvas
    from prodedit.gui.document_view import DocumentView
    from prodedit.gui.document_views import DocumentViews

_log = logging.getLogger(__name__)
AS_SYSTEM, NONE = "system", "none"
"""Instead of a profile's file in the settings."""
LARGEST = 16 << 20


def to_monitor(profile: bytes) -> QColorTransform | None:
    """From sRGB to a monitor with this ICC profile; None where nothing is to be changed, because it
    is sRGB's own or none that can be used."""
    if int.from_bytes(profile[:4]) != len(profile) or profile[36:40] != b"acsp":
        return None
    space = QColorSpace.fromIccProfile(QByteArray(profile))
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    is_rgb = space.colorModel() == QColorSpace.ColorModel.Rgb
    if not (space.isValidTarget() and is_rgb) or space == srgb:
        return None
    found = srgb.transformationToColorSpace(space)
    return None if found.isIdentity() else found


def convert(image: QImage, region: QRegion, colours: QColorTransform) -> None:
    """Change the pixels of a region, which are sRGB, in place."""
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for rect in few_rects(region):
        piece = image.copy(rect)
        piece.applyColorTransform(colours)
        painter.drawImage(QPoint(rect.left(), rect.top()), piece)
    painter.end()


def read_profile(path: Path) -> bytes:
    """b"" where it can't be read, or is far larger than any profile."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        _log.warning("the monitor's profile could not be read: %s", error)
        return b""
    return data if len(data) <= LARGEST else b""


class MonitorColours(QObject):
    """Tells every canvas of a window, and again when the window goes to another screen or the
    person chooses another profile."""

    def __init__(self, workspace: Workspace, views: DocumentViews, window: QMainWindow) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window
        self._canvases: list[Canvas] = []
        self._chosen = workspace.settings.monitor
        self._colours: QColorTransform | None = None
        views.added.connect(self._added)
        workspace.settings_changed.connect(self._settings_changed)
        QTimer.singleShot(0, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        """The window has its handle once it is shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._look)
        self._look()

    @Slot()
    def _look(self, *_ignored: object) -> None:
        self._colours = to_monitor(self._profile())
        for canvas in self._canvases:
            self._tell(canvas)

    def _profile(self) -> bytes:
        if self._chosen == NONE:
            return b""
        if self._chosen != AS_SYSTEM:
            return read_profile(Path(self._chosen))
        screens = QGuiApplication.screens()
        screen = self._window.screen()
        place = screens.index(screen) if screen in screens else 0
        return system_profile(QGuiApplication.platformName(), place)

    @Slot(object)
    def _added(self, view: DocumentView) -> None:
        canvas = view.canvas
        self._canvases.append(canvas)
        canvas.destroyed.connect(lambda: self._canvases.remove(canvas))
        self._tell(canvas)

    def _tell(self, canvas: Canvas) -> None:
        canvas.buffer.set_colours(self._colours)
        canvas.update()

    @Slot(object)
    def _settings_changed(self, settings: Settings) -> None:
        if settings.monitor != self._chosen:
            self._chosen = settings.monitor
            self._look()
