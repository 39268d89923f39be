# SPDX-License-Identifier: Apache-2.0
"""The words of `prodedit batch` as an order; what can't be done is said before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from prodedit.catalogue.batch import table
from prodedit.catalogue.batch.alike import Alike, Scale
from prodedit.catalogue.batch.doing import Doing, check_sense
from prodedit.catalogue.batch.inputs import Found, Gathered, gather
from prodedit.catalogue.batch.ledger import Order, Row
from prodedit.catalogue.batch.naming import Pattern, default_pattern, field_name, parsed
from prodedit.catalogue.batch.outputs import Existing
from prodedit.catalogue.batch.reports import check_suffix
from prodedit.catalogue.batch.standing import source_of
from prodedit.catalogue.batch.watching import settled
from prodedit.cli import choices
from prodedit.cli.telling import Voice
from prodedit.core.export_setting import ExportSetting, Format
from prodedit.core.presets import Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.library_files import SUFFIX
from prodedit.engine.preset_library import PresetLibrary, read_preset
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary, read_recipe

_SMALL = 160
"""Pixels of the side of the pictures in a report."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as it was said; `recipe`, `presets`: names, or files; `group`: "folder",
    "all", or a column of `csv`; `group_wait`: seconds."""

    inputs: tuple[str, ...]
    output: str
    recipe: str | None = None
    presets: tuple[str, ...] = ()
    name: str | None = None
    csv: str | None = None
    existing: Existing = "overwrite"
    resume: bool = False
    watch: bool = False
    cluster: str | None = None
    reports: tuple[str, ...] = ()
    keep_recipe: bool = False
    enlarge: bool = True
    check: bool = True
    group: str | None = None
    group_scale: Scale = "fill"
    group_light: bool = True
    group_wait: float = 60.0
    format: Format | None = None
    quality: int | None = None


class _Names(NamedTuple):
    """How files are named, which pictures have a name, and what the table says of each."""

    pattern: Pattern
    pictures: tuple[Found, ...]
    rows: tuple[Row | None, ...] | None = None


def ordered(wanted: Wanted, voice: Voice) -> Order:
    """The whole order. Raises Problem."""
    _check_together(wanted)
    for name in wanted.reports:
        check_suffix(Path(name).suffix)
    doing = doing_of(wanted)
    gathered = _gathered(wanted)
    one = len(gathered.pictures) == 1 and not gathered.folders
    making = next(iter(doing.presets.values())).making if len(doing.presets) == 1 else None
    named = wanted.format if making is None else making.format
    if len(doing.presets) > 1:
        target = choices.Target(Path(wanted.output), False, "png")
    else:
        target = choices.target(wanted.output, named, one=one)
    if not doing.presets and (target.is_file or wanted.format):
        doing = msgspec.structs.replace(
            doing, export=msgspec.structs.replace(doing.export, format=target.format)
        )
    names = _names(wanted, doing, gathered, voice)
    gathered = gathered._replace(pictures=names.pictures)
    where = Path(source_of(target.path))  # it is gone on with from other folders, too
    order = Order(gathered.pictures, doing, where, names.pattern, wanted.existing, names.rows)
    return _to_file(order, gathered, wanted) if target.is_file else _to_folder(order)


def doing_of(wanted: Wanted) -> Doing:
    """What is done to each picture. Raises Problem."""
    recipe = None if wanted.recipe is None else recipe_of(wanted.recipe, RecipeLibrary())
    presets = dict(preset_of(word, PresetLibrary()) for word in wanted.presets)
    export = ExportSetting() if recipe is None else recipe.export
    if wanted.quality is not None:
        export = msgspec.structs.replace(export, quality=wanted.quality)
    doing = Doing(
        recipe,
        presets,
        export,
        keep_recipe=wanted.keep_recipe,
        enlarge=wanted.enlarge,
        check=wanted.check,
        small=_SMALL if any(name.lower().endswith(".html") for name in wanted.reports) else 0,
        alike=_alike(wanted),
    )
    check_sense(doing)
    return doing


def _alike(wanted: Wanted) -> Alike | None:
    if wanted.group is None:
        return None
    how = {"scale": wanted.group_scale, "light": wanted.group_light}
    if wanted.group in ("folder", "all"):
        return msgspec.convert({"by": wanted.group, **how}, Alike)
    if wanted.csv is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” is no kind of group: there are {known}. A column of a table needs "
                "{option}.",
            ),
            code="unknown-group",
            name=wanted.group,
            known="folder, all",
            option="--csv",
        )
    return Alike("table", wanted.group_scale, wanted.group_light, field_name(wanted.group))


def recipe_of(word: str, library: RecipeLibrary) -> Recipe:
    """By name, or from a file. Raises Problem."""
    path = Path(word)
    if path.suffix.lower() == SUFFIX or path.is_file():
        return read_recipe(path)
    found = library.find(word).recipe
    assert found is not None
    return found


def preset_of(word: str, library: PresetLibrary) -> tuple[str, Preset]:
    """(id, preset), by name or from a file. Raises Problem."""
    path = Path(word)
    if path.suffix.lower() == SUFFIX:
        return path.stem, read_preset(path)
    return library.find(word)


def _check_together(wanted: Wanted) -> None:
    """Raises Problem where two words contradict each other."""
    if wanted.presets and (wanted.format or wanted.quality):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "A preset says format and quality itself: leave out {options}."
            ),
            code="preset-and-format",
            options="--format, --quality",
        )


def _gathered(wanted: Wanted) -> Gathered:
    """Where a folder is watched, those that are surely written whole; the others come later."""
    if not wanted.watch:
        return gather(wanted.inputs, leave_out=Path(wanted.output))
    strange = [word for word in wanted.inputs if not Path(word).is_dir()]
    if strange:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Only folders can be watched, and “{name}” is none."),
            code="watch-no-folder",
            name=strange[0],
        )
    return settled(wanted.inputs, Path(wanted.output))


def _names(wanted: Wanted, doing: Doing, gathered: Gathered, voice: Voice) -> _Names:
    if wanted.csv is None:
        default = default_pattern(len(doing.presets))
        pattern = default if wanted.name is None else parsed(wanted.name)
        return _Names(pattern, gathered.pictures)
    read = table.read_table(Path(wanted.csv))
    pattern = default_pattern(len(doing.presets))
    if wanted.name:
        pattern = parsed(wanted.name, read.columns)
    columns = sorted(pattern.columns)
    if doing.alike is not None and doing.alike.by == "table":
        table.check_column(doing.alike.column, read)
    elif not columns:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Nothing of “{file}” is used: name a column of it in {option}. There are: {known}.",
            ),
            code="table-unused",
            file=read.name,
            option="--name",
            known=", ".join(read.columns),
        )
    if wanted.watch:  # the others wait for their lines
        named = table.complete(read, gathered.pictures, columns)
        return _Names(pattern, named, table.matched(read, named).rows)
    matches = table.matched(read, gathered.pictures)
    table.check_filled(matches, gathered.pictures, columns, read)
    if matches.unused:
        count, names = len(matches.unused), table.listed(matches.unused)
        voice.say(f"{read.name}: no picture for {count} of its lines: {names}")
    return _Names(pattern, gathered.pictures, matches.rows)


def _to_file(order: Order, gathered: Gathered, wanted: Wanted) -> Order:
    """The one picture to the one file. Raises Problem where there are several, or a folder."""
    file = order.target
    if len(gathered.pictures) != 1 or gathered.folders or wanted.watch:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” is the name of one file, but there are {count} pictures. Name a folder.",
            ),
            code="output-is-file",
            name=str(file),
            count=len(gathered.pictures),
        )
    alone = msgspec.structs.replace(order.doing, alike=None)  # its group is itself
    return replace(order, target=file.parent, file=file, doing=alone)


def _to_folder(order: Order) -> Order:
    if order.target.exists() and not order.target.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is a file. Name a folder for the results."),
            code="output-is-file",
            name=str(order.target),
        )
    return order
