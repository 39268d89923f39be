# SPDX-License-Identifier: Apache-2.0
"""A window with the earlier saves of a project: to look at, to bring back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.editing.earlier import Earlier
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_read import load_preview
from prodedit.files.versions import Version, versions_of
from prodedit.gui.late import while_there
from prodedit.gui.translation import file_size
from prodedit.render.images import image_of

SMALL, LARGE = QSize(72, 72), QSize(420, 360)
_VERSION = Qt.ItemDataRole.UserRole


class VersionsWindow(QDialog):
    """Blocks nothing; closes with its picture."""

    def __init__(
        self, workspace: Workspace, session: EditSession, earlier: Earlier, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace, self._session, self._earlier = workspace, session, earlier
        self._pictures: dict[Path, QImage] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Earlier versions of {name}").format(name=session.name))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Earlier versions"))
        self.list.setIconSize(SMALL)
        self.list.setMinimumWidth(280)
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(LARGE)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.back = QPushButton(self.tr("Bring it back"), self)
        self.back.setProperty("look", "primary")
        self.beside = QPushButton(self.tr("Open beside"), self)
        self._lay_out()
        self.list.currentItemChanged.connect(self._show)
        self.back.clicked.connect(self._bring_back)
        self.beside.clicked.connect(self._open_beside)
        session.destroyed.connect(self.close)
        workspace.saved.connect(self._saved)
        self._fill()

    def _lay_out(self) -> None:
        row, buttons = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.picture, 1)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.beside)
        buttons.addWidget(self.back)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        column.addLayout(buttons)

    def _fill(self) -> None:
        self.list.clear()
        path = self._session.path
        for version in () if path is None else versions_of(path):
            item = QListWidgetItem(_title(version), self.list)
            item.setData(_VERSION, version)
            item.setIcon(QIcon(_blank()))
            errand = self._workspace.run(partial(self._read, version), optional=True)
            errand.done.connect(while_there(self, self._seen, version))
            errand.failed.connect(while_there(self, self._unseen, version))
        self.list.setCurrentRow(0)
        self._show()

    def _read(self, version: Version) -> QImage:
        """On the thread for files. Raises Problem."""
        png = isolated(self._workspace.decoder)
        pixels, _ = load_preview(version.path, png=png)
        return image_of(pixels).copy()

    def _seen(self, version: Version, image: QImage) -> None:
        self._pictures[version.path] = image
        for item in self._items(version):
            item.setIcon(QIcon(_framed(image, SMALL)))
        self._show()

    def _unseen(self, version: Version, _problem: object) -> None:
        for item in self._items(version):
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setToolTip(self.tr("This version is damaged."))
            item.setText(f"{_title(version)}\n{self.tr('This version is damaged.')}")
        self._show()

    def _items(self, version: Version) -> list[QListWidgetItem]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in items if item.data(_VERSION) == version]

    @property
    def chosen(self) -> Version | None:
        item = self.list.currentItem()
        found: QListWidgetItem | None = item  # None in an empty list, which its stubs do not tell
        if found is None or not found.flags() & Qt.ItemFlag.ItemIsEnabled:
            return None
        version: Version = found.data(_VERSION)
        return version

    @Slot()
    def _show(self, *_ignored: object) -> None:
        chosen = self.chosen
        for button in (self.back, self.beside):
            button.setEnabled(chosen is not None)
        image = None if chosen is None else self._pictures.get(chosen.path)
        self.picture.setPixmap(QPixmap() if image is None else _framed(image, self.picture.size()))
        self.hint.setText(self._hint())

    def _hint(self) -> str:
        if self.list.count():
            return self.tr("What is open now stays one Undo away.")
        if self._session.path is None:
            return self.tr("Save this picture as a project first; each later save keeps the last.")
        return self.tr("There are none yet: each save keeps what was in the file before.")

    @Slot()
    def _bring_back(self) -> None:
        if self.chosen is not None:
            text = self.tr("Bring back an earlier version")
            self._earlier.bring_back(self._session, self.chosen.path, text)

    @Slot()
    def _open_beside(self) -> None:
        if self.chosen is not None:
            when = _when(self.chosen)
            self._earlier.open_copy(self.chosen.path, f"{self._session.name} ({when})")

    @Slot(object)
    def _saved(self, session: EditSession) -> None:
        if session is self._session:
            self._fill()

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()


def _when(version: Version) -> str:
    """To the second: who saves often has several of one minute."""
    moment = QDateTime.fromSecsSinceEpoch(round(version.time))
    day = QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {moment.time().toString('HH:mm:ss')}"


def _title(version: Version) -> str:
    return f"{_when(version)}\n{file_size(QLocale(), version.nbytes)}"


def _blank() -> QPixmap:
    """Keeps the place of one that is being read."""
    pixmap = QPixmap(SMALL)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _framed(image: QImage, room: QSize) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    fits = image.width() <= room.width() and image.height() <= room.height()
    return QPixmap.fromImage(image if fits else image.scaled(room, keep, smooth))
