# SPDX-License-Identifier: Apache-2.0
"""What an empty window shows: drop photos here, open, samples, recent pictures."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.data_files import resources_folder
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette

SAMPLE_SIZE, DROP_SIZE = QSize(152, 114), QSize(480, 200)
ROOMY, LARGEST = QSize(1300, 900), 2.0
"""From this size of the page on its pictures grow with it, up to so many times."""
RECENT_SHOWN = 6
RECENT_SIZE = QSize(112, 84)


class StartPage(QWidget):
    """Tells which file was chosen; opening is the workspace's."""

    open_wanted = Signal()
    chosen = Signal(object)
    """Path"""
    recent_shown = Signal(object)
    """A tuple of the recent files' Paths: they wait for `show_small`."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start-page")
        self._sample_buttons: dict[Path, QToolButton] = {}  # those without their pictures
        self._shown: list[QToolButton] = []
        self._recent_buttons: dict[Path, QToolButton] = {}
        self._recent = QHBoxLayout()
        self._recent.setSpacing(12)
        self._recent_title = heading(self.tr("Recent"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._drop_place(palette), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addWidget(heading(self.tr("Or try a sample"), self), 0, _MIDDLE)
        column.addLayout(self._samples())
        column.addWidget(self._recent_title, 0, _MIDDLE)
        column.addLayout(self._recent)
        column.addStretch(2)

    def show_recent(self, names: tuple[str, ...]) -> None:
        """Those that still exist, newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        there = (path for path in map(Path, dict.fromkeys(names)) if path.exists())
        paths = tuple(itertools.islice(there, RECENT_SHOWN))
        self._recent_title.setVisible(bool(paths))
        self._recent_buttons = {path: self._recent_button(path) for path in paths}
        self._recent.addStretch(1)
        for button in self._recent_buttons.values():
            self._recent.addWidget(button)
        self._recent.addStretch(1)
        self.recent_shown.emit(paths)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files whose buttons are shown."""
        return tuple(self._recent_buttons)

    def show_small(self, path: Path, small: QPixmap) -> None:
        """The picture of a recent file; nothing where that is not shown any more."""
        if path in self._recent_buttons:
            self._recent_buttons[path].setIcon(QIcon(small))

    def _recent_button(self, path: Path) -> QToolButton:
        width = RECENT_SIZE.width()
        short = self.fontMetrics().elidedText(path.name, _ELIDE, width)
        button = QToolButton(self)
        button.setText(short.replace("&", "&&"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIcon(QIcon(_empty_picture(RECENT_SIZE)))
        button.setIconSize(RECENT_SIZE)
        button.setFixedWidth(width + 16)
        button.setAccessibleName(path.name)
        button.setToolTip(str(path))
        button.clicked.connect(lambda: self.chosen.emit(path))
        return button

    def show_samples(self) -> None:
        """Put the pictures on their buttons: reading them takes as long as painting the window."""
        while self._sample_buttons:
            path, button = self._sample_buttons.popitem()
            # Our own file, so it needs no decoder process.
            reader = QImageReader(str(path))
            reader.setScaledSize(reader.size().scaled(SAMPLE_SIZE * 2, _FILL))
            button.setIcon(QIcon(QPixmap.fromImageReader(reader)))

    def set_drop_target(self, lit: bool) -> None:
        """Light up while something that can be dropped hovers over the window."""
        self._place.setProperty("lit", lit)
        self._place.style().unpolish(self._place)
        self._place.style().polish(self._place)

    def _drop_place(self, palette: Palette) -> QFrame:
        self._place = QFrame(self)
        self._place.setObjectName("drop-place")
        self._place.setMinimumSize(DROP_SIZE)
        title = QLabel(self.tr("Drop photos here"), self._place)
        title.setObjectName("drop-title")
        hint = QLabel(self.tr("Photos stay on this computer."), self._place)
        hint.setProperty("role", "secondary")
        button = QPushButton(self.tr("Open photos"), self._place)
        button.setProperty("look", "primary")
        set_icon(button, "folder-open", palette)
        button.clicked.connect(self.open_wanted)
        column = QVBoxLayout(self._place)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        for widget in (title, hint, button):
            column.addWidget(widget, 0, _MIDDLE)
        column.addStretch(1)
        return self._place

    def _samples(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for path in sample_photos():
            row.addWidget(self._sample(path))
        row.addStretch(1)
        return row

    def _sample(self, path: Path) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QIcon(_empty_picture(SAMPLE_SIZE)))
        button.setIconSize(SAMPLE_SIZE)
        self._sample_buttons[path] = button
        self._shown.append(button)
        button.setAccessibleName(self.tr("Sample: {name}").format(name=path.stem))
        button.setToolTip(self.tr("Open this sample"))
        button.clicked.connect(lambda: self.chosen.emit(path))
        return button

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a large screen it is not to look lost."""
        room = min(self.width() / ROOMY.width(), self.height() / ROOMY.height())
        share = min(LARGEST, max(1.0, room))
        self._place.setMinimumSize(DROP_SIZE * share)
        for button in self._shown:
            button.setIconSize(SAMPLE_SIZE * share)
        super().resizeEvent(event)


def heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "secondary")
    return label


def _empty_picture(size: QSize) -> QPixmap:
    """Keeps the place of one."""
    picture = QPixmap(size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def sample_photos() -> tuple[Path, ...]:
    """The photos that come with the program."""
    return tuple(sorted((resources_folder() / "samples").glob("*.jpg")))


_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_ELIDE = Qt.TextElideMode.ElideMiddle
_FILL = Qt.AspectRatioMode.KeepAspectRatioByExpanding
