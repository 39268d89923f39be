# SPDX-License-Identifier: Apache-2.0
"""The words of a command as values; wrong ones are refused before anything is done."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from prodedit.core import edits
from prodedit.core.export_setting import HAS_ALPHA, SUFFIXES, ExportSetting, Format
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.service import store_problems
from prodedit.engine.service.store import DEFAULTS, ModelStore, Status
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import photo_tiles

AUTO = "auto"
TRANSPARENT = "transparent"
_FORMATS: Mapping[str, Format] = {
    **{suffix: kind for kind, suffix in SUFFIXES.items()},
    ".jpeg": "jpeg",
    ".tiff": "tiff",
    ".psb": "psd",
}


class Target(NamedTuple):
    """Where results go: one file, or a folder."""

    path: Path
    is_file: bool
    format: Format


class Backdrop(NamedTuple):
    """The step that puts something behind the product, with its pixels; None: nothing."""

    step: edits.SetBackground | None
    inputs: edits.Inputs


def target(output: str, named: Format | None, *, one: bool) -> Target:
    """Whether OUT is a file or a folder, and the format. `one`: there is one picture, no folder.

    A folder is what is one already, ends in a slash, or has no ending. Raises Problem.
    """
    path = Path(output)
    suffix = path.suffix.lower()
    is_folder = path.is_dir() or output.endswith(("/", os.sep)) or not suffix
    if is_folder or (not one and suffix not in _FORMATS):
        return Target(path, False, named or "png")
    if suffix not in _FORMATS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Pictures can't be written as “{suffix}”. There are: {known}."
            ),
            code="unknown-format",
            suffix=suffix,
            known=", ".join(sorted(_FORMATS)),
        )
    return Target(path, True, _agreed(path, _FORMATS[suffix], named))


def _agreed(path: Path, by_name: Format, named: Format | None) -> Format:
    if named is not None and named != by_name:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The name “{name}” does not fit the format {format}."),
            code="format-mismatch",
            name=path.name,
            format=named,
        )
    return by_name


def setting(kind: Format, quality: int | None, background: str | None) -> ExportSetting:
    """How the files are written. Raises Problem where the format can't hold what is wanted."""
    if background == TRANSPARENT and kind not in HAS_ALPHA:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "JPEG has no transparency. Choose a background colour, or PNG."
            ),
            code="no-alpha",
        )
    return ExportSetting(kind) if quality is None else ExportSetting(kind, quality)


def backdrop(word: str | None, decoder: Decoder) -> Backdrop:
    """None, "transparent", a colour, or the name of a picture. Raises Problem."""
    if word is None or word.lower() == TRANSPARENT:
        return Backdrop(None, {})
    if word.startswith("#"):
        return Backdrop(edits.SetBackground(SolidFill(Colour.from_hex(word))), {})
    if not Path(word).is_file():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{word}” is neither “transparent”, nor a colour like #FFFFFF, nor a picture.",
            ),
            code="bad-background",
            word=word,
        )
    tiles, _ = photo_tiles(decoder.decode(Path(word)))
    return Backdrop(edits.SetBackground(edits.PictureBackground()), {"picture": tiles})


def check_model(model: str, store: ModelStore) -> None:
    """Raises Problem where the model is unknown, not for this, or not on this computer."""
    cards = {name: card for name, card in store.cards().items() if card.task == "cutout"}
    if model not in (AUTO, *cards):
        raise store_problems.unknown_model(model, [AUTO, *sorted(cards)])
    wanted = DEFAULTS if model == AUTO else (model,)
    if all(store.state(name).status is Status.MISSING for name in wanted):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The model {model} is not on this computer yet. Run: {command}"
            ),
            code="model-missing",
            model=wanted[0],
            command="prodedit models pull" + ("" if model in (AUTO, *DEFAULTS) else f" {model}"),
        )


def check_present(model: str, store: ModelStore) -> None:
    """Raises Problem where the model is not on this computer."""
    if store.state(model).status is Status.MISSING:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The model {model} is not on this computer yet. Run: {command}"
            ),
            code="model-missing",
            model=model,
            command=f"prodedit models pull {model}",
        )
