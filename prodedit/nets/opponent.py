# SPDX-License-Identifier: Apache-2.0
"""Opponent colours: what networks see of a picture, and what they say of one.

Red, green and blue of a photo are nearly the same, so what is learned of them is light and dark for
a long time. As lightness, red against blue, and green against both, colours have numbers of their
own, and a third of the steps are enough. Ruderman, Cronin, Chiao: Statistics of cone responses to
natural images, J. Opt. Soc. Am. A 15, 1998, has them as the principal components of photos.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

_THIRD, _HALF, _SIXTH = 3**-0.5, 2**-0.5, 6**-0.5
_AXES = (
    (_THIRD, _THIRD, _THIRD),
    (_HALF, 0.0, -_HALF),
    (_SIXTH, -2 * _SIXTH, _SIXTH),
)
"""Orthonormal: the inverse is the transpose."""
_SEEN = 4.0
"""Colours differ by about a quarter of what lightness does."""


def seen(x: Tensor) -> Tensor:
    """(n, 3, h, w) of red, green, blue to lightness and two differences, all of about one size."""
    axes = x.new_tensor(_AXES) * x.new_tensor((1.0, _SEEN, _SEEN))[:, None]
    return F.conv2d(x, axes[..., None, None])


def said(y: Tensor) -> Tensor:
    """(n, 3, h, w) of lightness and two differences, as they are, to red, green, blue."""
    return F.conv2d(y, y.new_tensor(_AXES).T[..., None, None])
