# SPDX-License-Identifier: Apache-2.0
"""A Document as JSON without its pixels, and back: what project file and journal have in common."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Annotated, Any

import msgspec

from prodedit.core.document import Document
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import (
    Content,
    Fill,
    FillContent,
    GroupContent,
    Layer,
    Locks,
    Mask,
    PixelContent,
)
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value, from_json, to_json

VERSION = 1
"""Grows when older programs could no longer read what is written; a test keeps a file of each."""
DEEPEST = 64
"""Groups within groups; deeper nesting is no picture but an attack on the stack."""

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


class StoredPixels(Value, frozen=True, tag="pixels"):
    tiles: str


class StoredFill(Value, frozen=True, tag="fill"):
    fill: Fill


class StoredGroup(Value, frozen=True, tag="group"):
    layers: tuple[StoredLayer, ...]
    isolated: bool = True


class StoredLayer(Value, frozen=True, tag="layer"):
    id: _Name
    name: _Name
    content: StoredPixels | StoredFill | StoredGroup
    opacity: _Unit = 1.0
    visible: bool = True
    locks: Locks = Locks()
    blend: _Name = "normal"
    transform: Transform = Transform()
    mask: StoredMask | None = None


class StoredDocument(Value, frozen=True, tag="document"):
    width: _Side
    height: _Side
    layers: tuple[StoredLayer, ...]
    selection: str | None = None
    version: int = VERSION


def describe(document: Document, key: KeyOf) -> dict[str, Any]:
    """`document` as JSON-able data; `key` names each Tiles in it."""
    selection = None if document.selection is None else key(document.selection)
    layers = tuple(_store(layer, key) for layer in document.layers)
    data: dict[str, Any] = to_json(StoredDocument(*document.size, layers, selection))
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
    document = Document(Size(stored.width, stored.height), layers, selection)
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
    )


def _store_content(content: Content, key: KeyOf) -> StoredPixels | StoredFill | StoredGroup:
    if isinstance(content, PixelContent):
        return StoredPixels(key(content.tiles))
    if isinstance(content, FillContent):
        return StoredFill(content.fill)
    return StoredGroup(tuple(_store(child, key) for child in content.layers), content.isolated)


def _store_mask(mask: Mask, key: KeyOf) -> StoredMask:
    return StoredMask(
        alpha=key(mask.alpha),
        confidence=None if mask.confidence is None else key(mask.confidence),
        foreground=None if mask.foreground is None else key(mask.foreground),
        score=mask.score,
        task=mask.task,
        enabled=mask.enabled,
    )


def _restore(stored: StoredLayer, tiles: TilesOf) -> Layer:
    if not all(isfinite(number) for number in stored.transform):
        raise _damaged(f"the place of layer {stored.id!r} is {stored.transform}")
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
    )


def _restore_content(content: StoredPixels | StoredFill | StoredGroup, tiles: TilesOf) -> Content:
    if isinstance(content, StoredPixels):
        return PixelContent(_channel(tiles(content.tiles), 4))
    if isinstance(content, StoredFill):
        return FillContent(content.fill)
    return GroupContent(tuple(_restore(child, tiles) for child in content.layers), content.isolated)


def _restore_mask(mask: StoredMask, tiles: TilesOf) -> Mask:
    return Mask(
        alpha=_channel(tiles(mask.alpha), 1),
        confidence=None if mask.confidence is None else _channel(tiles(mask.confidence), 1),
        foreground=None if mask.foreground is None else _channel(tiles(mask.foreground), 4),
        score=mask.score,
        task=mask.task,
        enabled=mask.enabled,
    )


def _channel(tiles: Tiles, channels: int) -> Tiles:
    if tiles.channels != channels:
        raise _damaged(f"{channels} channels expected, {tiles.channels} found")
    return tiles


def _check_version(data: Any) -> None:
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This was written by a newer version of ProdEdit. Update ProdEdit to open it.",
            ),
            code="newer-version",
            details=f"format {version}, this program knows up to {VERSION}",
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
