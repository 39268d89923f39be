# SPDX-License-Identifier: Apache-2.0
"""What a person says before a generator is trained: which pictures, what it is called, how long."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.training import TrainingOrder
from prodedit.engine.generators.card import GeneratorCard
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.generators.library import GeneratorLibrary, Shelved
from prodedit.engine.training.setting import Family, Side
from prodedit.gui.panels.section import in_row, secondary

_MINUTES = 60
_NO_NAME = set('\\/:*?"<>|')


class TrainingForm(QWidget):
    """A folder may be dropped on it."""

    changed = Signal()

    def __init__(self, library: GeneratorLibrary, parent: QWidget | None = None) -> None:
        """library: where it goes to, and what it may begin with."""
        super().__init__(parent)
        self._library = library
        self._generators = library.own
        self.folder = QLineEdit(self)
        self.folder.setPlaceholderText(self.tr("Choose, or drop it here"))
        self.folder.setAccessibleName(self.tr("Folder of pictures"))
        self.browse = QPushButton(self.tr("Choose…"), self)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name"))
        self.start = QComboBox(self)
        self.start.setAccessibleName(self.tr("Begin with"))
        self.start.setToolTip(
            self.tr("What another generator knows: fewer pictures and less time are enough.")
        )
        self.start.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.family, self.side = QComboBox(self), QComboBox(self)
        self.family.setAccessibleName(self.tr("Kind"))
        self.side.setAccessibleName(self.tr("Size of its pictures"))
        for family, title in self._families().items():
            self.family.addItem(title, family)
        for side in (64, 128, 256, 512):
            self.side.addItem(f"{side} × {side}", side)
        self.side.setCurrentIndex(1)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(0, 60 * 24 * 14)
        self.minutes.setSingleStep(10)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setSpecialValueText(self.tr("As long as it needs"))
        self.minutes.setValue(_MINUTES)
        self.minutes.setAccessibleName(self.tr("Time"))
        self.minutes.lineEdit().setAccessibleName(self.tr("Time"))
        self.minutes.lineEdit().setTextMargins(4, 0, 0, 0)
        self.cut_out = QCheckBox(self.tr("Cut products out onto white"), self)
        self.cut_out.setChecked(True)
        self._lay_out()
        self.load()
        self.setAcceptDrops(True)
        self.browse.clicked.connect(self._choose)
        self.folder.textChanged.connect(self._folder_changed)
        self.name.textChanged.connect(self.changed)
        self.family.currentIndexChanged.connect(self._explain)
        self.start.currentIndexChanged.connect(self._follow_start)
        self._explain()

    def load(self) -> None:
        """What there is to begin with, anew; what was chosen stays so if it is still there."""
        chosen: Shelved | None = self.start.currentData()
        blocked = self.start.blockSignals(True)
        self.start.clear()
        self.start.addItem(self.tr("Nothing"), None)
        for one in self._library:
            if one.card is not None:
                self.start.addItem(self._described(one.card), one)
            if chosen is not None and one.path == chosen.path and one.card is not None:
                self.start.setCurrentIndex(self.start.count() - 1)
        self.start.blockSignals(blocked)
        self._follow_start()

    @property
    def order(self) -> TrainingOrder | None:
        """What was said; None while something is missing."""
        folder, name = self.folder.text().strip(), self.name.text().strip()
        if not folder or not name or self.trouble:
            return None
        family: Family = self.family.currentData()
        side: Side = self.side.currentData()
        start: Shelved | None = self.start.currentData()
        return TrainingOrder(
            Path(folder).expanduser(),
            self._generators / f"{name}{SUFFIX}",
            family=family,
            side=side,
            minutes=float(self.minutes.value()) or None,
            cut_out=self.cut_out.isChecked(),
            start_from=None if start is None else start.path,
        )

    @property
    def trouble(self) -> str:
        """Why it can't begin, in words; "": nothing stands against it."""
        folder, name = self.folder.text().strip(), self.name.text().strip()
        if folder and not Path(folder).expanduser().is_dir():
            return self.tr("There is no such folder.")
        if _NO_NAME & set(name) or name.startswith("."):
            return self.tr("A name can't have any of these: {signs}").format(
                signs='\\ / : * ? " < > |'
            )
        if name and (self._generators / f"{name}{SUFFIX}").exists():
            return self.tr("There is a generator of this name already.")
        return ""

    def facts(self, order: TrainingOrder) -> str:
        """What was said of a training, in words."""
        title = self._families()[order.family]
        facts = f"{order.folder}\n{title} · {order.side} × {order.side}"
        if order.start_from is None:
            return facts
        began = self.tr("Began with {name}").format(name=order.start_from.name.removesuffix(SUFFIX))
        return f"{facts}\n{began}"

    def use_folder(self, folder: Path) -> None:
        self.folder.setText(str(folder))

    def _families(self) -> dict[Family, str]:
        return {
            "two-stage": self.tr("Standard"),
            "gan": self.tr("For dragging and mixing"),
            "vae": self.tr("For finding and comparing"),
            "dcgan": self.tr("For trying out"),
        }

    def _described(self, card: GeneratorCard) -> str:
        """Which of them it is, on one line."""
        kind = next(title for family, title in self._families().items() if family == card.family)
        return f"{card.name} · {kind} · {card.side} × {card.side}"

    def _follow_start(self) -> None:
        """What begins with a generator is of its kind and size."""
        start: Shelved | None = self.start.currentData()
        if start is not None and start.card is not None:
            self.family.setCurrentIndex(self.family.findData(start.card.family))
            self.side.setCurrentIndex(self.side.findData(start.card.side))
        for box in (self.family, self.side):
            box.setEnabled(start is None)

    def _explain(self) -> None:
        words: dict[Family, str] = {
            "two-stage": self.tr(
                "Learns well without a graphics card. Makes, varies and morphs products, and works "
                "on your own photos."
            ),
            "gan": self.tr(
                "Its pictures can be mixed and pulled at points. Without a graphics card, an "
                "hour or more at 64 × 64, and much longer at larger sizes."
            ),
            "vae": self.tr("Learns fastest. Its pictures are soft; it finds odd ones out."),
            "dcgan": self.tr("Small and simple: shows how learning goes, in minutes."),
        }
        self._words.setText(words[self.family.currentData()])

    def _lay_out(self) -> None:
        self._words = secondary("", self)
        classes = self.tr("Where the folder has folders in it, each is a kind of product.")
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Folder of pictures"), in_row(self.folder, self.browse))
        form.addRow(secondary(classes, self))
        form.addRow(self.cut_out)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Begin with"), self.start)
        form.addRow(self.tr("Kind"), self.family)
        form.addRow(self._words)
        form.addRow(self.tr("Size of its pictures"), self.side)
        form.addRow(self.tr("Time"), self.minutes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)

    def _choose(self) -> None:
        title = self.tr("Folder of pictures")
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.use_folder(Path(folder))

    def _folder_changed(self, text: str) -> None:
        """Until the person names it, it is called as its pictures are."""
        if not self.name.isModified():
            name = Path(text).name if text else ""
            self.name.setText("".join(sign for sign in name if sign not in _NO_NAME))
        self.changed.emit()

    # Qt's own names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = _dropped(event.mimeData())
        if folder is not None:
            self.use_folder(folder)
            event.acceptProposedAction()


def _dropped(data: QMimeData) -> Path | None:
    """The first folder among what is dropped."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.is_dir()), None)
