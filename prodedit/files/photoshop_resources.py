# SPDX-License-Identifier: Apache-2.0
"""What a Photoshop file tells beside its pixels: paths, guides, resolution, profile.

Image resources of Adobe's "Photoshop File Formats Specification" (2019). psd-tools packs and
unpacks them; it is loaded where a PSD file is read or written, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psd_tools.constants import Resource
from psd_tools.psd.image_resources import (
    GridGuidesInfo,
    ImageResource,
    ImageResources,
    ResoulutionInfo,
    VersionInfo,
)
from psd_tools.psd.vector import Path as PsdPath

from prodedit.core.geometry import Point, Size
from prodedit.core.guides import Guide
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.files import photoshop_paths
from prodedit.files.photoshop_layers import PhotoshopPicture

ICC = int(Resource.ICC_PROFILE)
_FIRST_PATH, _LAST_PATH = 2000, 2997
_EXIF, _XMP = int(Resource.EXIF_DATA_1), int(Resource.XMP_METADATA)
_GUIDE_PARTS = 32
"""Guides lie on thirty-seconds of a pixel."""
_GUIDES_SPACING = 576
"""Of the grid, as Photoshop writes it; nobody is shown it."""
_INCH, _INCHES = 1, 1
_USUAL = 72.0
_DIRECTIONS = ("upright", "level")
_MOST_GUIDES, _MOST_KNOTS = 1000, 20_000


def packed(picture: PhotoshopPicture, profile: bytes, exif: bytes, xmp: bytes) -> ImageResources:
    """All that is written for a picture; b"" of what is not."""
    items = [*_always(picture), (ICC, profile), (_EXIF, exif), (_XMP, xmp), *_paths(picture)]
    found = ((key, _resource(key, data)) for key, data in items if data)
    return ImageResources([(one.key, one) for _, one in found])  # type: ignore[arg-type]


def _always(picture: PhotoshopPicture) -> Iterator[tuple[int, Any]]:
    dots = round((picture.resolution or _USUAL) * 65536)
    yield (
        int(Resource.RESOLUTION_INFO),
        ResoulutionInfo(dots, _INCH, _INCHES, dots, _INCH, _INCHES),
    )
    yield (
        int(Resource.VERSION_INFO),
        VersionInfo(has_composite=True, writer="ProdEdit", reader="ProdEdit"),
    )
    if picture.guides:
        lines: list[Any] = [_line(guide) for guide in picture.guides if guide.position >= 0]
        spacing = _GUIDES_SPACING
        yield int(Resource.GRID_AND_GUIDES_INFO), GridGuidesInfo(1, spacing, spacing, lines)


def _line(guide: Guide) -> tuple[int, int]:
    return round(guide.position * _GUIDE_PARTS), _DIRECTIONS.index(guide.direction)


def _resource(key: int, data: Any) -> ImageResource:
    if isinstance(data, _Path):
        return ImageResource(key=key, name=data.name, data=data.records)
    return ImageResource(key=key, data=data)


class _Path:
    def __init__(self, name: str, records: bytes) -> None:
        self.name = name
        self.records = records


def _paths(picture: PhotoshopPicture) -> Iterator[tuple[int, Any]]:
    taken: set[str] = set()
    drawn = [path for path in picture.paths if path.path.subpaths]
    for number, path in enumerate(drawn[: _LAST_PATH - _FIRST_PATH + 1]):
        name = photoshop_paths.plain_name(path.name, number + 1, taken)
        yield _FIRST_PATH + number, _Path(name, photoshop_paths.records(path, picture.size))
        if path.is_clipping:
            letters = name.encode("mac_roman")
            data = bytes([len(letters)]) + letters
            yield int(Resource.CLIPPING_PATH_NAME), data + b"\0" * (len(data) % 2)


def guides(resources: ImageResources) -> tuple[Guide, ...]:
    info = resources.get_data(Resource.GRID_AND_GUIDES_INFO)
    lines = info.data[:_MOST_GUIDES] if isinstance(info, GridGuidesInfo) else ()
    return tuple(
        Guide(_DIRECTIONS[direction], place / _GUIDE_PARTS)  # type: ignore[arg-type]
        for place, direction in lines
        if direction in (0, 1)
    )


def resolution(resources: ImageResources) -> float:
    """Pixels per inch; 0 where it is not told, or nonsense."""
    info = resources.get_data(Resource.RESOLUTION_INFO)
    value = info.horizontal / 65536 if isinstance(info, ResoulutionInfo) else 0.0
    return value if 10 <= value <= 10_000 else 0.0


def paths(resources: ImageResources, size: Size) -> tuple[NamedPath, ...]:
    """Those that can be read; a damaged one is no reason to refuse the picture."""
    clipping = str(resources.get_data(Resource.CLIPPING_PATH_NAME) or "")
    found: list[NamedPath] = []
    for key in resources:
        if not _FIRST_PATH <= int(key) <= _LAST_PATH:
            continue
        data, name = resources[key].data, resources[key].name
        path = _path(data, size) if isinstance(data, bytes) else None
        if path is not None and path.subpaths:
            clips = bool(clipping) and name == clipping
            number = len(found) + 1
            found.append(NamedPath(f"path-{number}", readable(name), path, clips))
    return tuple(found)


def _path(data: bytes, size: Size) -> Path | None:
    try:
        return path_of(PsdPath.frombytes(data), size)
    except (ValueError, OSError, RecursionError):
        return None


def path_of(path: PsdPath, size: Size) -> Path:
    """In pixels of the canvas."""
    subpaths, left = [], _MOST_KNOTS
    for item in path:
        knots = tuple(_knot(knot, size) for knot in item) if hasattr(item, "is_closed") else ()
        left -= len(knots)
        if knots and left >= 0:
            subpaths.append(Subpath(knots, item.is_closed()))
    return Path(tuple(subpaths))


def _knot(knot: Any, size: Size) -> Knot:
    places = ((x * size.width, y * size.height) for y, x in
              (knot.anchor, knot.preceding, knot.leaving))  # fmt: skip
    return Knot(*(Point(x, y) for x, y in places))


def readable(name: str) -> str:
    """A name of the older kind, which was taken for Mac Roman: Chinese systems write GBK."""
    try:
        other = name.encode("mac_roman").decode("gbk")
    except UnicodeError:
        return name
    wide = [letter for letter in other if ord(letter) > 127]
    return other if wide and all(letter >= "\u3000" for letter in wide) else name
