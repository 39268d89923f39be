# SPDX-License-Identifier: Apache-2.0
"""Which generator makes the pictures, and of which class; what there is to do with generators."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.generators.container import SUFFIX
from prodedit.gui.commands.files import with_suffix
from prodedit.gui.icons import set_icon
from prodedit.gui.panels.section import secondary
from prodedit.gui.studio.studio import Studio
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text, translate

_SHIPPED = (
    QT_TRANSLATE_NOOP("ProductClass", "dress"),
    QT_TRANSLATE_NOOP("ProductClass", "hat"),
    QT_TRANSLATE_NOOP("ProductClass", "longsleeve"),
    QT_TRANSLATE_NOOP("ProductClass", "outwear"),
    QT_TRANSLATE_NOOP("ProductClass", "pants"),
    QT_TRANSLATE_NOOP("ProductClass", "shirt"),
    QT_TRANSLATE_NOOP("ProductClass", "shoes"),
    QT_TRANSLATE_NOOP("ProductClass", "shorts"),
    QT_TRANSLATE_NOOP("ProductClass", "skirt"),
    QT_TRANSLATE_NOOP("ProductClass", "t-shirt"),
)
"""Classes that generators which come with the program have."""


class GeneratorBar(QWidget):
    """Two lists and a menu."""

    train_wanted = Signal()
    """A generator is to be trained: whoever has the dialog for it connects to this. The entries are
    there only where somebody has, see `offer_training`."""
    odd_wanted = Signal(str)
    """A generator's name: it is to tell which pictures of a folder are odd."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.generators = QComboBox(self)
        self.generators.setAccessibleName(self.tr("Generator"))
        self.classes = QComboBox(self)
        self.classes.setAccessibleName(self.tr("What to generate"))
        for box in (self.generators, self.classes):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(6)
        self.menu_button = QToolButton(self)
        set_icon(self.menu_button, "dots-vertical", palette_now())
        self.menu_button.setToolTip(self.tr("Generators: import, export, delete"))
        self.menu_button.setAccessibleName(self.tr("Generators: import, export, delete"))
        self._build_menu()
        self.doubt = secondary(
            self.tr("It was measured and is not good enough yet: its pictures may be poor."), self
        )
        self.doubt.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.generators, 3)
        row.addWidget(self.classes, 3)
        row.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.doubt)
        self.generators.activated.connect(self._generator_chosen)
        self.classes.activated.connect(self._class_chosen)
        studio.generators_changed.connect(self.show_studio)
        studio.generator_changed.connect(self.show_studio)

    def offer_training(self, *, there: bool) -> None:
        """Whether somebody answers `train_wanted`."""
        self.train.setVisible(there)

    @Slot()
    def show_studio(self) -> None:
        """What there is, and what of it is in use."""
        now = self._studio.generator
        self.generators.clear()
        for one in self._studio.generators:
            self.generators.addItem(one.title, one.name)
            if one.problem is not None:
                row = self.generators.count() - 1
                self.generators.setItemData(
                    row, problem_text(one.problem), Qt.ItemDataRole.ToolTipRole
                )
                self.generators.setItemData(row, 0, Qt.ItemDataRole.UserRole - 1)  # disabled
        self.generators.setCurrentIndex(-1 if now is None else self.generators.findData(now.name))
        self.classes.clear()
        names = () if now is None or now.card is None else now.card.classes
        self.classes.setVisible(len(names) > 1)
        self.classes.addItem(self.tr("All kinds"), "")
        for name in names:
            self.classes.addItem(class_title(name), name)
        self.classes.setCurrentIndex(max(0, self.classes.findData(self._studio.choice.label)))
        self.export_entry.setEnabled(now is not None)
        self.doubt.setVisible(now is not None and now.refused)
        self.odd.setVisible(now is not None and now.can("compare"))

    def import_generator(self) -> None:
        """Ask which file, and take it into the library."""
        filters = self.tr("Generators (*{suffix})").format(suffix=SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a generator"), "", filters)
        if name:
            self._studio.import_file(Path(name))

    def export_generator(self) -> None:
        """Ask where, and write the one in use as a file."""
        now = self._studio.generator
        if now is None:
            return
        filters = self.tr("Generators (*{suffix})").format(suffix=SUFFIX)
        title, proposed = self.tr("Export the generator"), str(Path.home() / f"{now.name}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, filters)
        if name:
            self._studio.export_file(with_suffix(Path(name), SUFFIX))

    def delete(self, name: str, title: str) -> None:
        """After asking: nothing brings it back."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self.tr("Delete the generator “{name}”?").format(name=title))
        box.setInformativeText(
            self.tr("It can't be got back, unless it was exported. Pictures made with it stay.")
        )
        box.setStandardButtons(buttons.Cancel)
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(buttons.Cancel)
        box.exec()
        if box.clickedButton() is delete:
            self._studio.remove(name)

    def _build_menu(self) -> None:
        menu = self.menu = QMenu(self.menu_button)
        self.train = menu.addAction(self.tr("Train one…"))
        self.train.triggered.connect(self.train_wanted)
        self.train.setVisible(False)
        menu.addAction(self.tr("Import…")).triggered.connect(self.import_generator)
        self.export_entry = menu.addAction(self.tr("Export…"))
        self.export_entry.triggered.connect(self.export_generator)
        self.odd = menu.addAction(self.tr("Find odd pictures…"))
        self.odd.triggered.connect(self._find_odd)
        self._delete_menu = menu.addMenu(self.tr("Delete"))
        menu.aboutToShow.connect(self._fill_delete_menu)
        self.menu_button.clicked.connect(self._open_menu)

    def _find_odd(self) -> None:
        if self._studio.generator is not None:
            self.odd_wanted.emit(self._studio.generator.name)

    def _open_menu(self) -> None:
        """Right below, its right edge at the button's."""
        corner = self.menu_button.mapToGlobal(self.menu_button.rect().bottomRight())
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width(), 0))

    def _fill_delete_menu(self) -> None:
        self._delete_menu.clear()
        for one in self._studio.generators:
            if one.own:
                entry = self._delete_menu.addAction(one.title.replace("&", "&&"))
                entry.triggered.connect(
                    lambda _checked=False, one=one: self.delete(one.name, one.title)
                )
        self._delete_menu.setEnabled(not self._delete_menu.isEmpty())

    @Slot(int)
    def _generator_chosen(self, row: int) -> None:
        self._studio.use(self.generators.itemData(row))

    @Slot(int)
    def _class_chosen(self, row: int) -> None:
        self._studio.change(label=self.classes.itemData(row))


class NoGenerator(QWidget):
    """In place of all else, where there is none that could be used."""

    def __init__(self, studio: Studio, bar: GeneratorBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._told = secondary("", self)
        self._broken = secondary("", self)
        self._broken.setProperty("role", "error")
        self.train = QPushButton(self.tr("Train one…"), self)
        self.train.setProperty("look", "primary")
        self.train.clicked.connect(bar.train_wanted)
        self.train.hide()
        self.import_button = QPushButton(self.tr("Import…"), self)
        self.import_button.clicked.connect(bar.import_generator)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        for widget in (self._told, self.train, self.import_button, self._broken):
            column.addWidget(widget)
        column.addStretch(1)
        studio.generators_changed.connect(self.show_studio)

    @Slot()
    def show_studio(self) -> None:
        self._told.setText(
            self.tr(
                "A generator makes new product pictures after it has learnt from yours. "
                "There is none yet."
            )
        )
        problems = [one.problem for one in self._studio.generators if one.problem is not None]
        self._broken.setText("\n".join(map(problem_text, problems)))
        self._broken.setVisible(bool(problems))


def class_title(name: str) -> str:
    """What a class is called in the window; those of generators that we ship are translated."""
    title = translate("ProductClass", name)
    return title[:1].upper() + title[1:]
