# SPDX-License-Identifier: Apache-2.0
"""Where pictures go that are made anew for slots: decided before the first one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from prodedit.catalogue.batch.inputs import Gathered
from prodedit.catalogue.batch.plan import Planned, harmless, plan_folder
from prodedit.catalogue.check.run import Item
from prodedit.core.export_setting import SUFFIXES
from prodedit.core.presets import Preset


def planned(
    gathered: Gathered,
    folder: Path,
    presets: Mapping[str, Preset],
    is_wanted: Callable[[Path, str], bool] = lambda source, preset: True,
) -> tuple[Item, ...]:
    """Below `folder`, and below a folder for each preset where there are several. is_wanted: (a
    picture, id of a preset) -> whether it is made for that.

    Raises Problem where a picture that was brought would be written over."""
    outputs: dict[Path, dict[str, Path]] = {}
    for name, preset in presets.items():
        wanted = tuple(one for one in gathered.pictures if is_wanted(one.path, name))
        below = folder / name if len(presets) > 1 else folder
        part = gathered._replace(pictures=wanted)
        for picture in plan_folder(part, below, SUFFIXES[preset.making.format]):
            outputs.setdefault(picture.source, {})[name] = picture.output
    every = [Planned(source, path) for source, each in outputs.items() for path in each.values()]
    harmless(every, [one.path for one in gathered.pictures])
    return tuple(Item(source, each) for source, each in outputs.items())
