# SPDX-License-Identifier: Apache-2.0
"""The graphics card among the preferences: what is here, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from prodedit.engine.gpu.cards import torch_knows_cards
from prodedit.engine.gpu.place import State
from prodedit.engine.gpu.wanted import DOWNLOAD, INSTALLED
from prodedit.gui.gpu.desk import GpuDesk
from prodedit.gui.panels.section import secondary
from prodedit.gui.style_sheet import set_role
from prodedit.gui.translation import problem_text, translate

_WIDTH = 340
"""In which its sentences are laid out, so that the dialog keeps its width."""


class GpuRow(QWidget):
    """Follows the desk as long as it is shown."""

    def __init__(self, desk: GpuDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.told = secondary("", self)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Graphics card"))
        self.fetch = self._button(desk.install)
        self.cancel = self._button(desk.cancel)
        self.cancel.setText(self.tr("Cancel"))
        self.remove = self._button(desk.remove)
        self.remove.setText(self.tr("Remove"))
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.fetch, self.cancel, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(self.bar)
        column.addLayout(row)
        self.setFixedWidth(_WIDTH)
        desk.changed.connect(self._show)
        self._show()
        desk.look()

    def _button(self, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _show(self) -> None:
        desk, making = self._desk, self._desk.making
        state, busy = desk.pack.state, making is not None
        anew = state is not State.ABSENT
        self.fetch.setText(self.tr("Make anew") if anew else self.tr("Fetch"))
        wanted = desk.card is not None and state is not State.READY
        self.fetch.setVisible(wanted and not busy and (anew or not torch_knows_cards()))
        self.cancel.setVisible(busy)
        self.remove.setVisible(anew and not busy)
        self.bar.setVisible(busy)
        self.bar.setValue(round(100 * making.share) if making else 0)
        set_role(self.told, "error" if desk.problem and not busy else "secondary")
        self.told.setText(self._text())
        self._column.activate()
        self.setMinimumHeight(self._column.totalHeightForWidth(_WIDTH))

    def _text(self) -> str:
        desk = self._desk
        if desk.making is not None:
            return translate("Progress", desk.making.text)
        if desk.problem is not None:
            return problem_text(desk.problem)
        note, name = desk.pack.note, desk.card.name if desk.card else ""
        size = {"size": gigabytes(note.bytes if note else 0)}
        return self._sentence().format(card=name or (note.card if note else ""), **size)

    def _sentence(self) -> str:
        desk = self._desk
        told = {
            State.READY: self.tr("{card} computes. Its GPU pack takes {size} of the disk."),
            State.OUTDATED: self.tr(
                "The GPU pack belongs to another version of ProdEdit, so the processor computes."
            ),
            State.BROKEN: self.tr("The GPU pack is damaged, so the processor computes."),
        }
        if desk.pack.state in told:
            return told[desk.pack.state]
        if desk.card is None:
            return self.tr("No NVIDIA card with a driver was found.")
        if torch_knows_cards():
            return self.tr("{card} computes.")
        offer = self.tr(
            "{card} could compute, several times as fast. For that, a GPU pack is fetched once: "
            "about {download} from the network, {installed} on the disk."
        )
        sizes = {"download": gigabytes(DOWNLOAD), "installed": gigabytes(INSTALLED)}
        return offer.replace("{download}", sizes["download"]).replace(
            "{installed}", sizes["installed"]
        )


def gigabytes(count: int) -> str:
    """ "3 GB", "1.2 GB": a tenth only where it says something."""
    number = round(count / 1e9, 1)
    return f"{QLocale().toString(number, 'f', 0 if number == int(number) else 1)} GB"
