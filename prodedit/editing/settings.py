# SPDX-License-Identifier: Apache-2.0
"""What the program remembers from one start to the next: a small file that a person can read."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.editing.aids import Aids
from prodedit.editing.appearance import Language, Theme, settings_path
from prodedit.editing.batch_choice import BatchChoice
from prodedit.editing.catalogue_choice import CatalogueChoice
from prodedit.editing.check_choice import CheckChoice
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.enhance_choice import EnhanceChoice
from prodedit.editing.key_choice import KeyChoice
from prodedit.editing.new_choice import NewChoice
from prodedit.editing.settings_form import VERSION, read_settings
from prodedit.editing.slot_choice import SlotChoice
from prodedit.editing.studio_choice import StudioChoice
from prodedit.editing.style_choice import StyleChoice
from prodedit.files.atomic import write_atomic

_log = logging.getLogger(__name__)
RECENT = 20


class Settings(msgspec.Struct, frozen=True):
    """`undo_megabytes` 0: a quarter of the memory. Fields of a later version are passed over."""

    version: int = VERSION
    """Of their form (editing/settings_form.py)."""
    theme: Theme = "system"
    language: Language = "system"
    undo_megabytes: int = 0
    threads: int = 0
    versions: int = 3
    """Earlier saves that stay beside a project's file."""
    monitor: str = "system"
    """Its ICC profile's file; "system": what the system says, "none": colours as they are."""
    device: str = "auto"
    cutout_model: str = "auto"
    export: ExportSetting = ExportSetting(format="jpeg")
    export_folder: str = ""
    recent: tuple[str, ...] = ()
    toured: bool = False
    """The tour of the window was offered."""
    gpu_offered: str = ""
    """The graphics card for which a GPU pack was offered, and in which state it was."""
    keys: KeyChoice = KeyChoice()
    aids: Aids = Aids()
    colours: ColourPair = ColourPair()
    brushes: dict[str, dict[str, bool | int | float | str]] = {}
    """By a tool's id, what it was told that differs from how it is at first."""
    style: StyleChoice = StyleChoice()
    enhance: EnhanceChoice = EnhanceChoice()
    studio: StudioChoice = StudioChoice()
    batch: BatchChoice = BatchChoice()
    catalogue: CatalogueChoice = CatalogueChoice()
    slot: SlotChoice = SlotChoice()
    check: CheckChoice = CheckChoice()
    new_picture: NewChoice = NewChoice()
    window: str = ""
    """Geometry, as Qt's own base64."""
    side_width: int = 0
    """Of the panels at the right with their rail, in widget units; 0: as it is at first."""
    side_heights: tuple[int, ...] = ()
    """Of the panel above and of the layers."""

    def with_recent(self, path: Path) -> Settings:
        """`path` first among the recent files."""
        text = str(path)
        rest = tuple(entry for entry in self.recent if entry != text)
        return msgspec.structs.replace(self, recent=(text, *rest)[:RECENT])


_OF_THIS_COMPUTER = (
    *("recent", "export_folder", "device", "monitor", "gpu_offered"),
    *("window", "side_width", "side_heights"),
)


def with_places_of(here: Settings, others: Settings) -> Settings:
    """`others`, but with what `here` says about this computer: its folders, screen and device."""
    own = {name: getattr(here, name) for name in _OF_THIS_COMPUTER}
    places = {"folders": here.catalogue.folders, "results": here.catalogue.results}
    catalogue = msgspec.structs.replace(others.catalogue, **places)
    return msgspec.structs.replace(others, catalogue=catalogue, **own)


def without_places(settings: Settings) -> Settings:
    """Nothing in it says anything about this computer, or about anybody's files."""
    return with_places_of(Settings(), settings)


class SettingsFile:
    """Reads and writes Settings. What can't be read of a file, since it is damaged or of a later
    program, is left to the defaults, and the file as it was is kept beside."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_path()

    def load(self) -> Settings:
        try:
            data = self.path.read_bytes()
            settings, whole = read_settings(data, Settings)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            _log.warning("settings could not be read: %s", error)
            return Settings()
        except msgspec.DecodeError as error:
            _log.warning("settings are damaged: %s", error)
            settings, whole = Settings(), False
        if not whole:
            self._keep(data)
        return settings

    def _keep(self, data: bytes) -> None:
        """The next save writes over what was not understood; a person may want it back."""
        try:
            write_atomic(self.path.with_suffix(".old.json"), data)
        except (OSError, Problem) as error:
            _log.warning("the old settings could not be kept: %s", error)

    def save(self, settings: Settings) -> None:
        """Never stops the program: what could not be written is told in the log."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            text = msgspec.json.format(msgspec.json.encode(settings), indent=2)
            write_atomic(self.path, text)
        except (OSError, Problem) as error:
            _log.warning("settings could not be written: %s", error)
