# SPDX-License-Identifier: Apache-2.0
"""The way from one picture to another: what lies between, to choose from, and as a film."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from prodedit.engine.generating import Morph
from prodedit.engine.results import LatentsResult
from prodedit.gui.icons import set_icon
from prodedit.gui.panels.section import secondary
from prodedit.gui.studio.film_section import FilmSection
from prodedit.gui.studio.grid import PickGrid
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.pick_slot import PickSlot
from prodedit.gui.studio.picks import Pick, picks_of
from prodedit.gui.studio.studio import Studio
from prodedit.gui.theme import palette_now

FRAMES = 8


class MorphPage(QWidget):
    sent = Signal(object)
    """A Pick that is to go on the canvas."""
    photo_wanted = Signal()
    """The chosen layer's photo for the slot that `take_photo` will fill."""

    def __init__(
        self,
        studio: Studio,
        line: Line,
        generated: Callable[[], Sequence[Pick]],
        parent: QWidget | None = None,
    ) -> None:
        """generated: the pictures that there are to choose from."""
        super().__init__(parent)
        self._studio, self._line = studio, line
        self._waiting: PickSlot | None = None
        self._follows = False  # the first picture, what is chosen
        self.start = PickSlot(studio, self.tr("From"), generated, self)
        self.end = PickSlot(studio, self.tr("To"), generated, self)
        self.swap = QToolButton(self)
        set_icon(self.swap, "arrows-exchange", palette_now())
        self.swap.setToolTip(self.tr("The other way round"))
        self.swap.setAccessibleName(self.tr("The other way round"))
        self.button = QPushButton(self.tr("Show the way"), self)
        self.hint = secondary("", self)
        self.strip = PickGrid(self.tr("Step"), studio.keeps, self)
        self.film = FilmSection(studio, line, self)
        self._lay_out()
        self._connect()
        self._ends_changed()

    @property
    def ends(self) -> tuple[Pick, Pick] | None:
        first, last = self.start.pick, self.end.pick
        return None if first is None or last is None else (first, last)

    @property
    def waits_for_photo(self) -> bool:
        return self._waiting is not None

    def take_photo(self, pick: Pick) -> None:
        """What `photo_wanted` asked for."""
        slot, self._waiting = self._waiting, None
        if slot is not None:
            slot.put(pick)

    def forget_photo(self) -> None:
        """It did not come."""
        self._waiting = None

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.start)
        row.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.end)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        for widget in (self.hint, self.button, self.strip, self.film):
            column.addWidget(widget)
        column.addStretch(1)

    def _connect(self) -> None:
        studio = self._studio
        for slot in (self.start, self.end):
            slot.changed.connect(self._ends_changed)
            slot.photo_wanted.connect(partial(self._want_photo, slot))
        self.swap.clicked.connect(self._swap)
        self.button.clicked.connect(self.show_way)
        self.strip.picked.connect(studio.choose)
        self.strip.sent.connect(self.sent)
        self.strip.hearted.connect(studio.toggle_favourite)
        studio.chosen_changed.connect(self._chosen_changed)
        studio.refined.connect(self._refined)
        studio.generator_changed.connect(self._forget)
        studio.favourites_changed.connect(self.strip.show_kept)

    @Slot()
    def show_way(self) -> None:
        """Ask for the pictures between the two."""
        ends = self.ends
        if ends is not None:
            task = Morph(ends[0].generator, ends[0].latent, ends[1].latent, FRAMES)
            self._line.ask_instead(Wish(task, partial(self._take, ends)))

    def _take(self, ends: tuple[Pick, Pick], result: LatentsResult) -> None:
        photo = ends[0].photo if ends[0].photo is ends[1].photo else None
        picks = picks_of(result, ends[0].generator, photo)
        # The ends are the very pictures: choosing one is choosing that one again.
        self.strip.show_picks([ends[0], *picks[1:-1], ends[1]], self._studio.chosen)
        self.strip.show()

    def _want_photo(self, slot: PickSlot) -> None:
        self._waiting = slot
        self.photo_wanted.emit()

    @Slot()
    def _swap(self) -> None:
        first, last = self.start.pick, self.end.pick
        self.start.put(last)
        self.end.put(first)

    @Slot()
    def _chosen_changed(self) -> None:
        """It begins with the chosen picture, unless that is a step of the way that is shown."""
        chosen = self._studio.chosen
        if chosen is None or chosen in self.strip.picks:
            self.strip.show_chosen(chosen)
            self._follows = False
        elif self.start.pick is None or self.end.pick is None:
            self.start.put(chosen)
            self._follows = True

    @Slot()
    def _refined(self) -> None:
        """As the chosen picture is now, so it begins, where it was to begin with that one."""
        chosen = self._studio.chosen
        if self._follows and chosen is not None and chosen is not self.start.pick:
            self.start.put(chosen)
            self._follows = True

    @Slot()
    def _ends_changed(self) -> None:
        ends, chosen = self.ends, self._studio.chosen
        self._follows = self._follows and self.start.pick is chosen
        self.button.setEnabled(ends is not None)
        self.swap.setEnabled(ends is not None)
        self.film.set_ends(ends)
        self.strip.show_picks([], None)
        self.strip.hide()
        lacking = self.tr("Choose with which picture it begins, and with which it ends.")
        self.hint.setText(lacking if ends is None else "")
        self.hint.setVisible(ends is None)

    @Slot()
    def _forget(self) -> None:
        self.start.put(None)
        self.end.put(None)
