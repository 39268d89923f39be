# SPDX-License-Identifier: Apache-2.0
"""The tools, in the order of the tool bar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from prodedit.editing.session import EditSession
from prodedit.gui.tools.click_select import ClickSelect
from prodedit.gui.tools.cloning import CloneStamp, Heal, SourceTool
from prodedit.gui.tools.crop import CropTool
from prodedit.gui.tools.erase_object import EraseObjectTool
from prodedit.gui.tools.eyedropper import Eyedropper
from prodedit.gui.tools.hand import Hand
from prodedit.gui.tools.lasso import Lasso, PolygonLasso
from prodedit.gui.tools.marquee import EllipseMarquee, RectangleMarquee
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.move import Move
from prodedit.gui.tools.object_select import ObjectSelect
from prodedit.gui.tools.paint_tool import PaintTool
from prodedit.gui.tools.painting import Eraser, PaintBrush
from prodedit.gui.tools.pen import Pen
from prodedit.gui.tools.pouring import Bucket, GradientTool, PouringTool
from prodedit.gui.tools.quick_mask import QuickMask
from prodedit.gui.tools.retouching import RETOUCH_TOOLS
from prodedit.gui.tools.rotate_view import RotateView
from prodedit.gui.tools.selecting import SelectTool
from prodedit.gui.tools.shape import SHAPE_TOOLS, ShapeTool
from prodedit.gui.tools.text import TextTool
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.tools.wand import Wand
from prodedit.gui.tools.zoom import Zoom

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

TOOLS: Mapping[str, type[Tool]] = MappingProxyType(
    {
        tool.id: tool
        for tool in (
            Move,
            RectangleMarquee,
            EllipseMarquee,
            Lasso,
            PolygonLasso,
            ClickSelect,
            Wand,
            ObjectSelect,
            CropTool,
            PaintBrush,
            MaskBrush,
            Eraser,
            CloneStamp,
            Heal,
            EraseObjectTool,
            *RETOUCH_TOOLS,
            GradientTool,
            Bucket,
            TextTool,
            *SHAPE_TOOLS,
            Pen,
            Eyedropper,
            Hand,
            RotateView,
            Zoom,
        )
    }
)
"""Those of one letter share a button; Shift and the letter goes on to the next."""


def make_tools(session: EditSession, canvas: Canvas) -> dict[str, Tool]:
    """One of each for a canvas, by id."""
    return {name: tool(session, canvas) for name, tool in TOOLS.items()}


__all__ = [
    "RETOUCH_TOOLS",
    "SHAPE_TOOLS",
    "TOOLS",
    "Bucket",
    "ClickSelect",
    "CloneStamp",
    "CropTool",
    "EllipseMarquee",
    "EraseObjectTool",
    "Eraser",
    "Eyedropper",
    "GradientTool",
    "Hand",
    "Heal",
    "Lasso",
    "MaskBrush",
    "Move",
    "ObjectSelect",
    "PaintBrush",
    "PaintTool",
    "Pen",
    "Pointer",
    "PolygonLasso",
    "PouringTool",
    "QuickMask",
    "RectangleMarquee",
    "RotateView",
    "SelectTool",
    "ShapeTool",
    "SourceTool",
    "TextTool",
    "Tool",
    "Wand",
    "Zoom",
    "make_tools",
]
