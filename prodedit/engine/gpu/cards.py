# SPDX-License-Identifier: Apache-2.0
"""Which graphics card is here, asked without torch: the driver's files, its own program, or its
library. NVIDIA's only: for others there is no one build of torch to fetch."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from prodedit.files.own_programs import NO_WINDOW

FOUND_VARIABLE = "PRODEDIT_GPU_FOUND"
"""A card's name that is taken for the one that is here, "none" for no card: to try things out."""
_ASK = ("--query-gpu=name,driver_version,memory.total", "--format=csv,noheader,nounits")
_SECONDS = 10.0


class Card(NamedTuple):
    """name: as its maker calls it; driver: its version, "" where unknown; megabytes: of its own
    memory, 0 where unknown."""

    name: str
    driver: str = ""
    megabytes: int = 0


class Places(NamedTuple):
    """Where a system keeps what tells of a card; tests have their own."""

    driver: tuple[Path, ...]
    cards: Path
    programs: tuple[str, ...]
    library: str


def system_places(environ: Mapping[str, str] = os.environ) -> Places:
    """Of this system."""
    if sys.platform == "win32":
        system = Path(environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        return Places(
            (system / "nvcuda.dll",),
            Path("nowhere"),
            ("nvidia-smi", str(system / "nvidia-smi.exe")),
            str(system / "nvcuda.dll"),
        )
    return Places(
        (Path("/dev/nvidiactl"), Path("/proc/driver/nvidia/version"), Path("/dev/dxg")),
        Path("/proc/driver/nvidia/gpus"),
        ("nvidia-smi", "/usr/bin/nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi"),
        "libcuda.so.1",
    )


def driver_is_here(environ: Mapping[str, str] = os.environ, places: Places | None = None) -> bool:
    """Whether `found_card` has anybody to ask; costs nothing."""
    if environ.get(FOUND_VARIABLE, "").strip():
        return True
    return any(path.exists() for path in (places or system_places(environ)).driver)


def found_card(
    environ: Mapping[str, str] = os.environ, places: Places | None = None
) -> Card | None:
    """The best card that a driver serves; None where there is none. Takes up to a second where
    there is one, so no window waits for it."""
    said = environ.get(FOUND_VARIABLE, "").strip()
    if said:
        return None if said.lower() == "none" else Card(said)
    places = places or system_places(environ)
    if not driver_is_here(environ, places):
        return None
    for ask in _WAYS:
        cards = ask(places)
        if cards:
            return max(cards, key=lambda card: card.megabytes)
    return None


def torch_knows_cards() -> bool:
    """Whether the torch of this environment was built for graphics cards; it is not imported."""
    spec = importlib.util.find_spec("torch")
    places = spec.submodule_search_locations if spec else None
    folder = Path(places[0]) / "lib" if places else Path("no-torch")
    libraries = ("libtorch_cuda.so", "libtorch_hip.so", "torch_cuda.dll")
    return any((folder / library).exists() for library in libraries)


def _by_program(places: Places) -> list[Card]:
    """What the driver's own program says."""
    for name in places.programs:
        program = shutil.which(name)
        if program is not None:
            with suppress(OSError, subprocess.SubprocessError):
                answer = subprocess.run(
                    [program, *_ASK], capture_output=True, text=True, timeout=_SECONDS,
                    check=True, stdin=subprocess.DEVNULL, creationflags=NO_WINDOW, errors="replace",
                )  # fmt: skip
                return [card for line in answer.stdout.splitlines() if (card := _read(line))]
    return []


def _read(line: str) -> Card | None:
    parts = [part.strip() for part in line.rsplit(",", 2)]
    if len(parts) != 3 or not parts[0]:
        return None
    return Card(parts[0], parts[1], int(parts[2]) if parts[2].isdigit() else 0)


def _by_files(places: Places) -> list[Card]:
    """What Linux's driver says in /proc: one file for each card, with a line "Model:"."""
    cards = []
    for file in sorted(places.cards.glob("*/information")):
        with suppress(OSError):
            for line in file.read_text("utf-8", "replace").splitlines():
                key, _, value = line.partition(":")
                if key.strip() == "Model" and value.strip():
                    cards.append(Card(value.strip()))
    return cards


def _by_library(places: Places) -> list[Card]:
    """What the driver's library says, where nothing else does (CUDA driver API, cuInit and on)."""
    try:
        library = ctypes.CDLL(places.library)
    except OSError:
        return []
    try:
        return [Card(name) for name in _names(library)]
    except AttributeError:  # a library without these functions is none
        return []


def _names(library: ctypes.CDLL) -> Iterator[str]:
    count, name = ctypes.c_int(0), ctypes.create_string_buffer(256)
    if library.cuInit(0) or library.cuDeviceGetCount(ctypes.byref(count)):
        return
    for number in range(count.value):
        if not library.cuDeviceGetName(name, len(name), number):
            yield name.value.decode("utf-8", "replace")


_WAYS: tuple[Callable[[Places], list[Card]], ...] = (_by_program, _by_files, _by_library)
