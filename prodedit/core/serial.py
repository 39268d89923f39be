# SPDX-License-Identifier: Apache-2.0
"""A Document as JSON without its pixels, and back: what project file and journal have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from prodedit.core.adjust.values import Adjustment, Lut
from prodedit.core.document import Document
from prodedit.core.effects import Effect
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import (
    AdjustmentContent,
    Content,
    Fill,
    FillContent,
    GroupContent,
    Layer,
    Locks,
    Mask,
    PatternFill,
    PixelContent,
    ShapeContent,
    TextContent,
)
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.shape import Shape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value, from_json, to_json
from prodedit.core.warp import MeshWarp, Warp

VERSION = 4
"""Grows when older programs could no longer read what is written."""
NEEDS = "0.1.0"
"""The oldest ProdEdit that reads VERSION; it stands in each file, so that older ones name it."""
DEEPEST = 64
"""Groups within groups; deeper nesting is no picture but an attack on the stack."""

_RELEASE = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")

KeyOf = Callable[[Tiles], str]
"""Says under which name pixels are kept."""
TilesOf = Callable[[str], Tiles]

_Unit = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
_Name = Annotated[str, msgspec.Meta(max_length=10_000)]
_Side = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class StoredMask(Value, frozen=True, tag="mask"):
    alpha: str
    confidence: str | None = None
    foreground: str | None = None
    score: float | None = None
    task: dict[str, Any] | None = None
    enabled: bool = True
    transform: Transform = IDENTITY
    linked: bool = True


class StoredPixels(Value, frozen=True, tag="pixels"):
    tiles: str


class StoredText(Value, frozen=True, tag="text"):
    text: Text
    extent: Rect


class StoredShape(Value, frozen=True, tag="shape"):
    shape: Shape
    fill: Fill | None = None
    stroke: Stroke | None = None


class StoredFill(Value, frozen=True, tag="fill"):
    fill: Fill
    pattern: str | None = None


class StoredAdjustment(Value, frozen=True, tag="adjustment"):
    adjustment: Adjustment


class StoredGroup(Value, frozen=True, tag="group"):
    layers: tuple[StoredLayer, ...]
    isolated: bool = True


StoredContent = (
    StoredPixels | StoredText | StoredShape | StoredFill | StoredAdjustment | StoredGroup
)


class StoredLayer(Value, frozen=True, tag="layer"):
    id: _Name
    name: _Name
    content: StoredContent
    opacity: _Unit = 1.0
    visible: bool = True
    locks: Locks = Locks()
    blend: _Name = "normal"
    transform: Transform = IDENTITY
    mask: StoredMask | None = None
    clip: bool = False
    warp: Warp | None = None
    effects: tuple[Effect, ...] = ()
    made_by: dict[str, Any] | None = None


class StoredDocument(Value, frozen=True, tag="document"):
    width: _Side
    height: _Side
    layers: tuple[StoredLayer, ...]
    selection: str | None = None
    version: int = VERSION
    guides: tuple[Guide, ...] = ()
    paths: tuple[NamedPath, ...] = ()
    needs: _Name = NEEDS


def describe(document: Document, key: KeyOf) -> dict[str, Any]:
    """`document` as JSON-able data; `key` names each Tiles in it."""
    selection = None if document.selection is None else key(document.selection)
    layers = tuple(_store(layer, key) for layer in document.layers)
    stored = StoredDocument(
        *document.size, layers, selection, guides=document.guides, paths=document.paths
    )
    data: dict[str, Any] = to_json(stored)
    return data


def rebuild(data: Any, tiles: TilesOf) -> Document:
    """The document that `describe` told of; `tiles` brings the pixels of each name.

    Raises Problem where the data is of a newer program, damaged, or contradicts itself.
    """
    _check_version(data)
    _check_depth(data)
    stored: StoredDocument = from_json(data, StoredDocument)
    layers = tuple(_restore(layer, tiles) for layer in stored.layers)
    selection = None if stored.selection is None else _channel(tiles(stored.selection), 1)
    size = Size(stored.width, stored.height)
    document = Document(size, layers, selection, stored.guides, stored.paths)
    _check_ids(document)
    return document


def _store(layer: Layer, key: KeyOf) -> StoredLayer:
    return StoredLayer(
        id=layer.id,
        name=layer.name,
        content=_store_content(layer.content, key),
        opacity=layer.opacity,
        visible=layer.visible,
        locks=layer.locks,
        blend=layer.blend,
        transform=layer.transform,
        mask=None if layer.mask is None else _store_mask(layer.mask, key),
        clip=layer.clip,
        warp=layer.warp,
        effects=layer.effects,
        made_by=layer.made_by,
    )


def _store_content(content: Content, key: KeyOf) -> StoredContent:
    stored: StoredContent = _STORE[type(content)](content, key)
    return stored


def _store_fill(content: FillContent, key: KeyOf) -> StoredFill:
    return StoredFill(content.fill, None if content.pattern is None else key(content.pattern))


def _store_group(content: GroupContent, key: KeyOf) -> StoredGroup:
    return StoredGroup(tuple(_store(child, key) for child in content.layers), content.isolated)


def _store_mask(mask: Mask, key: KeyOf) -> StoredMask:
    return StoredMask(
        alpha=key(mask.alpha),
        confidence=None if mask.confidence is None else key(mask.confidence),
        foreground=None if mask.foreground is None else key(mask.foreground),
        score=mask.score,
        task=mask.task,
        enabled=mask.enabled,
        transform=mask.transform,
        linked=mask.linked,
    )


def _restore(stored: StoredLayer, tiles: TilesOf) -> Layer:
    warp = stored.warp
    if isinstance(warp, MeshWarp) and not _is_whole(warp):
        raise _damaged(f"the grid of layer {stored.id!r} has {len(warp.points)} points")
    return Layer(
        id=stored.id,
        name=stored.name,
        content=_restore_content(stored.content, tiles),
        opacity=stored.opacity,
        visible=stored.visible,
        locks=stored.locks,
        blend=stored.blend,
        transform=stored.transform,
        mask=None if stored.mask is None else _restore_mask(stored.mask, tiles),
        clip=stored.clip,
        warp=warp,
        effects=stored.effects,
        made_by=stored.made_by,
    )


def _is_whole(warp: MeshWarp) -> bool:
    columns, rows = warp.columns, warp.rows
    return 1 <= columns <= 64 and 1 <= rows <= 64 and len(warp.points) == (columns + 1) * (rows + 1)


def _restore_content(content: StoredContent, tiles: TilesOf) -> Content:
    restored: Content = _RESTORE[type(content)](content, tiles)
    return restored


def _restore_pixels(content: StoredPixels, tiles: TilesOf) -> PixelContent:
    return PixelContent(_channel(tiles(content.tiles), 4))


def _restore_fill(content: StoredFill, tiles: TilesOf) -> FillContent:
    if isinstance(content.fill, PatternFill) != (content.pattern is not None):
        raise _damaged("a pattern without a picture, or a picture without a pattern")
    pattern = None if content.pattern is None else _channel(tiles(content.pattern), 4)
    return FillContent(content.fill, pattern)


def _restore_adjustment(content: StoredAdjustment, tiles: TilesOf) -> AdjustmentContent:
    table = content.adjustment
    if isinstance(table, Lut) and len(table.cube) != table.size**3 * 6:
        raise _damaged(f"a colour table of {len(table.cube)} bytes")
    return AdjustmentContent(table)


def _restore_group(content: StoredGroup, tiles: TilesOf) -> GroupContent:
    return GroupContent(tuple(_restore(child, tiles) for child in content.layers), content.isolated)


def _restore_mask(mask: StoredMask, tiles: TilesOf) -> Mask:
    return Mask(
        alpha=_channel(tiles(mask.alpha), 1),
        confidence=None if mask.confidence is None else _channel(tiles(mask.confidence), 1),
        foreground=None if mask.foreground is None else _channel(tiles(mask.foreground), 4),
        score=mask.score,
        task=mask.task,
        enabled=mask.enabled,
        transform=mask.transform,
        linked=mask.linked,
    )


def _channel(tiles: Tiles, channels: int) -> Tiles:
    if tiles.channels != channels:
        raise _damaged(f"{channels} channels expected, {tiles.channels} found")
    return tiles


def _check_version(data: Any) -> None:
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        details = f"format {version}, this program knows up to {VERSION}"
        needed = data.get("needs")
        if isinstance(needed, str) and _RELEASE.fullmatch(needed):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "This was written by a newer version of ProdEdit. Install ProdEdit {needed} or "
                    "newer to open it.",
                ),
                code="newer-version",
                details=details,
                needed=needed,
            )
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This was written by a newer version of ProdEdit. Update ProdEdit to open it.",
            ),
            code="newer-version",
            details=details,
        )


def _check_depth(data: Any, depth: int = 0) -> None:
    """Before anything recursive: a tree that deep would end the program, not raise."""
    if depth > DEEPEST * 3:
        raise _damaged(QT_TRANSLATE_NOOP("Reason", "groups are nested too deeply"))
    if isinstance(data, dict):
        for value in data.values():
            _check_depth(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _check_depth(value, depth + 1)
    elif isinstance(data, float) and not isfinite(data):
        raise _damaged(f"a length of {data}")


def _check_ids(document: Document) -> None:
    ids = [layer.id for layer in document.walk()]
    if len(ids) != len(set(ids)):
        raise _damaged(QT_TRANSLATE_NOOP("Reason", "two layers have the same id"))


def _damaged(why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The description of the layers is damaged: {why}."),
        code="damaged-description",
        why=why,
    )


_STORE: Mapping[type, Callable[[Any, KeyOf], StoredContent]] = MappingProxyType(
    {
        PixelContent: lambda content, key: StoredPixels(key(content.tiles)),
        TextContent: lambda content, key: StoredText(content.text, content.extent),
        ShapeContent: lambda content, key: StoredShape(content.shape, content.fill, content.stroke),
        FillContent: _store_fill,
        AdjustmentContent: lambda content, key: StoredAdjustment(content.adjustment),
        GroupContent: _store_group,
    }
)
_RESTORE: Mapping[type, Callable[[Any, TilesOf], Content]] = MappingProxyType(
    {
        StoredPixels: _restore_pixels,
        StoredText: lambda content, tiles: TextContent(content.text, content.extent),
        StoredShape: lambda content, tiles: ShapeContent(
            content.shape, content.fill, content.stroke
        ),
        StoredFill: _restore_fill,
        StoredAdjustment: _restore_adjustment,
        StoredGroup: _restore_group,
    }
)
