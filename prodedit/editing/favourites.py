# SPDX-License-Identifier: Apache-2.0
"""Generated pictures that a person wants to keep, and the names they gave to a generator's
directions: small files in the data folder, one each, so that a damaged one takes no other along."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import Problem
from prodedit.engine.generating import Latent
from prodedit.files.atomic import write_atomic

_log = logging.getLogger(__name__)
_SUFFIX = ".favourite"
_LARGEST = 16 << 20
_LONGEST_NAME = 60
Bytes = NDArray[np.uint8]


class Favourite(NamedTuple):
    """pixels: (s, s, 4) BGRA, opaque, of the latent alone."""

    generator: str
    latent: Latent
    pixels: Bytes


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    generator: str
    latent: Latent
    picture: bytes
    """PNG."""


class Favourites:
    """Beside the person's own generators."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self) -> tuple[Favourite, ...]:
        """The oldest first. What can't be read is passed over, and told in the log."""
        try:
            files = [(path.stat().st_mtime_ns, path) for path in self.folder.glob(f"*{_SUFFIX}")]
        except OSError as error:
            _log.warning("favourites could not be listed: %s", error)
            return ()
        read = (_read(path) for _, path in sorted(files))
        return tuple(one for one in read if one is not None)

    def add(self, favourite: Favourite) -> None:
        """Raises Problem where it can't be written."""
        ok, png = cv2.imencode(".png", favourite.pixels[..., :3])
        assert ok
        stored = _Stored(favourite.generator, favourite.latent, png.tobytes())
        _make(self.folder)
        write_atomic(self._path(favourite.generator, favourite.latent), msgspec.json.encode(stored))

    def remove(self, generator: str, latent: Latent) -> None:
        """Nothing where it is none."""
        self._path(generator, latent).unlink(missing_ok=True)

    def _path(self, generator: str, latent: Latent) -> Path:
        told = repr((generator, latent)).encode()
        return self.folder / f"{hashlib.sha256(told).hexdigest()[:32]}{_SUFFIX}"


class DirectionNames:
    """What a person calls a generator's directions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, generator: str) -> dict[int, str]:
        """By number from 0; those that have none are missing."""
        try:
            data = self._path(generator).read_bytes()
            names = msgspec.json.decode(data, type=dict[int, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            _log.warning("names of directions could not be read: %s", error)
            return {}
        return {number: name[:_LONGEST_NAME] for number, name in names.items() if name.strip()}

    def save(self, generator: str, names: Mapping[int, str]) -> None:
        """Raises Problem where it can't be written."""
        kept = {number: name.strip()[:_LONGEST_NAME] for number, name in names.items()}
        _make(self.folder)
        found = msgspec.json.encode({number: name for number, name in kept.items() if name})
        write_atomic(self._path(generator), found)

    def _path(self, generator: str) -> Path:
        safe = Path(generator).name.removesuffix(".generator")
        return self.folder / f"{safe}.names.json"


def of_generators(favourites: Iterable[Favourite], names: set[str]) -> tuple[Favourite, ...]:
    """Those whose generator is still there."""
    return tuple(one for one in favourites if one.generator in names)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("%s", error)  # writing tells it


def _read(path: Path) -> Favourite | None:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
        stored.latent.array()
        pixels = cv2.imdecode(np.frombuffer(stored.picture, np.uint8), cv2.IMREAD_COLOR)
        if pixels is None:
            raise ValueError("no picture")
    except (OSError, ValueError, msgspec.DecodeError, Problem, cv2.error) as error:
        _log.warning("a favourite could not be read: %s", error)
        return None
    opaque = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    return Favourite(stored.generator, stored.latent, np.dstack((pixels, opaque)))
