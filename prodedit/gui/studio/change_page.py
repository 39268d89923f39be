# SPDX-License-Identifier: Apache-2.0
"""The chosen picture large, and all that can be changed about it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from prodedit.engine.generating import Vary
from prodedit.gui.icons import TARGET_SIZE, set_icon
from prodedit.gui.panels.section import Choices, Section, in_row, secondary
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.studio.direction_sliders import DirectionSliders
from prodedit.gui.studio.large_picture import LargePicture
from prodedit.gui.studio.line import Line
from prodedit.gui.studio.mix_section import MixSection
from prodedit.gui.studio.part_section import PartSection
from prodedit.gui.studio.picks import Bytes, Pick
from prodedit.gui.studio.sampler import Sampler
from prodedit.gui.studio.studio import Studio
from prodedit.gui.theme import palette_now
from prodedit.render.images import image_of

_NAMES = 92
_ROOMY = 900
"""Height of a window in which the large picture and the sliders have room below each other."""
_SMALL, _ANY = 196, 16_777_215
"""Width of the picture where they have not."""


class ChangePage(QWidget):
    varied = Signal()
    """Variations are on their way into the grid."""

    def __init__(
        self, studio: Studio, sampler: Sampler, line: Line, parent: QWidget | None = None
    ) -> None:
        """`line`: for what shows while it changes."""
        super().__init__(parent)
        self._studio, self._sampler = studio, sampler
        self._seed = 0
        self.picture = LargePicture(self)
        self.looks = Choices(
            {
                "together": self.tr("Result"),
                "photo": self.tr("The photo"),
                "alone": self.tr("As generated"),
            },
            3,
            self.tr("What is shown"),
            self,
        )
        self.looks.show_choice("together")
        self.heart, self.back = QToolButton(self), QToolButton(self)
        self.part = PartSection(studio, line, self.picture, self)
        self.sliders = DirectionSliders(studio, line, self)
        self.strength = SliderRow(self.tr("How different"), 0, 100, 50, " %", self, label=_NAMES)
        self.more = QPushButton(self.tr("More like this"), self)
        self.mix = MixSection(studio, line, self)
        self.hint = secondary(self.tr("Choose a picture under “Pictures” first."), self)
        self._lay_out()
        self._connect()
        self.strength.set_value(studio.choice.strength)
        self._show_chosen()

    def _lay_out(self) -> None:
        others = Section(self.tr("Others like it"), self)
        others.add(self.strength, self.more)
        set_icon(self.back, "arrow-back-up", palette_now())
        self.back.setToolTip(self.tr("Back to the picture before"))
        self.back.setAccessibleName(self.tr("Undo"))
        for button in (self.back, self.heart):
            button.setFixedSize(TARGET_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.hint)
        column.addLayout(self._picture_row())
        for widget in (self.looks, self.part, self.sliders, others, self.mix):
            column.addWidget(widget)
        column.addStretch(1)

    def _picture_row(self) -> QBoxLayout:
        """See `_fit`."""
        self._beside, self._row = QWidget(self), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inner = QVBoxLayout(self._beside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.part.tools)
        icons = in_row(self.back, self.heart)
        icons.addStretch(1)
        inner.addLayout(icons)
        inner.addStretch(1)
        self._row.setSpacing(8)
        self._row.addWidget(self.picture)
        self._row.addWidget(self._beside, 1)
        return self._row

    @Slot()
    def _fit(self) -> None:
        """On a low screen the picture leaves room for what changes it, so that both are seen."""
        small = self.window().height() < _ROOMY
        kinds = QBoxLayout.Direction
        self._row.setDirection(kinds.LeftToRight if small else kinds.TopToBottom)
        self.picture.setMinimumWidth(_SMALL if small else 0)
        self.picture.setMaximumWidth(_SMALL if small else _ANY)
        self.part.tools.set_columns(1 if small else 3)

    def _connect(self) -> None:
        studio = self._studio
        self.looks.chosen.connect(lambda _look: self._show_picture())
        self.heart.clicked.connect(self._toggle_favourite)
        self.back.clicked.connect(studio.go_back)
        self.strength.changed.connect(lambda value: studio.change(strength=value))
        self.more.clicked.connect(self._more_like_this)
        self.part.renew_wanted.connect(self._renew_part)
        self.part.refined.connect(self._pulled)
        self.sliders.refined.connect(self._slid)
        self.mix.mixed.connect(self._mixed)
        studio.chosen_changed.connect(self._show_chosen)
        studio.refined.connect(self._show_picture)
        studio.favourites_changed.connect(self._show_buttons)

    # What the person does

    @Slot()
    def _more_like_this(self) -> None:
        self._vary({})

    @Slot()
    def _renew_part(self) -> None:
        self._vary(dict(self.part.brush.inputs))

    def _vary(self, inputs: dict[str, object]) -> None:
        pick, choice = self._studio.chosen, self._studio.choice
        if pick is None:
            return
        task = Vary(pick.generator, pick.latent, choice.strength / 100, seed=self._seed)
        self._seed = self._sampler.draw(task, choice.count, inputs, pick.photo)  # type: ignore[arg-type]
        self.varied.emit()

    def _slid(self, pick: Pick) -> None:
        self.part.move_on(pick)
        self._studio.refine(pick)

    def _pulled(self, pick: Pick) -> None:
        """The sliders go on from where the points have come to."""
        self.sliders.set_origin(pick)
        self._studio.refine(pick)

    def _mixed(self, pick: Pick) -> None:
        self.sliders.set_origin(pick)
        self.part.move_on(pick)
        self._studio.remember()
        self._studio.refine(pick)

    @Slot()
    def _toggle_favourite(self) -> None:
        if self._studio.chosen is not None:
            self._studio.toggle_favourite(self._studio.chosen)

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # What is shown

    @Slot()
    def _show_chosen(self) -> None:
        pick = self._studio.chosen
        self.hint.setVisible(pick is None)
        self.looks.setVisible(pick is not None and pick.photo is not None)
        self.part.set_pick(pick)
        self.sliders.set_origin(pick)
        self.mix.set_origin(pick)
        self.more.setEnabled(pick is not None)
        self._show_picture()

    @Slot()
    def _show_picture(self) -> None:
        pick = self._studio.chosen
        self.picture.show_picture(None if pick is None else image_of(self._look(pick)).copy())
        self._show_buttons()

    def _look(self, pick: Pick) -> Bytes:
        look = self.looks.current
        if pick.photo is None or look == "together":
            return np.ascontiguousarray(pick.shown)
        if look == "alone":
            return pick.pixels
        opaque = np.full((*pick.photo.square.shape[:2], 1), 255, np.uint8)
        return np.dstack((pick.photo.square, opaque))

    @Slot()
    def _show_buttons(self) -> None:
        pick = self._studio.chosen
        kept = pick is not None and self._studio.keeps(pick)
        self.heart.setEnabled(pick is not None)
        text = self.tr("Take out of the favourites") if kept else self.tr("Keep as a favourite")
        self.heart.setToolTip(text)
        self.heart.setAccessibleName(text)
        set_icon(self.heart, "heart-filled" if kept else "heart", palette_now())
        self.back.setEnabled(self._studio.can_go_back)
