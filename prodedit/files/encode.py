# SPDX-License-Identifier: Apache-2.0
"""Pictures as the bytes of a file: sRGB told, nothing private in it, the same bytes every time."""

import functools
import os
import tempfile
from collections.abc import Callable, Mapping
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from prodedit.core.export_setting import HAS_PATHS, ExportSetting, Format
from prodedit.core.geometry import Size
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files import photoshop_paths
from prodedit.files.metadata import Metadata, exif_bytes
from prodedit.files.png import encode_png
from prodedit.files.xmp import provenance_packet

Pixels = NDArray[np.uint8]
_EXIF_PREFIX = b"Exif\0\0"
_FULL_COLOUR_FROM = 90  # the quality from which colour is kept at full resolution
_AVIF_SPEED = 8
_PREDICTOR_TAG, _XMP_TAG, _CAMERA_TAG = 317, 700, 0x8769
_HORIZONTAL = 2


class _Extras(NamedTuple):
    """What stands in the file beside the pixels; b"" for nothing. `exif` with its prefix."""

    icc: bytes
    exif: bytes
    xmp: bytes
    photoshop: bytes = b""
    """Image resources."""
    resolution: int = 0


def encode(
    pixels: Pixels,
    setting: ExportSetting,
    metadata: Metadata | None = None,
    clipping: NamedPath | None = None,
    *,
    progressive: bool = False,
) -> bytes:
    """The file's bytes for (h, w, 3) RGB or (h, w, 4) straight RGBA uint8, sRGB.

    `metadata` is the photo's; it is written only where `setting.metadata` says "keep".
    `clipping`: a path in pixels of the picture; written for JPEG and TIFF where the setting wishes.
    `progressive`: for JPEG, shown blurred first and sharp later.
    Raises Problem("no-alpha") for alpha and JPEG, so that flattening is never forgotten;
    Problem("too-large-for-format").
    """
    _check(pixels, setting.format)
    extras = _extras(setting, metadata)
    if clipping is not None and setting.clipping and setting.format in HAS_PATHS:
        size = Size(pixels.shape[1], pixels.shape[0])
        extras = extras._replace(photoshop=photoshop_paths.resources(clipping, size))
    if setting.format == "png":
        exif = extras.exif.removeprefix(_EXIF_PREFIX)
        told = {"icc": extras.icc, "exif": exif, "xmp": extras.xmp}
        return encode_png(pixels, resolution=setting.resolution, **told)
    codec = _CODECS[setting.format]
    options = codec.options(setting.quality, extras)
    if progressive and setting.format == "jpeg":
        options["progressive"] = True
    return _saved(pixels, codec.pillow, options)


def _check(pixels: Pixels, file_format: Format) -> None:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (3, 4):
        raise ValueError(f"RGB or RGBA bytes are wanted, not {pixels.dtype} {pixels.shape}")
    if file_format == "jpeg" and pixels.shape[2] == 4:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "JPEG has no transparency. Choose a background colour, or PNG."
            ),
            code="no-alpha",
        )
    height, width = pixels.shape[:2]
    limit = _LONGEST_SIDE[file_format]
    if max(height, width) > limit:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "{format} files can be {limit} pixels wide and high at most; this picture is "
                "{width} × {height}.",
            ),
            code="too-large-for-format",
            format=file_format.upper(),
            limit=limit,
            width=width,
            height=height,
        )


def _extras(setting: ExportSetting, metadata: Metadata | None) -> _Extras:
    keep = setting.metadata == "keep" and metadata is not None
    exif = exif_bytes(metadata) if keep and metadata is not None else b""
    packet = provenance_packet(setting.provenance)
    return _Extras(srgb_profile(), exif, packet, resolution=setting.resolution)


@functools.cache
def srgb_profile() -> bytes:
    """An ICC profile of sRGB, without the moment of its making that LittleCMS puts in."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # ICC.1:2010, 7.2: date and time at 24, profile ID at 84.
    profile[24:36] = b"\x07\xd0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    profile[84:100] = bytes(16)
    return bytes(profile)


def _saved(pixels: Pixels, pillow_format: str, options: Mapping[str, Any]) -> bytes:
    try:
        return _written(pixels, pillow_format, options)
    except OSError:
        if pillow_format != "JPEG":
            raise
        # Optimised and progressive files are made in one buffer of Pillow's own, which is too small
        # for a picture that is all fine grain. A plain one is written piece by piece.
        return _written(pixels, pillow_format, {**options, "optimize": False, "progressive": False})


def _written(pixels: Pixels, pillow_format: str, options: Mapping[str, Any]) -> bytes:
    with _nameless_file() as file:
        Image.fromarray(pixels).save(file, pillow_format, **options)
        file.seek(0)
        return file.read()


def _nameless_file() -> IO[bytes]:
    """In memory where the system can. A real file, because Pillow lets other threads run while it
    fills one, and not while it fills a BytesIO (JPEG: half a second for 12 megapixels)."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("prodedit"), "w+b")
    return tempfile.TemporaryFile()


class _Codec(NamedTuple):
    """Pillow's name for a format, and its options for a quality."""

    pillow: str
    options: Callable[[int, _Extras], dict[str, Any]]


def _jpeg(quality: int, extras: _Extras) -> dict[str, Any]:
    full = quality >= _FULL_COLOUR_FROM
    told = _told(extras) | _dots(extras)
    if extras.photoshop:
        told["extra"] = photoshop_paths.jpeg_segments(extras.photoshop)
    return {"quality": quality, "subsampling": 0 if full else 2, "optimize": True, **told}


def _webp(quality: int, extras: _Extras) -> dict[str, Any]:
    return {"quality": quality, "method": 4, "alpha_quality": 100, **_told(extras)}


def _avif(quality: int, extras: _Extras) -> dict[str, Any]:
    full = quality >= _FULL_COLOUR_FROM
    subsampling = "4:4:4" if full else "4:2:0"
    fixed = {"speed": _AVIF_SPEED, "max_threads": 1}
    return {"quality": quality, "subsampling": subsampling, **fixed, **_told(extras)}


def _tiff(quality: int, extras: _Extras) -> dict[str, Any]:
    """Nothing is lost whatever the quality. The camera's fields can't go into a compressed one."""
    del quality
    tags = Image.Exif()
    if extras.exif:
        tags.load(extras.exif)
        tags.pop(_CAMERA_TAG, None)  # libtiff would need it as a place in the file
    for tag, value in list(tags.items()):
        # Pillow read our UTF-8 as Latin-1, and would write "?" for it.
        tags[tag] = value.encode("latin-1") if isinstance(value, str) else value
    tags[_PREDICTOR_TAG] = _HORIZONTAL
    if extras.xmp:
        tags[_XMP_TAG] = extras.xmp
    if extras.photoshop:
        tags[photoshop_paths.TIFF_TAG] = extras.photoshop
    packed = {"compression": "tiff_adobe_deflate", "icc_profile": extras.icc, "exif": tags}
    return packed | _dots(extras)


def _dots(extras: _Extras) -> dict[str, Any]:
    return {"dpi": (extras.resolution, extras.resolution)} if extras.resolution else {}


def _told(extras: _Extras) -> dict[str, Any]:
    named = {"icc_profile": extras.icc, "exif": extras.exif, "xmp": extras.xmp}
    return {name: value for name, value in named.items() if value}


_CODECS: Mapping[Format, _Codec] = {
    "jpeg": _Codec("JPEG", _jpeg),
    "webp": _Codec("WEBP", _webp),
    "avif": _Codec("AVIF", _avif),
    "tiff": _Codec("TIFF", _tiff),
}
_LONGEST_SIDE: Mapping[Format, int] = {
    "png": 1_000_000,  # what OpenCV writes
    "jpeg": 65_500,
    "webp": 16_383,
    "avif": 65_536,
    "tiff": 1_000_000,
}
