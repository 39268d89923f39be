# SPDX-License-Identifier: Apache-2.0
"""What the Export panel shows of a file that is not written yet. Not for the window's thread."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import cv2
import numpy as np
from PySide6.QtGui import QImage

from prodedit.catalogue.check.looking import COSTLY
from prodedit.catalogue.check.slot import SlotOrder, Tried
from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_LAYERS, ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files.encoding_aside import encode_aside
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop
from prodedit.gui.check.trials import SlotTrials
from prodedit.gui.panels.cutout_section import small_picture
from prodedit.render.export import picture_bytes

_SAMPLE_SIDE = 640


class Sample(NamedTuple):
    """The file as it would be: its size in bytes, and a small picture of what is in it. 0 where it
    is not made to know: all layers would be drawn for a number. tried: for a marketplace; costly:
    why that takes long, where nobody has asked to wait for it."""

    nbytes: int
    size: Size
    image: QImage
    tried: Tried | None = None
    costly: Problem | None = None


def plain_sample(
    document: Document, setting: ExportSetting, metadata: Metadata | None, stop: Stop
) -> Sample:
    """By the panel's own setting. Raises Problem, Cancelled."""
    if setting.format in HAS_LAYERS:
        stop.check()
        return Sample(0, document.size, small_picture(document))
    data = picture_bytes(document, setting, metadata, partial(encode_aside, stop=stop))
    image, size = _decoded(data) or (small_picture(document), document.size)
    return Sample(len(data), size, image)


def slot_sample(trials: SlotTrials, order: SlotOrder, stop: Stop, *, sparing: bool) -> Sample:
    """The same for a marketplace, judged; sparing: at once, or not at all. Raises Problem,
    Cancelled."""
    document = order.document
    try:
        tried = trials.tried(order, stop, sparing=sparing)
    except Problem as problem:
        if problem.code != COSTLY:
            raise
        return Sample(0, document.size, small_picture(document), costly=problem)
    image, size = _decoded(tried.data) or (small_picture(document), order.preset.making.wanted)
    return Sample(len(tried.data), size, image, tried)


def _decoded(data: bytes) -> tuple[QImage, Size] | None:
    """What is in a file of ours, small, and how large it is. Not by Qt, which stops Python's other
    threads, the window's too, while it reads."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype != np.uint8 or pixels.ndim != 3:
        return None
    whole = Size(pixels.shape[1], pixels.shape[0])
    size = whole.fit(_SAMPLE_SIDE)
    small = np.asarray(cv2.resize(pixels, tuple(size), interpolation=cv2.INTER_AREA), np.uint8)
    if small.shape[2] == 3:
        small = np.dstack([small, np.full(small.shape[:2], 255, np.uint8)])
    kind = QImage.Format.Format_ARGB32
    image = QImage(small.tobytes(), size.width, size.height, size.width * 4, kind).copy()
    return image, whole
