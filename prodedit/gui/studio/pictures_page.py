# SPDX-License-Identifier: Apache-2.0
"""New pictures to choose from, those that are kept, and a photo of one's own to begin with."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from prodedit.engine.generating import Sample
from prodedit.gui.panels.section import Choices, Section, in_row, secondary
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.studio.grid import PickGrid
from prodedit.gui.studio.sampler import Sampler
from prodedit.gui.studio.studio import Studio
from prodedit.gui.style_sheet import set_look

_MOST_SEED = 2**31 - 1


class PicturesPage(QWidget):
    sent = Signal(object)
    """A Pick that is to go on the canvas."""
    photo_wanted = Signal()
    sketch_wanted = Signal()

    def __init__(self, studio: Studio, sampler: Sampler, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._sampler = studio, sampler
        self._next = random.randrange(_MOST_SEED)
        title = self.tr("Typical – unusual")
        self.unusual = SliderRow(title, 0, 100, 50, "", self, label=112)
        self.button = QPushButton(self)
        self.grid = PickGrid(self.tr("Picture"), studio.keeps, self)
        self.favourites = PickGrid(self.tr("Favourite"), studio.keeps, self)
        self.photo = QPushButton(self.tr("Use the photo"), self)
        self.sketch = QPushButton(self.tr("From a sketch"), self)
        self.count = QSpinBox(self)
        self.seed = QSpinBox(self)
        self.cut_out = QCheckBox(self.tr("Cut out on the canvas"), self)
        sizes = {"0": self.tr("As it is"), "512": "512", "1024": "1024"}
        self.side = Choices(sizes, 3, self.tr("Size on the canvas"), self)
        self._lay_out()
        self._set_up()
        self._connect()
        self._show_choice()
        self._show_slots()

    def _set_up(self) -> None:
        self.count.setRange(4, 64)
        self.count.setSingleStep(4)
        self.seed.setRange(0, _MOST_SEED)
        self.seed.setValue(self._next)
        for field in (self.count, self.seed):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count.setAccessibleName(self.tr("How many"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The same seed gives the same pictures again"))
        self.photo.setToolTip(
            self.tr("The photo on the chosen layer, to be changed and varied by the generator")
        )
        self.sketch.setToolTip(
            self.tr("The chosen layer is a rough idea; pictures that follow it come")
        )

    def _lay_out(self) -> None:
        self._kept = Section(self.tr("Favourites"), self)
        self._kept.add(self.favourites)
        own = Section(self.tr("From your own picture"), self)
        own.column.addLayout(in_row(self.photo, self.sketch))
        own.add(
            secondary(self.tr("Works on the chosen layer, best once its product is cut out."), self)
        )
        more = Section(self.tr("More"), self, folds=True)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("How many"), self.count)
        form.addRow(self.tr("Seed"), self.seed)
        form.addRow(self.tr("Size on the canvas"), self.side)
        more.column.addLayout(form)
        more.add(self.cut_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.button, self.grid, self.unusual, self._kept, own, more):
            column.addWidget(widget)
        column.addStretch(1)

    def _connect(self) -> None:
        studio = self._studio
        self.unusual.changed.connect(lambda value: studio.change(unusual=value))
        self.button.clicked.connect(self.draw)
        self.count.valueChanged.connect(self._count_set)
        self.seed.valueChanged.connect(self._seed_set)
        self.cut_out.clicked.connect(lambda on: studio.change(cut_out=on))
        self.side.chosen.connect(lambda side: studio.change(side=int(side)))
        self.photo.clicked.connect(self.photo_wanted)
        self.sketch.clicked.connect(self.sketch_wanted)
        for grid in (self.grid, self.favourites):
            grid.picked.connect(studio.choose)
            grid.sent.connect(self.sent)
            grid.hearted.connect(studio.toggle_favourite)
        self._sampler.changed.connect(self._show_slots)
        studio.favourites_changed.connect(self._show_favourites)
        studio.chosen_changed.connect(self._show_chosen)
        studio.generator_changed.connect(self._generator_changed)

    @Slot()
    def draw(self) -> None:
        """New pictures, in all places that are not kept."""
        generator = self._studio.generator
        if generator is None:
            return
        choice = self._studio.choice
        task = Sample(
            generator.name,
            seed=self._next,
            truncation=truncation(choice.unusual),
            label=choice.label,
        )
        blocked = self.seed.blockSignals(True)
        self.seed.setValue(self._next)
        self.seed.blockSignals(blocked)
        self._next = self._sampler.draw(task, choice.count) % _MOST_SEED

    # What is shown

    def _show_choice(self) -> None:
        choice = self._studio.choice
        self.unusual.set_value(choice.unusual)
        self.count.setValue(choice.count)
        self.cut_out.setChecked(choice.cut_out)
        self.side.show_choice(str(choice.side))

    @Slot()
    def _show_slots(self) -> None:
        slots = self._sampler.slots
        self.grid.show_picks(slots, self._studio.chosen)
        self.grid.setVisible(bool(slots))
        count = self._studio.choice.count
        text = self.tr("Another {count}") if slots else self.tr("Generate {count}")
        self.button.setText(text.format(count=count))
        set_look(self.button, "" if slots else "primary")

    @Slot()
    def _show_favourites(self) -> None:
        kept = self._studio.favourites
        self._kept.setVisible(bool(kept))
        self.favourites.show_picks(kept, self._studio.chosen)
        self.grid.show_kept()

    @Slot()
    def _show_chosen(self) -> None:
        for grid in (self.grid, self.favourites):
            grid.show_chosen(self._studio.chosen)

    @Slot()
    def _generator_changed(self) -> None:
        self._sampler.show([])
        self._show_favourites()

    def _count_set(self, count: int) -> None:
        self._studio.change(count=count)
        self._show_slots()

    def _seed_set(self, seed: int) -> None:
        self._next = seed


def truncation(unusual: int) -> float:
    """What the slider means: 50 is as the generator has learnt, 0 far more typical, 100 as unusual
    as is still worth a look."""
    return 0.4 + 0.012 * unusual if unusual <= 50 else 1.0 + 0.01 * (unusual - 50)
