# SPDX-License-Identifier: Apache-2.0
"""Where the keyboard goes: Tab as the eye reads, F6 from one area of the window to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus.value


def order_tabs(window: QWidget, areas: Sequence[QWidget]) -> None:
    """Tab goes through `areas` one after the other; within each, the order stays."""
    held: dict[QWidget | None, list[QWidget]] = {area: [] for area in (*areas, None)}
    for stop in _stops(window):
        held[_area_of(stop, areas)].append(stop)
    for first, second in pairwise(stop for area in areas for stop in held[area]):
        QWidget.setTabOrder(first, second)


def focus_next_area(window: QWidget, areas: Sequence[QWidget]) -> None:
    """Give the focus to the first thing that takes it in the next area that has one."""
    here = _area_of(window.focusWidget(), areas)
    start = areas.index(here) + 1 if here is not None else 0
    stops = [stop for stop in _stops(window) if stop.isVisible() and stop.isEnabled()]
    for area in (*areas[start:], *areas[:start]):
        inside = next((stop for stop in stops if _area_of(stop, areas) is area), None)
        if inside is not None:
            inside.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _stops(window: QWidget) -> list[QWidget]:
    """What Tab could stop at in `window`, in the order in which it does."""
    below = window.findChildren(QWidget)
    chain = [window]
    for _ in range(sum(one.window() is window for one in below)):
        following = chain[-1].nextInFocusChain()  # never on to the window: see `_belong`
        assert following is not None
        chain.append(following)
    stops = [
        one for one in chain[1:] if one.focusPolicy().value & _TAB and one.focusProxy() is None
    ]
    _belong(below)
    return stops


def _belong(widgets: Iterable[QWidget]) -> None:
    """Tell PySide whose children they are.

    PySide 6.11 takes what nextInFocusChain and focusProxy return for a child of the widget that was
    asked. When that goes, say with a picture that is closed, the other one is kept for ever, or
    taken for gone: the window and all its menus, once. What findChildren returns is taken for a
    child of the widget that was asked, too, which is right for direct ones."""
    for parent in filter(None, {one.parentWidget() for one in widgets}):
        parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _area_of(widget: QWidget | None, areas: Sequence[QWidget]) -> QWidget | None:
    """The first that holds it: an area within another stands before it."""
    if widget is None:
        return None
    return next((area for area in areas if area is widget or area.isAncestorOf(widget)), None)
