# SPDX-License-Identifier: Apache-2.0
"""Opening one untrusted picture: runs in the decoder process only.

First the header (`open_header`), so that limits are checked before memory is taken; then the
pixels (`load`).
"""

import errno
import importlib
import stat
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFile

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files.photo import LIMITS, Limits, Note
from prodedit.files.refusals import refusal
from prodedit.files.sniff import GIF, HEAD, HEIC, JPEG, PHOTOSHOP, RAW, TIFF, Kind, sniff

_TURNED = frozenset({5, 6, 7, 8})
_COUNTABLE_GIF = 1_000_000  # bytes; counting the frames of longer ones would take seconds
_TIFF_SUBFILE, _TIFF_DNG_VERSION = 254, 50706
_FILL = {JPEG.name: 128}  # what libjpeg puts where data is missing; others leave zeros

_TELLING = frozenset({"too-many-pixels", "side-too-long", "no-memory"})
"""What is told of a file that turns out to be raw after all."""
_READ_ERRORS = {
    errno.ENOENT: "not-found",
    errno.ENOTDIR: "not-found",
    errno.ELOOP: "not-found",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ENOMEM: "no-memory",
}


def open_header(path: Path, limits: Limits, *, small: bool = False) -> tuple[Image.Image, Kind]:
    """The picture with its header read and checked against the limits; Problem else. small: half
    of its size will do, where that is much faster to have."""
    try:
        kind = _kind(path, limits)
    except OSError as error:
        code = _READ_ERRORS.get(error.errno or 0, "read-failed")
        raise refusal(code, details=str(error)) from error
    try:
        image = _identified(path, kind, limits, small=small)
    except Problem as problem:
        if kind is not TIFF or problem.code != "unknown-variant":
            raise
        return _raw_at_least(path, limits, problem, small=small), RAW
    check_size(Size(*image.size), limits)
    if kind is TIFF and _is_raw(image):
        image.close()
        return _developed(path, limits, small=small), RAW
    return image, kind


def _kind(path: Path, limits: Limits) -> Kind:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise refusal("folder")
    if not stat.S_ISREG(status.st_mode):
        raise refusal("not-a-file")
    if status.st_size > limits.file_bytes:
        megabytes, limit = status.st_size >> 20, limits.file_bytes >> 20
        raise refusal("file-too-big", megabytes=megabytes, limit=limit)
    with path.open("rb") as file:
        return sniff(file.read(HEAD))


def _identified(
    path: Path, kind: Kind, limits: Limits = LIMITS, *, small: bool = False
) -> Image.Image:
    """Only the one reader that fits the first bytes gets to see the file."""
    if kind is PHOTOSHOP:
        return _photoshop(path, limits)
    if kind is RAW:
        return _developed(path, limits, small=small)
    try:
        plugin = importlib.import_module(kind.plugin)
    except ImportError as error:
        if kind is HEIC:
            raise refusal("heic-missing", details=str(error)) from error
        raise
    if kind is HEIC:
        plugin.register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(path, formats=[kind.pillow])
    except MemoryError as error:
        raise refusal("no-memory") from error
    except Exception as error:
        raise _not_identified(kind, error) from error


def _photoshop(path: Path, limits: Limits) -> Image.Image:
    from prodedit.files import photoshop_flat  # with psd-tools, which nothing else needs

    try:
        return photoshop_flat.identified(path, limits)
    except (Problem, MemoryError):
        raise
    except Exception as error:
        raise _not_identified(PHOTOSHOP, error) from error


def _raw_at_least(path: Path, limits: Limits, problem: Problem, *, small: bool) -> Image.Image:
    """A TIFF that no reader knows may be a raw file without a preview; `problem` is told else."""
    try:
        return _developed(path, limits, small=small)
    except Problem as other:
        raise (other if other.code in _TELLING else problem) from other


def _developed(path: Path, limits: Limits, *, small: bool) -> Image.Image:
    try:
        from prodedit.files import camera_raw  # with rawpy, an extra
    except ImportError as error:
        raise refusal("camera-raw", details=str(error)) from error
    return camera_raw.developed(path, limits, small=small)


def _not_identified(kind: Kind, error: Exception) -> Problem:
    code = "unknown-variant" if kind is TIFF else "unreadable"
    return refusal(code, details=f"{type(error).__name__}: {error}", kind=kind.name)


def check_size(size: Size, limits: Limits) -> None:
    """Raises Problem("too-many-pixels", "side-too-long", "unreadable" for no pixels at all)."""
    if min(size) < 1:
        raise refusal("unreadable", details=f"size {size}")
    if size.area > limits.pixels:
        # Rounded up: "251 of at most 250", never "250 of at most 250".
        millions = -(-size.area // 1_000_000)
        raise refusal("too-many-pixels", megapixels=millions, limit=limits.pixels // 1_000_000)
    if max(size) > limits.side:
        raise refusal("side-too-long", width=size.width, height=size.height, limit=limits.side)


def _is_raw(image: Image.Image) -> bool:
    """Raw files (DNG, NEF, ARW) are TIFFs whose first page is only a small preview."""
    tags: Any = getattr(image, "tag_v2", {})
    return _TIFF_DNG_VERSION in tags or tags.get(_TIFF_SUBFILE) == 1


def upright(size: Size, orientation: int) -> Size:
    """The size after turning by an EXIF orientation."""
    return Size(size.height, size.width) if orientation in _TURNED else size


def frame_notes(path: Path, kind: Kind) -> tuple[Note, ...]:
    """Tells what is left out of files that hold more than one picture."""
    # Previews, depth maps and layers are no further pictures.
    if kind in (JPEG, HEIC, PHOTOSHOP, RAW):
        return ()
    try:
        # An image of its own: counting moves the reader about.
        with _identified(path, kind) as image:
            frames = _count_frames(image, kind, path)
    except Exception:  # noqa: BLE001 - the first frame decides whether the file can be opened
        return ()
    if frames < 0:
        return (Note("long-animation"),)
    note = Note("pages", (("pages", frames),)) if kind is TIFF else None
    return () if frames < 2 else (note or Note("animation", (("frames", frames),)),)


def _count_frames(image: Image.Image, kind: Kind, path: Path) -> int:
    """How many pictures; -1 for more than one where counting would take long."""
    several = bool(getattr(image, "is_animated", False))
    if several and kind is GIF and path.stat().st_size > _COUNTABLE_GIF:
        return -1
    return int(getattr(image, "n_frames", 1))


def load(path: Path, image: Image.Image, kind: Kind, *, accept_damaged: bool) -> Image.Image:
    """The same picture with its pixels in memory, `damage` told in its `info` as a percentage.

    Raises Problem("damaged") with the percentage that can be read, unless it is accepted;
    "unreadable" when nothing can be; "no-memory".
    """
    try:
        image.load()
    except MemoryError as error:
        raise refusal("no-memory") from error
    except Exception as error:  # noqa: BLE001 - readers raise anything at hostile bytes
        image = _salvaged(path, kind, error, accept_damaged=accept_damaged, wanted=image.size)
    return _as_shown(image) if kind is PHOTOSHOP else image


def _as_shown(image: Image.Image) -> Image.Image:
    from prodedit.files import photoshop_flat

    return photoshop_flat.as_shown(image)


def _salvaged(
    path: Path, kind: Kind, error: Exception, *, accept_damaged: bool, wanted: tuple[int, int]
) -> Image.Image:
    details = f"{type(error).__name__}: {error}"
    rest = _load_truncated(path, kind, wanted)
    percent = 0 if rest is None else _readable_percent(rest, _FILL.get(kind.name, 0))
    if rest is None or percent == 0:
        raise refusal("unreadable", details=details)
    if not accept_damaged:
        raise refusal("damaged", details=details, percent=percent)
    rest.info["damage"] = percent
    return rest


def _load_truncated(path: Path, kind: Kind, wanted: tuple[int, int]) -> Image.Image | None:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image = _identified(path, kind)
        image.draft(image.mode, wanted)
        image.load()
    except Exception:  # noqa: BLE001 - nothing can be saved then, which the caller tells
        return None
    else:
        return image
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _readable_percent(image: Image.Image, fill: int) -> int:
    """Share of the rows before the untouched rest; at most 99, since something is missing."""
    missing = 0
    for row in range(image.height - 1, -1, -1):
        values = np.asarray(image.crop((0, row, image.width, row + 1)))
        if (values != fill).any():
            break
        missing += 1
    return min(99, round(100 * (image.height - missing) / image.height))
