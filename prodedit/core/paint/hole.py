# SPDX-License-Identifier: Apache-2.0
"""A hole in a layer's pixels that is to be filled, by hand or for each photo of a series."""

from __future__ import annotations

import cv2
import numpy as np

from prodedit.core.tiles import Pixels

MARGIN, LEAST = 3, 96
"""Pixels beyond what was marked that go with it; and round it that are looked at, at least."""
_SOFT = 1.2


def softened(hole: Pixels) -> Pixels:
    """(h, w) of 0 and 255 -> how far what fills it covers what was there, with a soft edge."""
    return np.asarray(cv2.GaussianBlur(hole, (0, 0), _SOFT), np.uint8)
