# SPDX-License-Identifier: Apache-2.0
"""What comes back from the engine: values, never a change to a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.engine.generating import Handle


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


class Remark(NamedTuple):
    """What a person should know of a result: an English template with {names}, to be translated in
    the context "Remark" where it is shown, and what fills it."""

    text: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Fidelity(NamedTuple):
    """How much of the product is still as it was, between the picture before and after, inside the
    product's mask (in the whole picture where there is none).

    ssim:    structural similarity of the lightness, 1 = the same structure.
    delta_e: mean difference of colour, CIEDE2000; from about 2.3 on it is seen.
    """

    ssim: float
    delta_e: float


@dataclass(frozen=True, eq=False)
class PixelsResult:
    """New pixels for a picture: of its own size, or of another where the Task says so.

    pixels:   (h, w, 4) uint8 premultiplied BGRA, the whole picture, whatever the Task's scope.
    model:    ids of the networks that made it, joined by "+"; "" where none was asked.
    fidelity: None where nothing could be compared.
    alpha, foreground: of the layer's mask, in the new size, (h, w) and (h, w, 4); None where it has
              none, or keeps its own. Of EraseRegion `alpha` says where the pixels are new.
    remarks:  such as a smaller working size than wished for, or a product that has changed much.
    """

    pixels: NDArray[np.uint8]
    model: str = ""
    fidelity: Fidelity | None = None
    remarks: tuple[Remark, ...] = ()
    alpha: NDArray[np.uint8] | None = None
    foreground: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class PicturesResult:
    """Small pictures to look at, which become no part of a document.

    pictures: (n, h, w, 4) uint8 premultiplied BGRA, in the order of what was asked for.
    """

    pictures: NDArray[np.uint8]
    model: str = ""


@dataclass(frozen=True, eq=False)
class LatentsResult:
    """Pictures of a generator, and what each was made of; they become no part of a document.

    pictures: (n, s, s, 4) uint8 BGRA, opaque.
    latents:  (n, ...) float16; with its label, each makes its picture again (see Latent).
    labels:   the class of each, by its place in the generator's list.
    handles:  where dragged points are now.
    """

    pictures: NDArray[np.uint8]
    latents: NDArray[np.float16]
    labels: tuple[int, ...]
    handles: tuple[Handle, ...] = ()


@dataclass(frozen=True, eq=False)
class TextResult:
    """Where text stands in a picture of h x w pixels; it becomes no part of a document.

    share: (h, w) uint8, 255 in lines of text and close round them.
    """

    share: NDArray[np.uint8]
    model: str = ""


@dataclass(frozen=True, eq=False)
class FeaturesResult:
    """What pictures are of, to be compared; it becomes no part of a document.

    features: (n, d) float16, in the order of the pictures; near ones show like things.
    """

    features: NDArray[np.float16]
    model: str = ""


@dataclass(frozen=True)
class DoneResult:
    """It is done, and there is nothing to be shown."""


Result = (
    MaskResult
    | PixelsResult
    | PicturesResult
    | LatentsResult
    | TextResult
    | FeaturesResult
    | DoneResult
)
