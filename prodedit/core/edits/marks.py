# SPDX-License-Identifier: Apache-2.0
"""Edits of what lies over the picture and is never part of it: guides and paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from types import MappingProxyType

import msgspec

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs
from prodedit.core.guides import Guide
from prodedit.core.path import NamedPath
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value

FARTHEST = 1_000_000.0
"""Pixels from the picture's corner to a knot or handle at most."""


class SetGuides(Value, frozen=True):
    guides: tuple[Guide, ...]


class SetPath(Value, frozen=True):
    """A new path, or another one in place of that of the same id. One path clips at most."""

    path: NamedPath


class RemovePath(Value, frozen=True):
    path: str


def set_guides(document: Document, edit: SetGuides, inputs: Inputs) -> Document:
    guides = tuple(dict.fromkeys(g for g in edit.guides if isfinite(g.position)))
    return document if guides == document.guides else replace(document, guides=guides)


def set_path(document: Document, edit: SetPath, inputs: Inputs) -> Document:
    new = edit.path
    if not all(abs(number) <= FARTHEST for number in _numbers(new)):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "A path can't go so far out of the picture."),
            code="bad-path",
        )
    if new in document.paths:
        return document
    others = [
        msgspec.structs.replace(path, is_clipping=path.is_clipping and not new.is_clipping)
        for path in document.paths
    ]
    ids = [path.id for path in others]
    if new.id in ids:
        others[ids.index(new.id)] = new
    else:
        others.append(new)
    return replace(document, paths=tuple(others))


def remove_path(document: Document, edit: RemovePath, inputs: Inputs) -> Document:
    existing_path(document, edit.path)
    kept = tuple(path for path in document.paths if path.id != edit.path)
    return replace(document, paths=kept)


def existing_path(document: Document, path_id: str) -> NamedPath:
    """Raises Problem where the document has no such path."""
    found = next((path for path in document.paths if path.id == path_id), None)
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This picture has no path “{path}”."),
            code="unknown-path",
            path=path_id,
        )
    return found


def _numbers(named: NamedPath) -> Iterator[float]:
    for sub in named.path.subpaths:
        for knot in sub.knots:
            for point in knot:
                yield from point


MarkEdit = SetGuides | SetPath | RemovePath
EDITS: EditTable = MappingProxyType(
    {
        SetGuides: (QT_TRANSLATE_NOOP("Edit", "Guides"), set_guides),
        SetPath: (QT_TRANSLATE_NOOP("Edit", "Path"), set_path),
        RemovePath: (QT_TRANSLATE_NOOP("Edit", "Delete path"), remove_path),
    }
)
