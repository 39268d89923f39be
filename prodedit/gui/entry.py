# SPDX-License-Identifier: Apache-2.0
"""One command of the menus, and what has to be there for it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Needs = Literal[
    "", "document", "pixels", "mask", "selection", "undo", "redo",
    "layer", "group", "clip", "merge", "drawn", "bare", "masked", "effects", "adjustment",
]  # fmt: skip


class Entry(NamedTuple):
    """`id`: also the name of the method of Commands that does it. `text`: context "Action".
    `menu`: the submenu's title, in the same context; it stands where its first entry does."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = "document"
    menu: str = ""


SEPARATOR = Entry("", "")
