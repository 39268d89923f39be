# SPDX-License-Identifier: Apache-2.0
"""How good a generator was found to be: each figure beside what it has to reach."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from prodedit.engine.training.gate import Figure, Measures, figures
from prodedit.gui.icons import pixmap
from prodedit.gui.panels.section import secondary
from prodedit.gui.theme import palette_now

_ICON = 16
_COLUMNS = 2


class VerdictView(QWidget):
    """Nothing until something was measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QWidget(self)
        self.grid = QGridLayout(self._rows)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        self.more = secondary("", self)
        self.more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._rows)
        column.addWidget(self.more)
        self.hide()

    def show_measures(self, measures: Measures | None) -> None:
        """None: nothing is known."""
        for cell in self._rows.findChildren(QLabel):
            cell.setParent(None)
            cell.deleteLater()
        self.setVisible(measures is not None)
        if measures is None:
            return
        for number, figure in enumerate(figures(measures)):
            row, column = divmod(number, _COLUMNS)
            for offset, widget in enumerate(self._cells(figure)):
                self.grid.addWidget(widget, row, 4 * column + offset)
        for column in range(_COLUMNS):
            self.grid.setColumnStretch(4 * column + 3, 1)
        self.more.setText(self._more(measures))

    def _cells(self, figure: Figure) -> tuple[QWidget, ...]:
        palette, mark = palette_now(), QLabel(self._rows)
        icon, ink = ("check", palette.success) if figure.is_good else ("x", palette.danger)
        mark.setPixmap(pixmap(icon, ink, _ICON, self.devicePixelRatio()))
        mark.setFixedSize(QSize(_ICON, _ICON))
        title, found = QLabel(self._titles()[figure.code], self._rows), QLabel(self._rows)
        found.setText(_per_cent(figure.found))
        found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bound = self.tr("at most {share}") if figure.most else self.tr("at least {share}")
        wanted = QLabel(bound.format(share=_per_cent(figure.bound)), self._rows)
        wanted.setProperty("role", "secondary")
        said = self.tr("good") if figure.is_good else self.tr("not good enough")
        mark.setAccessibleName(f"{title.text()}: {said}")
        return mark, title, found, wanted

    def _more(self, measures: Measures) -> str:
        parts = [
            self.tr("{made} of its pictures against {real} of yours").format(
                made=measures.made, real=measures.real
            ),
            self.tr("Fréchet distance {found} (the best there can be: {best})").format(
                found=f"{measures.found.frechet:.1f}", best=f"{measures.reference.frechet:.1f}"
            ),
        ]
        if measures.inception is not None:
            parts.append(f"Inception Score {measures.inception:.2f}")
        return " · ".join(parts)

    def _titles(self) -> Mapping[str, str]:
        return {
            "unlike": self.tr("Look like your products"),
            "blurred": self.tr("Sharpness"),
            "mixed-up": self.tr("Told to be of their class"),
            "alike": self.tr("Variety"),
            "narrow": self.tr("Of your range met"),
            "by-heart": self.tr("Nearly copies of yours"),
        }


def _per_cent(share: float) -> str:
    return f"{round(100 * share)} %" if isfinite(share) else "?"
