# SPDX-License-Identifier: Apache-2.0
"""What comes back from the engine: values, never a change to a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class MaskResult:
    """A cut-out of a picture of h x w pixels.

    alpha:       (h, w) uint8, 0 = background, 255 = product.
    confidence:  (h, w) uint8, 255 = certain, 0 = a coin's toss.
    foreground:  (h, w, 4) uint8 premultiplied BGRA: the product's own colour without the old
                 background's light, opaque in the soft band, all zero elsewhere; None if not made.
    score:       0..1, how far the cut-out may be trusted as a whole.
    model:       ids of the networks that made it, joined by "+".
    """

    alpha: NDArray[np.uint8]
    confidence: NDArray[np.uint8]
    foreground: NDArray[np.uint8] | None
    score: float
    model: str


Result = MaskResult
