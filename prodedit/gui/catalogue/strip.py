# SPDX-License-Identifier: Apache-2.0
"""The catalogue strip at the lower edge of the window: the pictures of the open folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast, get_args

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.folder.arranging import By, Flag, Wish
from prodedit.catalogue.folder.marks import MOST_STARS
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.catalogue.model import PicturesModel
from prodedit.gui.catalogue.row import PictureRow
from prodedit.gui.catalogue.words import STAR
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.translation import translate

HEIGHT, FOLDED, HIGH = 96, 28, 144
"""Of the strip; while it is folded; in a window that is high."""
_HIGH_WINDOW = 1300
_SIDE = 248
_TYPING_MS = 150
_T = QT_TRANSLATE_NOOP
_FLAGS: Mapping[Flag, str] = MappingProxyType(
    {
        "": _T("Catalogue", "All pictures"),
        "edited": _T("Catalogue", "Edited"),
        "unedited": _T("Catalogue", "Not edited"),
        "exported": _T("Catalogue", "Exported"),
        "unexported": _T("Catalogue", "Not exported"),
        "fails": _T("Catalogue", "Fails a preset"),
        "unreadable": _T("Catalogue", "Can't be read"),
    }
)
_ORDERS: Mapping[By, str] = MappingProxyType(
    {
        "name": _T("Catalogue", "Name"),
        "date": _T("Catalogue", "Date"),
        "size": _T("Catalogue", "File size"),
        "stars": _T("Catalogue", "Stars"),
    }
)


class CatalogueStrip(QWidget):
    """Shows `model`; tells what the person wishes to see."""

    wished = Signal(object)
    """A Wish."""
    folded = Signal(bool)
    close_wanted = Signal()
    folder_wanted = Signal()
    """Another folder is to be opened."""

    def __init__(
        self, model: PicturesModel, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._palette = palette
        self._wish = Wish()
        self._counts = (0, 0)
        self._is_folded = False
        self.row = PictureRow(model, self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._other = QPushButton(self)
        self._other.clicked.connect(self._help_out)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.row)
        self._pages.addWidget(self._empty_page())
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.words = QLineEdit(self)
        self.filter = self._menu_button("filter", self.tr("Show only some pictures"))
        self.sort = self._menu_button("transfer-vertical", self.tr("Order of the pictures"))
        self.fold = self._button("chevron-down", self.tr("Fold the strip away"))
        self._close = self._button("x", self.tr("Close the folder"))
        self._set_up()

    @property
    def wish(self) -> Wish:
        return self._wish

    def set_order(self, by: By, descending: bool) -> None:
        """As it was left; tells nothing."""
        self._wish = self._wish._replace(by=by, descending=descending)
        self._mark_menus()

    def set_folded(self, folded: bool) -> None:
        """Only the title shows."""
        self._is_folded = folded
        for part in (self._pages, self.words, self.filter, self.sort):
            part.setVisible(not folded)
        set_icon(self.fold, "chevron-up" if folded else "chevron-down", self._palette)
        self.fold.setIconSize(QSize(16, 16))
        says = self.tr("Show the pictures") if folded else self.tr("Fold the strip away")
        self.fold.setToolTip(says)
        self.fold.setAccessibleName(says)
        self._fit()

    @property
    def is_folded(self) -> bool:
        return self._is_folded

    def show_counts(self, name: str, shown: int, there: int, tip: str) -> None:
        """name: of the folder; tip: all of where it is."""
        self._counts = (shown, there)
        some = self.tr("{shown} of {count}").format(shown=shown, count=there)
        whole = f"{name}  {there if shown == there else some}"
        room = _SIDE - 84
        self._title.setText(
            self._title.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideLeft, room)
        )
        self._title.setToolTip(f"{whole}\n{tip}")
        self._show_page(name)

    def show_reading(self, name: str) -> None:
        """The folder is being looked at for the first time."""
        self._title.setText(name)
        self._empty.setText(self.tr("Looking into “{name}”…").format(name=name))
        self._other.hide()
        self._pages.setCurrentIndex(1)

    def show_problem(self, text: str) -> None:
        """Why the folder can't be shown."""
        self._empty.setText(text)
        self._other.setText(self.tr("Open another folder…"))
        self._other.show()
        self._pages.setCurrentIndex(1)

    def show_all(self) -> None:
        """No filter any more."""
        self.words.clear()
        self._change(words="", stars=0, flag="")

    def _show_page(self, name: str) -> None:
        shown, there = self._counts
        self._pages.setCurrentIndex(0 if shown else 1)
        self._other.show()
        if there:
            self._empty.setText(self.tr("No picture fits what is asked for."))
            self._other.setText(self.tr("Show all"))
        else:
            self._empty.setText(self.tr("There are no pictures in “{name}”.").format(name=name))
            self._other.setText(self.tr("Open another folder…"))

    def _help_out(self) -> None:
        if self._counts[1]:
            self.show_all()
        else:
            self.folder_wanted.emit()

    def _change(self, **changes: object) -> None:
        wish = self._wish._replace(**changes)  # type: ignore[arg-type]  # by name
        if wish != self._wish:
            self._wish = wish
            self._mark_menus()
            self.wished.emit(wish)

    # Building

    def _set_up(self) -> None:
        self.words.setPlaceholderText(self.tr("Name"))
        self.words.setAccessibleName(self.tr("Show only pictures with this name"))
        self.words.setClearButtonEnabled(True)
        self.setAccessibleName(self.tr("Catalogue"))
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(lambda: self._change(words=self.words.text()))
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.fold.clicked.connect(self._fold_clicked)
        self._close.clicked.connect(self.close_wanted)
        self._fill_filter(self.filter.menu())
        self._fill_sort(self.sort.menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(self._pages, 1)
        row.addWidget(self._side())
        self._mark_menus()
        self._fit()

    def _side(self) -> QWidget:
        """Title above, filter below, at the right."""
        side = QWidget(self)
        side.setFixedWidth(_SIDE)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self.fold)
        head.addWidget(self._close)
        foot.setSpacing(4)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.filter)
        foot.addWidget(self.sort)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch(1)
        column.addLayout(head)
        column.addLayout(foot)
        column.addStretch(1)
        return side

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(self._empty)
        row.addWidget(self._other)
        row.addStretch(1)
        return page

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        set_icon(button, name, self._palette)
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(26, 26)
        return button

    def _menu_button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setProperty("look", "plain-menu")
        button.setCheckable(True)
        set_icon(button, name, self._palette)
        button.setFixedSize(32, 32)
        button.setMenu(QMenu(button))
        return button

    def _fill_filter(self, menu: QMenu) -> None:
        for number, flag in enumerate(get_args(Flag)):
            if number in (1, 5):
                menu.addSeparator()
            self._choice(menu, translate("Catalogue", _FLAGS[flag]), ("flag", flag))
        menu.addSeparator()
        for stars in range(MOST_STARS + 1):
            many = self.tr("{stars} or more").format(stars=STAR * stars)
            self._choice(menu, many if stars else self.tr("Any number of stars"), ("stars", stars))

    def _fill_sort(self, menu: QMenu) -> None:
        for by in get_args(By):
            self._choice(menu, translate("Catalogue", _ORDERS[by]), ("by", by))
        menu.addSeparator()
        self._choice(menu, self.tr("Ascending"), ("descending", False))
        self._choice(menu, self.tr("Descending"), ("descending", True))

    def _choice(self, menu: QMenu, text: str, sets: tuple[str, object]) -> None:
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setData(sets)
        group = menu.findChild(QActionGroup, sets[0])
        if group is None:
            group = QActionGroup(menu)
            group.setObjectName(sets[0])
        group.addAction(action)
        action.triggered.connect(lambda: self._change(**{sets[0]: sets[1]}))
        menu.addAction(action)

    def _mark_menus(self) -> None:
        """What is chosen; and the buttons say when it is not the usual."""
        for button in (self.filter, self.sort):
            for action in button.menu().actions():
                if action.data() is not None:
                    field, value = cast(tuple[str, object], tuple(action.data()))
                    action.setChecked(getattr(self._wish, field) == value)
        self.filter.setChecked(bool(self._wish.flag or self._wish.stars))
        self.sort.setChecked(self._wish.by != "name" or self._wish.descending)

    def _fold_clicked(self) -> None:
        self.set_folded(not self._is_folded)
        self.folded.emit(self._is_folded)

    def _fit(self) -> None:
        window = self.window().height()
        high = HIGH if window >= _HIGH_WINDOW else HEIGHT
        self.setFixedHeight(FOLDED if self._is_folded else high)

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)
