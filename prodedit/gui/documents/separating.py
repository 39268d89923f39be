# SPDX-License-Identifier: Apache-2.0
"""One photo of several products: which of them become pictures of their own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.core.separating import separated
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.late import while_there
from prodedit.gui.translation import problem_text
from prodedit.render.images import image_of
from prodedit.render.small import small_pixels

SMALL = QSize(128, 128)
_REST_MS = 150
Found = tuple[tuple[Document, ...], tuple[QImage, ...]]


class SeparatingWindow(QDialog):
    """Blocks nothing; of the picture as it was when it was opened."""

    open_wanted = Signal(object)
    """A list of (name, Document)."""
    save_wanted = Signal(object)
    """A list of (name, Document)."""

    def __init__(
        self, workspace: Workspace, session: EditSession, layer_id: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace, self._name = workspace, session.name.rsplit(".", 1)[0]
        self._document, self._layer_id = session.document, layer_id
        self._found: tuple[Document, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Products of {name}").format(name=session.name))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Products"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setIconSize(SMALL)
        self.list.setSpacing(8)
        self.padding = QSpinBox(self)
        self.padding.setRange(0, 100)
        self.padding.setValue(8)
        self.padding.setSuffix(" %")
        self.padding.setAccessibleName(self.tr("Room around"))
        self.padding.lineEdit().setAccessibleName(self.tr("Room around"))
        self.padding.lineEdit().setTextMargins(4, 0, 0, 0)
        self.square = QCheckBox(self.tr("Square"), self)
        self.told = QLabel(self.tr("Looking for products…"), self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self.open_each = QPushButton(self.tr("Open each"), self)
        self.open_each.setProperty("look", "primary")
        self.save_each = QPushButton(self.tr("Save each…"), self)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._lay_out()
        self._connect()
        self._look()

    @property
    def ticked(self) -> list[tuple[str, Document]]:
        """(name, Document) of those that are wanted, numbered as they are shown."""
        rows = range(min(self.list.count(), len(self._found)))
        checked = Qt.CheckState.Checked
        wanted = [row for row in rows if self.list.item(row).checkState() == checked]
        return [(f"{self._name}-{row + 1}", self._found[row]) for row in wanted]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(QLabel(self.tr("Room around"), self))
        row.addWidget(self.padding)
        row.addWidget(self.square)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.told, 1)
        buttons.addWidget(self.save_each)
        buttons.addWidget(self.open_each)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(640, 460)

    def _connect(self) -> None:
        self._resting.timeout.connect(self._look)
        self.padding.valueChanged.connect(lambda _: self._resting.start())
        self.square.toggled.connect(lambda _: self._resting.start())
        self.list.itemChanged.connect(self._show)
        self.open_each.clicked.connect(self._open)
        self.save_each.clicked.connect(self._save)

    @Slot()
    def _look(self) -> None:
        """On the thread for files: what was asked for last is shown."""
        padding, square = self.padding.value() / 100, self.square.isChecked()
        document, layer_id = self._document, self._layer_id
        asked = (padding, square)

        def work() -> Found:
            found = separated(document, layer_id, padding=padding, square=square)
            return found, tuple(_small(one) for one in found)

        errand = self._workspace.run(work, optional=True)
        errand.done.connect(while_there(self, self._take, asked))
        errand.failed.connect(while_there(self, self._tell))

    def _take(self, asked: tuple[float, bool], found: Found) -> None:
        if asked != (self.padding.value() / 100, self.square.isChecked()):
            return
        left_out = {
            row for row in range(self.list.count())
            if self.list.item(row).checkState() != Qt.CheckState.Checked
        }  # fmt: skip
        self._found = found[0]
        self.list.clear()
        for number, (document, image) in enumerate(zip(*found, strict=True)):
            size = f"{document.size.width} × {document.size.height}"
            item = QListWidgetItem(QIcon(QPixmap.fromImage(image)), f"{number + 1}\n{size}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = number not in left_out
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._show()

    def _tell(self, problem: Problem) -> None:
        self.told.setText(problem_text(problem))
        self._show_buttons()

    @Slot()
    def _show(self) -> None:
        text = self.tr("{ticked} of {count} products")
        self.told.setText(text.format(ticked=len(self.ticked), count=self.list.count()))
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self.open_each, self.save_each):
            button.setEnabled(bool(self.ticked))

    @Slot()
    def _open(self) -> None:
        self.open_wanted.emit(self.ticked)
        self.close()

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(self.ticked)
        self.close()


def _small(document: Document) -> QImage:
    image = image_of(small_pixels(document, max(SMALL.width(), SMALL.height()) * 2)).copy()
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(SMALL * 2, keep, smooth)
