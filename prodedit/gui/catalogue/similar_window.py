# SPDX-License-Identifier: Apache-2.0
"""The window about similar pictures: the same one twice, variants of a product, what is like one
picture, and what stands out of the folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.similar.comparing import Compared
from prodedit.catalogue.similar.groups import Group, nearest
from prodedit.catalogue.similar.outliers import LEAST, Outlier
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.catalogue.grid import CARD, PictureGrid
from prodedit.gui.catalogue.thumbs import Thumbs
from prodedit.gui.panels.section import Choices, secondary
from prodedit.gui.translation import translate

Page = Literal["same", "variants", "like", "outliers"]
_T = QT_TRANSLATE_NOOP
_PAGES: Mapping[Page, str] = MappingProxyType(
    {
        "same": _T("Similar", "Twice the same"),
        "variants": _T("Similar", "Much alike"),
        "like": _T("Similar", "Like this one"),
        "outliers": _T("Similar", "Stands out"),
    }
)
_SAYS: Mapping[Page, str] = MappingProxyType(
    {
        "same": _T(
            "Similar", "One photo saved more than once: smaller, compressed, mirrored, cropped."
        ),
        "variants": _T("Similar", "Different photos that look much alike, perhaps of one product."),
        "like": _T("Similar", "The most similar pictures of the folder come first."),
        "outliers": _T(
            "Similar",
            "Framed otherwise than the others, or with another white, as far as a plain "
            "backdrop tells.",
        ),
    }
)
_NOTHING: Mapping[Page, str] = MappingProxyType(
    {
        "same": _T("Similar", "No picture is there twice."),
        "variants": _T("Similar", "No two different photos look much alike."),
        "like": _T("Similar", "Choose a picture in the strip first."),
        "outliers": _T("Similar", "All pictures that could be measured are alike."),
    }
)
_ODD = MappingProxyType(
    {
        "smaller": _T("Similar", "smaller: {measured} %, others {usual} %"),
        "larger": _T("Similar", "larger: {measured} %, others {usual} %"),
        "off-centre": _T("Similar", "{measured} % beside the others"),
        "darker": _T("Similar", "darker white: {measured}, others {usual}"),
        "tinted": _T("Similar", "another tint of white"),
    }
)
_IN_PERCENT = frozenset({"smaller", "larger", "off-centre"})


class SimilarWindow(QDialog):
    """Blocks nothing. Shows what `show_found` is told."""

    open_wanted = Signal(object)
    """A list of Pictures."""
    strip_wanted = Signal(object)
    """A list of Pictures to be chosen in the strip."""
    cancel_wanted = Signal()
    recipe_wanted = Signal(object)
    """The Picture that the advised recipe is to be done to."""

    def __init__(self, thumbs: Callable[[PictureGrid], Thumbs], parent: QWidget) -> None:
        """thumbs: brings the small pictures of a grid."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Similar pictures"))
        self._compared: Compared | None = None
        self._to: Path | None = None
        self.pages = Choices(
            {page: translate("Similar", text) for page, text in _PAGES.items()},
            len(_PAGES),
            self.tr("What is shown"),
            self,
        )
        self._says = secondary("", self)
        self.groups = PictureGrid(self.tr("Groups"), self)
        self.groups.setFixedWidth(CARD.width() + 24)
        self.grid = PictureGrid(self.tr("Pictures"), self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self.advice = QPushButton(self)
        self.progress = QProgressBar(self)
        self.told = QLabel(self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.open_button = QPushButton(self.tr("Open"), self)
        self.strip_button = QPushButton(self.tr("Choose in the strip"), self)
        self._thumbs = [thumbs(grid) for grid in (self.groups, self.grid)]
        self._lay_out()
        self._connect()
        self.pages.show_choice("same")
        self.resize(1000, 640)

    @property
    def page(self) -> Page:
        return self.pages.current or "same"  # type: ignore[return-value]  # one of _PAGES

    def show_progress(self, done: int, count: int, text: str) -> None:
        """How far the comparing is; nothing can be shown yet."""
        self.progress.setRange(0, max(1, count))
        self.progress.setValue(done)
        self.told.setText(text)
        self._is_busy(True)

    def forget(self) -> None:
        """There are other pictures now."""
        self._compared = None
        for grid in (self.groups, self.grid):
            grid.show_pictures((), {})
        self.told.clear()
        self._is_busy(False)
        self._show_page()

    def show_failed(self, text: str) -> None:
        """Why there is nothing to show."""
        self._is_busy(False)
        self.told.setText(text)

    def show_found(self, compared: Compared) -> None:
        self._compared = compared
        self._is_busy(False)
        text = self.tr("{count} pictures compared.").format(count=len(compared.pictures))
        if compared.unread:
            more = self.tr("{count} could not be read.").format(count=compared.unread)
            text = f"{text} {more}"
        self.told.setText(text)
        self._show_page()

    def show_like(self, photo: Path | None) -> None:
        """What is similar to this one."""
        self._to = photo
        self.pages.show_choice("like")
        self._show_page()
        self.grid.setFocus()

    def show_advice(self, text: str) -> None:
        """The recipe to be used for the picture; "": none is known."""
        self.advice.setText(text)
        self.advice.setVisible(bool(text) and self.page == "like")

    def show_first(self, page: Page) -> None:
        self.pages.show_choice(page)
        self._show_page()
        self.grid.setFocus()

    @property
    def like(self) -> Picture | None:
        """The picture that others are compared with."""
        if self._compared is None:
            return None
        return next((one for one in self._compared.pictures if one.path == self._to), None)

    def close_down(self) -> None:
        """End what brings the small pictures."""
        for thumbs in self._thumbs:
            thumbs.close()

    # Building

    def _lay_out(self) -> None:
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.told)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.strip_button)
        foot.addWidget(self.open_button)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.groups)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self._says, 1)
        head.addWidget(self.advice)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.pages)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.advice.hide()
        self._empty.hide()

    def _connect(self) -> None:
        for grid, thumbs in zip((self.groups, self.grid), self._thumbs, strict=True):
            grid.seen.connect(thumbs.want)
            grid.open_wanted.connect(self.open_wanted)
        self.pages.chosen.connect(lambda _page: self._show_page())
        self.groups.selectionModel().currentChanged.connect(
            lambda now, _old: self._show_group(now.row())
        )
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(self._meant()))
        self.strip_button.clicked.connect(lambda: self.strip_wanted.emit(self._meant()))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.advice.clicked.connect(lambda: self.recipe_wanted.emit(self.like))

    def _meant(self) -> list[Picture]:
        """Those that are chosen, or all that are shown."""
        return self.grid.chosen or list(self.grid.pictures.rows)

    def _is_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)

    # Showing

    def _show_page(self) -> None:
        page = self.page
        self._says.setText(translate("Similar", _SAYS[page]))
        self.groups.setVisible(page in ("same", "variants"))
        self.advice.setVisible(bool(self.advice.text()) and page == "like")
        shown = False
        if self._compared is not None:
            shown = _SHOW[page](self, self._compared)
        self.grid.setVisible(shown)
        self._empty.setVisible(not shown)
        self._empty.setText(self._why_empty(page))
        self.open_button.setEnabled(shown)
        self.strip_button.setEnabled(shown)

    def _why_empty(self, page: Page) -> str:
        if self._compared is None:
            return ""
        measured = self._compared.consistency.measured
        if page == "outliers" and measured < LEAST:
            text = self.tr(
                "Only {count} pictures have a backdrop plain enough to be measured. That is too "
                "few to compare."
            )
            return text.format(count=measured)
        return translate("Similar", _NOTHING[page])

    def _show_groups(self, compared: Compared, groups: Sequence[Group]) -> bool:
        many = self.tr("{count} pictures")
        firsts = [compared.pictures[group.rows[0]] for group in groups]
        captions = {
            one.path: many.format(count=len(group.rows))
            for one, group in zip(firsts, groups, strict=True)
        }
        self.groups.show_pictures(firsts, captions)
        if groups:
            self.groups.setCurrentIndex(self.groups.pictures.index(0))
            self._show_group(0)
        self.groups.setVisible(bool(groups))
        return bool(groups)

    def _show_group(self, number: int) -> None:
        if self._compared is None or self.page not in ("same", "variants"):
            return
        compared = self._compared
        groups = compared.found.same if self.page == "same" else compared.found.variants
        if 0 <= number < len(groups):
            rows = groups[number].rows
            self.grid.show_pictures([compared.pictures[row] for row in rows], {})

    def _show_same(self, compared: Compared) -> bool:
        return self._show_groups(compared, compared.found.same)

    def _show_variants(self, compared: Compared) -> bool:
        return self._show_groups(compared, compared.found.variants)

    def _show_like(self, compared: Compared) -> bool:
        like = self.like
        if like is None:
            return False
        row = compared.pictures.index(like)
        percent = self.tr("{percent} % alike")
        others = nearest(compared.index, row)
        captions = {
            compared.pictures[other].path: percent.format(percent=max(0, round(100 * likeness)))
            for other, likeness in others
        }
        shown = [like, *(compared.pictures[other] for other, _ in others)]
        captions[like.path] = self.tr("this picture")
        self.grid.show_pictures(shown, captions)
        return True

    def _show_outliers(self, compared: Compared) -> bool:
        captions: dict[Path, str] = {}
        shown: list[Picture] = []
        for outlier in compared.consistency.outliers:
            picture = compared.pictures[outlier.row]
            if picture.path not in captions:
                captions[picture.path] = odd_text(outlier)
                shown.append(picture)
        self.grid.show_pictures(shown, captions)
        return bool(shown)


def odd_text(outlier: Outlier) -> str:
    """How a picture stands out."""
    factor = 100 if outlier.odd in _IN_PERCENT else 1
    measured, usual = round(outlier.measured * factor), round(outlier.usual * factor)
    return translate("Similar", _ODD[outlier.odd]).format(measured=measured, usual=usual)


_SHOW: Mapping[Page, Callable[[SimilarWindow, Compared], bool]] = MappingProxyType(
    {
        "same": SimilarWindow._show_same,
        "variants": SimilarWindow._show_variants,
        "like": SimilarWindow._show_like,
        "outliers": SimilarWindow._show_outliers,
    }
)
