# SPDX-License-Identifier: Apache-2.0
"""The way from one picture to another as a film."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from prodedit.engine.generating import Morph
from prodedit.engine.results import LatentsResult
from prodedit.files.film import film_suffixes, there_and_back, write_film
from prodedit.gui.commands.files import with_suffix
from prodedit.gui.late import while_there
from prodedit.gui.panels.section import Section
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Bytes, Pick, picks_of
from prodedit.gui.studio.studio import Studio
from prodedit.gui.translation import file_size, translate


class FilmSection(Section):
    told = Signal(str)
    """A sentence in the window's language."""

    def __init__(self, studio: Studio, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(translate("FilmSection", "Film"), parent)
        self._studio, self._line = studio, line
        self._ends: tuple[Pick, Pick] | None = None
        self.frames, self.rate = QSpinBox(self), QSpinBox(self)
        self.returns = QCheckBox(self.tr("There and back"), self)
        self.button = QPushButton(self.tr("Save as film…"), self)
        form = QFormLayout()
        form.setSpacing(8)
        for field, title, most in (
            (self.frames, self.tr("Pictures in it"), 120),
            (self.rate, self.tr("Pictures a second"), 50),
        ):
            field.setRange(2 if most == 120 else 1, most)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setAccessibleName(title)
            form.addRow(title, field)
        self.column.addLayout(form)
        self.add(self.returns, self.button)
        choice = studio.choice
        self.frames.setValue(choice.frames)
        self.rate.setValue(choice.rate)
        self.returns.setChecked(choice.returns)
        self.frames.valueChanged.connect(lambda value: studio.change(frames=value))
        self.rate.valueChanged.connect(lambda value: studio.change(rate=value))
        self.returns.clicked.connect(lambda on: studio.change(returns=on))
        self.button.clicked.connect(self.ask_where)
        self.set_ends(None)

    def set_ends(self, ends: tuple[Pick, Pick] | None) -> None:
        self._ends = ends
        self.button.setEnabled(ends is not None)

    def ask_where(self) -> None:
        """Which file; its ending says which kind."""
        kinds = {suffix: suffix[1:].upper() for suffix in film_suffixes()}
        kinds[".webp"] = "WebP"
        filters = [f"{kind} (*{suffix})" for suffix, kind in kinds.items()]
        folder = Path(self._studio.workspace.settings.export_folder or Path.home())
        suggested = self.tr("film") + next(iter(kinds))
        name, chosen = QFileDialog.getSaveFileName(
            self,
            self.tr("Save as film"),
            str(folder / suggested),
            ";;".join(filters),
        )
        if name:
            path = Path(name)
            if path.suffix.lower() not in kinds:
                suffix = next((s for s, f in zip(kinds, filters, strict=True) if f == chosen), "")
                path = with_suffix(path, suffix or next(iter(kinds)))
            self.save(path)

    def save(self, path: Path) -> None:
        """Make all pictures of the way, and of them a film."""
        if self._ends is None:
            return
        first, last = self._ends
        task = Morph(first.generator, first.latent, last.latent, self._studio.choice.frames)
        self._line.ask_instead(Wish(task, partial(self._take, path, self._ends)))

    def _take(self, path: Path, ends: tuple[Pick, Pick], result: LatentsResult) -> None:
        first, last = ends
        photo = first.photo if first.photo is last.photo else None
        frames = np.stack([pick.shown for pick in picks_of(result, first.generator, photo)])
        choice = self._studio.choice
        work = partial(_written, path, frames, float(choice.rate), returns=choice.returns)
        errand = self._studio.workspace.make(work)
        errand.done.connect(while_there(self, self._tell, path))
        errand.failed.connect(while_there(self, self._studio.failed.emit))

    def _tell(self, path: Path, nbytes: int) -> None:
        size = file_size(QLocale(), nbytes)
        self.told.emit(self.tr("Saved: {name}, {size}").format(name=path.name, size=size))


def _written(path: Path, frames: Bytes, rate: float, *, returns: bool) -> int:
    return write_film(path, there_and_back(frames) if returns else frames, rate)
