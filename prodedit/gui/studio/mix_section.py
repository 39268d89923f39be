# SPDX-License-Identifier: Apache-2.0
"""The chosen picture with the pose, the parts or the colours of one that is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from prodedit.engine.generating import Detail, Mix
from prodedit.engine.results import LatentsResult
from prodedit.gui.panels.section import Choices, Section, secondary
from prodedit.gui.studio.grid import PickGrid
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Pick, picks_of
from prodedit.gui.studio.studio import Studio
from prodedit.gui.translation import translate


class MixSection(Section):
    """Only for generators that can."""

    mixed = Signal(object)
    """A Pick: a picture of its own."""

    def __init__(self, studio: Studio, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(translate("MixSection", "Mix with a favourite"), parent)
        self._studio, self._line = studio, line
        details: dict[str, str] = {
            "coarse": self.tr("Shape"),
            "middle": self.tr("Parts"),
            "fine": self.tr("Colours"),
        }
        self.details = Choices(details, 3, self.tr("What is taken from it"), self)
        self.details.show_choice("fine")
        self.favourites = PickGrid(self.tr("Favourite"), studio.keeps, self)
        self.hint = secondary(self.tr("Keep pictures with the heart to mix with them."), self)
        self.add(self.details, self.favourites, self.hint)
        self.favourites.picked.connect(self._mix)
        self.favourites.hearted.connect(studio.toggle_favourite)
        self.details.chosen.connect(lambda _detail: self._again())
        self._origin: Pick | None = None
        self._with: Pick | None = None
        studio.favourites_changed.connect(self._show)
        studio.generator_changed.connect(self._show)
        self._show()

    def set_origin(self, pick: Pick | None) -> None:
        """What is mixed from now on; pictures that came of it leave it as it is."""
        self._origin, self._with = pick, None
        self.favourites.show_chosen(None)

    @Slot()
    def _show(self) -> None:
        generator = self._studio.generator
        self.setVisible(generator is not None and generator.can("mix"))
        kept = self._studio.favourites
        self.favourites.show_picks(kept, self._with)
        self.favourites.setVisible(bool(kept))
        self.hint.setVisible(not kept)

    @Slot(object)
    def _mix(self, pick: Pick) -> None:
        self._with = pick
        self._again()

    def _again(self) -> None:
        first, second = self._origin, self._with
        if first is None or second is None:
            return
        detail: Detail = self.details.current  # type: ignore[assignment]  # one of these
        task = Mix(first.generator, first.latent, second.latent, (detail,))
        self._line.ask(Wish(task, partial(self._take, first)))

    def _take(self, first: Pick, result: LatentsResult) -> None:
        if first is self._origin:
            self.mixed.emit(picks_of(result, first.generator, first.photo)[0])
