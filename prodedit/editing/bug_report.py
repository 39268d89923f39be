# SPDX-License-Identifier: Apache-2.0
"""A file for a bug report: what computer and what program this is, and what went wrong lately. It
holds no picture; a person reads it before they send it to anybody."""

from __future__ import annotations

import os
import platform
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import IO

import msgspec

from prodedit import __version__
from prodedit.data_files import models_folder
from prodedit.editing.log_file import CRASH, LOG
from prodedit.editing.settings import Settings, without_places
from prodedit.editing.workspace import quarter_of_memory
from prodedit.engine.cards import ModelCard, read_cards
from prodedit.files.atomic import write_atomic

_LIBRARIES = (
    *("PySide6-Essentials", "torch", "onnxruntime", "ncnn", "numpy", "opencv-python-headless"),
    *("Pillow", "msgspec", "safetensors", "pi-heif", "rawpy"),
)
_LAST = 200 << 10  # bytes of each log


def facts(settings: Settings, data: Path) -> dict[str, str]:
    """In the order in which they are to be read. data: the data folder."""
    return {
        "ProdEdit": __version__,
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: _version(name) for name in _LIBRARIES},
        "Processors": str(os.cpu_count()),
        "Memory": f"{4 * quarter_of_memory() / 2**30:.1f} GiB",
        "Disk": f"{_free(data)} free",
        "Language": os.environ.get("LC_ALL") or os.environ.get("LANG") or "-",
        **{f"Network {name}": state for name, state in _networks(data).items()},
        "Settings": msgspec.json.format(
            msgspec.json.encode(without_places(settings)), indent=1
        ).decode(),
    }


def as_text(found: Mapping[str, str]) -> str:
    """One line for each fact."""
    return "".join(f"{name}: {said}\n" for name, said in found.items())


def logs(folder: Path) -> dict[str, str]:
    """The end of each of the logs, by name; the person's own folder is written as `~`."""
    found = {}
    for name in (LOG, f"{LOG}.1", CRASH):
        try:
            data = (folder / name).read_bytes()[-_LAST:]
        except OSError:
            continue
        if data:
            found[name] = data.decode(errors="replace").replace(str(Path.home()), "~")
    return found


def write(target: Path, texts: Iterable[tuple[str, str]]) -> None:
    """A zip of them, by name. Raises Problem."""

    def fill(stream: IO[bytes]) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts:
                archive.writestr(name, text)

    write_atomic(target, fill)


def _networks(data: Path) -> dict[str, str]:
    """Which of the networks are here; their sums are checked where they are used."""
    return {
        name: "here" if all(_lies(data, card, file.name) for file in card.files) else "not here"
        for name, card in read_cards(models_folder()).items()
    }


def _lies(data: Path, card: ModelCard, name: str) -> bool:
    places = (data / "models" / card.id, models_folder() / card.id, models_folder())
    return any((place / name).is_file() for place in places)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


def _free(folder: Path) -> str:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return f"{shutil.disk_usage(folder).free / 2**30:.1f} GiB"
    except OSError:
        return "?"
