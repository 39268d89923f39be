# SPDX-License-Identifier: Apache-2.0
"""The merged picture of a Photoshop file, which every such file has. Decoder process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PsdImagePlugin
from psd_tools.constants import ColorMode
from psd_tools.psd.image_data import ImageData

from prodedit.core.pixels import Pixels
from prodedit.files import photoshop_resources
from prodedit.files.colour import dithered
from prodedit.files.photo import Limits
from prodedit.files.photoshop_head import Head, read_head
from prodedit.files.refusals import refusal

_PLAIN_DEPTHS = frozenset({1, 8})
"""Bits a channel that Pillow reads."""
_MODES = {
    ColorMode.RGB: ("RGB", 3),
    ColorMode.GRAYSCALE: ("L", 1),
    ColorMode.DUOTONE: ("L", 1),
    ColorMode.CMYK: ("CMYK", 4),
    ColorMode.LAB: ("LAB", 3),
}
_MOST_BYTES = 1 << 30
_ROWS = 256


def identified(path: Path, limits: Limits) -> Image.Image:
    """The picture, its pixels not read yet where Pillow can read them; it has alpha in `info` as
    "photoshop-alpha" where that is one. Raises Problem, ValueError, OSError."""
    with path.open("rb") as file:
        head = read_head(file, limits)
        plain = head.header.version == 1 and head.header.depth in _PLAIN_DEPTHS
        if not plain:
            file.seek(head.layers_at)
            image = _unpacked(file, head)
    if plain:
        image = PsdImagePlugin.PsdImageFile(path)
    _tell(image, head)
    return image


def as_shown(image: Image.Image) -> Image.Image:
    """The loaded picture with what Photoshop means by its fourth channel: alpha over white, or
    nothing at all."""
    if image.mode != "RGBA":
        return image
    if not image.info.get("photoshop-alpha"):
        return _with_info(image.convert("RGB"), image)
    pixels = np.asarray(image).copy()
    for top in range(0, len(pixels), _ROWS):
        _without_white(pixels[top : top + _ROWS])
    return _with_info(Image.fromarray(pixels), image)


def _without_white(part: Pixels) -> None:
    """Straight colours from such laid over white, in place."""
    alpha = part[..., 3:].astype(np.int32)
    own = part[..., :3].astype(np.int32) - (255 - alpha)
    straight = (own * 255 + alpha // 2) // np.maximum(alpha, 1)
    part[..., :3] = np.clip(straight, 0, 255)


def _tell(image: Image.Image, head: Head) -> None:
    icc = head.resources.get_data(photoshop_resources.ICC)
    if isinstance(icc, bytes):
        image.info["icc_profile"] = icc
    dots = photoshop_resources.resolution(head.resources)
    if dots:
        image.info["dpi"] = (dots, dots)
    image.info["photoshop-alpha"] = head.has_alpha


def _unpacked(file: Any, head: Head) -> Image.Image:
    """PSB, and 16 bits a channel."""
    header = head.header
    mode, count = _MODES.get(header.color_mode, ("", 0))
    if not mode or header.depth not in (8, 16) or header.channels < count:
        raise refusal("unknown-variant", kind="Photoshop")
    width = 4 if header.version == 1 else 8
    length = int.from_bytes(file.read(width), "big")
    file.seek(length, 1)
    data = ImageData.read(file)
    if header.channels * head.size.area * header.depth // 8 > _MOST_BYTES:
        raise refusal("no-memory")
    planes = data.get_data(header, split=False)
    assert isinstance(planes, bytes)
    kind = np.dtype(np.uint8 if header.depth == 8 else ">u2")
    shape = (header.channels, header.height, header.width)
    values = np.frombuffer(planes, kind).reshape(shape)
    if mode == "RGB" and header.channels > 3 and head.has_alpha:
        mode, count = "RGBA", 4
    image = _image(values[:count], mode)
    image.info["photoshop-bits"] = header.depth
    return image


def _image(values: NDArray[Any], mode: str) -> Image.Image:
    bands = []
    for plane in values:
        band: Pixels = np.empty(plane.shape, np.uint8)
        for top in range(0, len(plane), _ROWS):
            band[top : top + _ROWS] = eight_bits(plane[top : top + _ROWS], top)
        bands.append(255 - band if mode == "CMYK" else band)
    if mode == "LAB":  # Pillow's a and b are signed
        bands[1:] = [band ^ np.uint8(128) for band in bands[1:]]
    return Image.merge(mode, [Image.fromarray(band) for band in bands])


def eight_bits(part: NDArray[Any], top: int) -> Pixels:
    """Rows of a plane, the first of which is row `top` of the picture."""
    if part.dtype == np.uint8:
        return part
    return dithered(part.astype(np.float32) * np.float32(255 / 65535), top)


def _with_info(image: Image.Image, like: Image.Image) -> Image.Image:
    image.info = dict(like.info)
    return image
