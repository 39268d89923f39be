# SPDX-License-Identifier: Apache-2.0
"""Histograms as they are drawn behind handles and curves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from prodedit.core.adjust.histogram import Counts, Histogram
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.theme import palette_now, qcolor

_T = QT_TRANSLATE_NOOP
CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "rgb": _T("Adjust", "All"),
        "red": _T("Adjust", "Red"),
        "green": _T("Adjust", "Green"),
        "blue": _T("Adjust", "Blue"),
    }
)
_COLOURS = {"red": (224, 74, 74), "green": (60, 168, 84), "blue": (72, 124, 240)}


def colour_of(channel: str) -> QColor:
    known = _COLOURS.get(channel)
    return qcolor(palette_now().secondary) if known is None else QColor(*known)


def counts_of(found: Histogram, channel: str) -> Counts:
    """Of "rgb" and "luminosity" the luminance."""
    whole = channel in ("rgb", "luminosity")
    counts: Counts = found.luminance if whole else getattr(found, channel)
    return counts


def highest(*graphs: Counts) -> float:
    """What is drawn full height: black and white alone may stand out of it."""
    inner = max((float(graph[1:-1].max(initial=0.0)) for graph in graphs), default=0.0)
    return inner or max((float(graph.max(initial=0.0)) for graph in graphs), default=1.0) or 1.0


def paint_counts(
    painter: QPainter, area: QRectF, counts: Counts, colour: QColor, top: float
) -> None:
    """`top`: the count that is as high as `area`. Roots, so that small counts are seen, too."""
    shares = np.sqrt(np.minimum(counts / top, 1.0))
    step = area.width() / len(counts)
    points = [QPointF(area.left(), area.bottom())]
    for value, share in enumerate(shares):
        height = area.bottom() - area.height() * float(share)
        points.append(QPointF(area.left() + value * step, height))
        points.append(QPointF(area.left() + (value + 1) * step, height))
    points.append(QPointF(area.right(), area.bottom()))
    painter.save()
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))
    painter.restore()
