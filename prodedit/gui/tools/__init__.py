# SPDX-License-Identifier: Apache-2.0
"""The tools, in the order of the tool bar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from prodedit.editing.session import EditSession
from prodedit.gui.tools.click_select import ClickSelect
from prodedit.gui.tools.eyedropper import Eyedropper
from prodedit.gui.tools.hand import Hand
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.move import Move
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.tools.zoom import Zoom

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

TOOLS: Mapping[str, type[Tool]] = MappingProxyType(
    {tool.id: tool for tool in (Move, ClickSelect, MaskBrush, Eyedropper, Hand, Zoom)}
)


def make_tools(session: EditSession, canvas: Canvas) -> dict[str, Tool]:
    """One of each for a canvas, by id."""
    return {name: tool(session, canvas) for name, tool in TOOLS.items()}


__all__ = [
    "TOOLS",
    "ClickSelect",
    "Eyedropper",
    "Hand",
    "MaskBrush",
    "Move",
    "Pointer",
    "Tool",
    "Zoom",
    "make_tools",
]
