# SPDX-License-Identifier: Apache-2.0
"""Edits between paths, selections and masks. (Paths themselves are set by edits.marks.)"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from prodedit.core import coverage, path_tracing, selection
from prodedit.core.coverage import Region
from prodedit.core.curves import flattened
from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, existing
from prodedit.core.edits.marks import SetPath, existing_path, set_path
from prodedit.core.edits.selected import mask_for
from prodedit.core.edits.selection import chosen, chosen_part, mask_region
from prodedit.core.geometry import Rect
from prodedit.core.path import NamedPath, Path
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.selection import Mode
from prodedit.core.values import Value

TOLERANCE = 1.0
"""Pixels by which a path misses a selection's edge at first."""
TOLERANCE_LEAST, TOLERANCE_MOST = 0.2, 20.0


class SelectPath(Value, frozen=True):
    """What lies inside of a path; a subpath that is open ends where it began."""

    path: str
    mode: Mode = "replace"
    smooth: bool = True
    feather: float = 0.0


class PathFromSelection(Value, frozen=True):
    """A new path, or another one in place of that of the same id, along the selection's edge;
    tolerance: pixels by which it may miss it."""

    path: str
    name: str
    tolerance: float = TOLERANCE


class PathFromMask(Value, frozen=True):
    """As PathFromSelection, along the edge of what a layer's mask shows."""

    layer: str
    path: str
    name: str
    tolerance: float = TOLERANCE


class MaskFromPath(Value, frozen=True):
    """Only what lies inside of a path shows of the layer from now on; a mask that it had is
    replaced."""

    layer: str
    path: str


def select_path(document: Document, edit: SelectPath, inputs: Inputs) -> Document:
    region = inside_of(existing_path(document, edit.path).path, document, edit.smooth)
    return chosen(document, region, edit.mode, edit.feather, needed=edit.mode == "replace")


def path_from_selection(document: Document, edit: PathFromSelection, inputs: Inputs) -> Document:
    region = selection.region_of(chosen_part(document))
    return _with_traced(document, region, edit)


def path_from_mask(document: Document, edit: PathFromMask, inputs: Inputs) -> Document:
    return _with_traced(document, mask_region(document, edit.layer), edit)


def mask_from_path(document: Document, edit: MaskFromPath, inputs: Inputs) -> Document:
    existing(document, edit.layer)
    region = inside_of(existing_path(document, edit.path).path, document, smooth=True)
    found = selection.combined(None, region, "replace", document.size)
    if found is None:
        raise _encloses_nothing()
    inside = replace(document, selection=found)
    return document.replace_layer(edit.layer, lambda old: replace(old, mask=mask_for(old, inside)))


def inside_of(path: Path, document: Document, smooth: bool) -> Region:
    """The canvas' pixels inside of a path. Raises Problem where there are none."""
    lines = [flattened(sub) for sub in path.subpaths]
    region = coverage.polygons(lines, Rect.of(document.size), smooth)
    if not region.pixels.any():
        raise _encloses_nothing()
    return region


def _with_traced(
    document: Document, region: Region, edit: PathFromSelection | PathFromMask
) -> Document:
    tolerance = min(max(edit.tolerance, TOLERANCE_LEAST), TOLERANCE_MOST)
    path = path_tracing.traced(region.pixels, region.x, region.y, tolerance)
    if not path.subpaths:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "What is selected is too small, or too soft, for a path round it."
            ),
            code="nothing-to-trace",
        )
    before = next((one for one in document.paths if one.id == edit.path), None)
    clips = before is not None and before.is_clipping
    new = SetPath(NamedPath(edit.path, edit.name, path, clips))
    return set_path(document, new, MappingProxyType({}))


def _encloses_nothing() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "This path goes round nothing in the picture. Add points to it first."
        ),
        code="path-of-nothing",
    )


PathEdit = SelectPath | PathFromSelection | PathFromMask | MaskFromPath
EDITS: EditTable = MappingProxyType(
    {
        SelectPath: (QT_TRANSLATE_NOOP("Edit", "Selection from path"), select_path),
        PathFromSelection: (
            QT_TRANSLATE_NOOP("Edit", "Path from selection"),
            path_from_selection,
        ),
        PathFromMask: (QT_TRANSLATE_NOOP("Edit", "Path from mask"), path_from_mask),
        MaskFromPath: (QT_TRANSLATE_NOOP("Edit", "Mask from path"), mask_from_path),
    }
)
