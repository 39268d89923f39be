# SPDX-License-Identifier: Apache-2.0
"""Styles look as they did when a person looked at them."""

import cv2
import numpy as np
import pytest

from tests.engine import style_sheet


@pytest.mark.slow
def test_the_contact_sheet_is_as_it_was() -> None:
    if not style_sheet.is_possible():
        pytest.skip("no photos beside the checkout, or no weights: prodedit models pull")
    wanted = cv2.imread(str(style_sheet.GOLDEN)).astype(int)
    off = np.abs(style_sheet.sheet().astype(int) - wanted)
    side = style_sheet.SHOWN
    tiles = off.reshape(len(off) // side, side, -1, side, 3).mean((1, 3, 4))
    assert tiles.max() < 9, "levels of 255; the most alike of two styles are 26 apart, JPEG takes 6"
