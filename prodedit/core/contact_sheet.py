# SPDX-License-Identifier: Apache-2.0
"""How many pictures lie on a page of paper, and how."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from prodedit.core.values import Value

Paper = Literal["A3", "A4", "A5", "Letter"]
PAPERS: Mapping[Paper, tuple[float, float]] = MappingProxyType(
    {
        "A3": (297.0, 420.0),
        "A4": (210.0, 297.0),
        "A5": (148.0, 210.0),
        "Letter": (215.9, 279.4),
    }
)
"""Width and height in millimetres, upright."""


class Sheet(Value, frozen=True):
    """title: on top of each page; "": none. captions: each picture's name below it."""

    columns: Annotated[int, msgspec.Meta(ge=1, le=12)] = 4
    rows: Annotated[int, msgspec.Meta(ge=1, le=16)] = 5
    paper: Paper = "A4"
    landscape: bool = False
    captions: bool = True
    title: str = ""

    @property
    def on_a_page(self) -> int:
        return self.columns * self.rows

    @property
    def page(self) -> tuple[float, float]:
        """Width and height in millimetres, as it lies."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)
