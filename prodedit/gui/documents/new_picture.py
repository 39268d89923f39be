# SPDX-License-Identifier: Apache-2.0
"""A new picture: its size by name or by numbers, and what lies behind."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.colour import Colour
from prodedit.core.edits.canvas import checked
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.editing.new_choice import NewChoice
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.dialogs.image_size import apply_and_cancel, number_field
from prodedit.gui.documents.new_sizes import NewSize
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text

UNITS = {"px": (0.0, 0), "mm": (25.4, 1), "cm": (2.54, 2), "in": (1.0, 3)}
"""How many make an inch (0: pixels), and decimals."""
WHITE, NONE, OTHER = "white", "none", "other"
_SIZE = Qt.ItemDataRole.UserRole


class NewPicture(QDialog):
    """Blocks nothing; `wanted` tells what was chosen."""

    wanted = Signal(object)
    """NewChoice"""

    def __init__(
        self,
        choice: NewChoice,
        groups: Iterable[tuple[str, Iterable[NewSize]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = Size(choice.width, choice.height)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New picture"))
        self.sizes = QListWidget(self)
        self.sizes.setAccessibleName(self.tr("Sizes"))
        self.width_field = number_field(self, self.tr("Width"))
        self.height_field = number_field(self, self.tr("Height"))
        self.unit, self.backdrop = QComboBox(self), QComboBox(self)
        self.resolution = QDoubleSpinBox(self)
        self.colour = ColourButton(self.tr("Background colour"), Colour(255, 255, 255), self)
        self.turn = QToolButton(self)
        self.summary = QLabel(self)
        self.summary.setProperty("role", "secondary")
        self.summary.setWordWrap(True)
        self._fill_list(groups)
        self._dress()
        self._lay_out()
        self._show_choice(choice)
        self._connect()

    @property
    def choice(self) -> NewChoice:
        backdrops = {WHITE: "#FFFFFF", NONE: "", OTHER: self.colour.colour.hex[:7]}
        return NewChoice(
            width=self._size.width,
            height=self._size.height,
            resolution=self.resolution.value(),
            backdrop=backdrops[self.backdrop.currentData()],
            unit=self.unit.currentData(),
        )

    def accept(self) -> None:
        """A size that can't be keeps it open: the reason is seen."""
        if self._reason():
            return
        self.wanted.emit(self.choice)
        super().accept()

    # Building

    def _fill_list(self, groups: Iterable[tuple[str, Iterable[NewSize]]]) -> None:
        for title, sizes in groups:
            header = QListWidgetItem(title, self.sizes)
            header.setFlags(Qt.ItemFlag.NoItemFlags)
            for one in sizes:
                text = f"{one.name}  {_sides(one)}"
                item = QListWidgetItem(text, self.sizes)
                item.setData(_SIZE, one)
                item.setToolTip(f"{one.size.width} × {one.size.height} px")

    def _dress(self) -> None:
        names = {
            "px": self.tr("Pixels"),
            "mm": self.tr("Millimetres"),
            "cm": self.tr("Centimetres"),
            "in": self.tr("Inches"),
        }
        for unit, name in names.items():
            self.unit.addItem(name, unit)
        self.unit.setAccessibleName(self.tr("Unit"))
        self.resolution.setRange(1.0, 2400.0)
        self.resolution.setDecimals(0)
        self.resolution.setAccessibleName(self.tr("Resolution"))
        self.resolution.lineEdit().setAccessibleName(self.tr("Resolution"))
        self.resolution.lineEdit().setTextMargins(4, 0, 0, 0)
        self.resolution.setSuffix(self.tr(" pixels per inch"))
        self.backdrop.addItem(self.tr("White"), WHITE)
        self.backdrop.addItem(self.tr("Transparent"), NONE)
        self.backdrop.addItem(self.tr("Colour"), OTHER)
        self.backdrop.setAccessibleName(self.tr("Background"))
        self.turn.setToolTip(self.tr("Exchange width and height"))
        self.turn.setAccessibleName(self.tr("Exchange width and height"))
        set_icon(self.turn, "switch-horizontal", palette_now())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        sides, behind = QHBoxLayout(), QHBoxLayout()
        sides.addWidget(self.unit, 1)
        sides.addWidget(self.turn)
        behind.addWidget(self.backdrop, 1)
        behind.addWidget(self.colour)
        form.addRow(self.tr("Width"), self.width_field)
        form.addRow(self.tr("Height"), self.height_field)
        form.addRow(self.tr("Unit"), sides)
        form.addRow(self.tr("Resolution"), self.resolution)
        form.addRow(self.tr("Background"), behind)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(form)
        right.addWidget(self.summary)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.sizes, 1)
        row.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        buttons = apply_and_cancel(self, self.tr("Make picture"))
        self._make = next(b for b in buttons.findChildren(QPushButton) if b.isDefault())
        column.addWidget(buttons)
        self.sizes.setMinimumWidth(320)
        self.resize(760, 460)

    def _connect(self) -> None:
        self.sizes.currentItemChanged.connect(self._chosen)
        self.sizes.itemDoubleClicked.connect(self._taken)
        self.width_field.valueChanged.connect(self._typed)
        self.height_field.valueChanged.connect(self._typed)
        self.unit.currentIndexChanged.connect(self._show_sides)
        self.resolution.valueChanged.connect(self._resolved)
        self.backdrop.currentIndexChanged.connect(self._show_rest)
        self.turn.clicked.connect(self._turned)

    # What happens

    def _show_choice(self, choice: NewChoice) -> None:
        self._size = Size(choice.width, choice.height)
        self.unit.setCurrentIndex(max(0, self.unit.findData(choice.unit)))
        self.resolution.setValue(choice.resolution)
        self._show_backdrop(choice.backdrop)
        self._show_sides()
        self.width_field.setFocus()
        self.width_field.selectAll()

    def _show_backdrop(self, backdrop: str) -> None:
        kind = {"": NONE, "#FFFFFF": WHITE}.get(backdrop.upper(), OTHER)
        self.backdrop.setCurrentIndex(self.backdrop.findData(kind))
        if kind == OTHER:
            self.colour.set_colour(Colour.from_hex(backdrop))

    @Slot(object, object)
    def _chosen(self, item: QListWidgetItem | None, _before: object) -> None:
        one = None if item is None else item.data(_SIZE)
        if one is None:
            return
        _, size, resolution, unit, backdrop = one
        for field in (self.unit, self.resolution):
            field.blockSignals(True)
        self._size = Size(*size)
        self.unit.setCurrentIndex(self.unit.findData(unit))
        self.resolution.setValue(resolution)
        for field in (self.unit, self.resolution):
            field.blockSignals(False)
        if backdrop is not None:
            self._show_backdrop(backdrop)
        self._show_sides()

    @Slot(object)
    def _taken(self, item: QListWidgetItem) -> None:
        if item.data(_SIZE) is not None:
            self.accept()

    @Slot()
    def _typed(self) -> None:
        per = self._pixels_per_unit
        self._size = Size(*(round(f.value() * per) for f in (self.width_field, self.height_field)))
        self._show_rest()

    @Slot()
    def _resolved(self) -> None:
        """Pixels stay pixels; paper stays paper."""
        if self.unit.currentData() != "px":
            self._typed()
        self._show_rest()

    @Slot()
    def _turned(self) -> None:
        self._size = Size(self._size.height, self._size.width)
        self._show_sides()

    @property
    def _pixels_per_unit(self) -> float:
        of_inch, _ = UNITS[self.unit.currentData()]
        return self.resolution.value() / of_inch if of_inch else 1.0

    @Slot()
    def _show_sides(self) -> None:
        _, decimals = UNITS[self.unit.currentData()]
        per = self._pixels_per_unit
        for field, side in zip((self.width_field, self.height_field), self._size, strict=True):
            blocked = field.blockSignals(True)
            field.setDecimals(decimals)
            field.setSuffix(f" {self.unit.currentData()}")
            field.setValue(side / per)
            field.blockSignals(blocked)
        self._show_rest()

    @Slot()
    def _show_rest(self) -> None:
        self.colour.setVisible(self.backdrop.currentData() == OTHER)
        text = self.tr("{width} × {height} pixels, {megapixels} megapixels")
        told = text.format(
            width=self._size.width,
            height=self._size.height,
            megapixels=f"{self._size.area / 1e6:.1f}",
        )
        reason = self._reason()
        self.summary.setText(f"⚠ {reason}" if reason else told)
        self._make.setEnabled(not reason)

    def _reason(self) -> str:
        """Why it can't be made; "" where it can."""
        try:
            checked(self._size)
        except Problem as problem:
            return problem_text(problem)
        return ""


def _sides(one: NewSize) -> str:
    return f"{one.size.width} × {one.size.height}" if one.unit == "px" else ""
