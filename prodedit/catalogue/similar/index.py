# SPDX-License-Identifier: Apache-2.0
"""What is known of a folder's pictures to compare them, kept in one file of the cache folder.

Compared one with all: 50,000 pictures are 128 MB of features on the disk, twice that in memory,
and 38 MB of fingerprints; one question reads the features once. See the figures of `bench_similar`.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.similar.measures import FIELDS, SMALL
from prodedit.files.atomic import write_atomic

DIMENSIONS = 1280
_VERSION = 2
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Index:
    """Rows in one order: `keys` (see Picture.key), features (n, 1280) float16 of length 1,
    fingerprints (n, 16, 16, 3) uint8, standings (n, 6) float32 (see Standing)."""

    keys: tuple[str, ...]
    features: NDArray[np.float16]
    fingerprints: NDArray[np.uint8]
    standings: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def single(self) -> NDArray[np.float32]:
        """The features in single precision, which processors reckon with: made once, because that
        takes longer than a question."""
        return self.features.astype(np.float32)

    def of(self, pictures: Sequence[Picture]) -> tuple[Index, tuple[Picture, ...]]:
        """Only these, in their order; and those of them that are known."""
        rows = {key: row for row, key in enumerate(self.keys)}
        known = tuple(one for one in pictures if one.key in rows)
        return self.some([rows[one.key] for one in known]), known

    def some(self, rows: Sequence[int] | NDArray[np.intp]) -> Index:
        chosen = np.asarray(rows, np.intp)
        keys = tuple(self.keys[row] for row in chosen)
        return Index(keys, self.features[chosen], self.fingerprints[chosen], self.standings[chosen])

    def missing(self, pictures: Iterable[Picture]) -> tuple[Picture, ...]:
        """Those that are not known."""
        known = set(self.keys)
        return tuple(one for one in pictures if one.key not in known)

    def joined(self, other: Index) -> Index:
        """With the rows of another one, whose keys are others."""
        return Index(
            self.keys + other.keys,
            np.concatenate((self.features, other.features)),
            np.concatenate((self.fingerprints, other.fingerprints)),
            np.concatenate((self.standings, other.standings)),
        )

    def likeness(self, row: int) -> NDArray[np.float32]:
        """(n): of each to that of `row`, by their features; 1: the same."""
        return np.asarray(alike(self.single[row : row + 1], self.single)[0])


def alike(some: Floats, others: Floats) -> NDArray[np.float32]:
    """(n, m) cosines of (n, d) with (m, d)."""
    return np.asarray(some @ others.T, np.float32)


def nothing() -> Index:
    return Index(
        (),
        np.empty((0, DIMENSIONS), np.float16),
        np.empty((0, SMALL, SMALL, 3), np.uint8),
        np.empty((0, len(FIELDS)), np.float32),
    )


def index_path(folders: Sequence[Path], cache: Path | None = None) -> Path:
    """Where that of these folders is kept."""
    words = "\0".join(sorted(os.fspath(folder) for folder in folders))
    name = hashlib.blake2b(words.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return (cache or platformdirs.user_cache_path("prodedit", False) / "similar") / f"{name}.npz"


def read_index(path: Path) -> Index:
    """What was kept; nothing where there is no file, or it is damaged: it is made anew then."""
    damages = (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError)
    # Opened here: numpy leaves the file of a damaged archive open.
    with suppress(*damages), path.open("rb") as file, np.load(file, allow_pickle=False) as read:
        return _checked({name: read[name] for name in read.files})
    return nothing()


def write_index(index: Index, path: Path) -> None:
    """Raises Problem, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = io.BytesIO()
    np.savez(
        data,
        version=np.array(_VERSION),
        keys=np.array(index.keys, "S32"),
        features=index.features,
        fingerprints=index.fingerprints,
        standings=index.standings,
    )
    write_atomic(path, data.getvalue())


def _checked(read: Mapping[str, NDArray[np.generic]]) -> Index:
    """Raises ValueError, KeyError where it is not what was written."""
    keys = tuple(key.decode("ascii") for key in read["keys"].astype("S32").tolist())
    features, marks = np.asarray(read["features"]), np.asarray(read["fingerprints"])
    standings = np.asarray(read["standings"])
    shapes = (features.shape, marks.shape, standings.shape)
    wanted = ((len(keys), DIMENSIONS), (len(keys), SMALL, SMALL, 3), (len(keys), len(FIELDS)))
    kinds = (features.dtype, marks.dtype, standings.dtype)
    if int(read["version"]) != _VERSION or shapes != wanted or len(set(keys)) != len(keys):
        raise ValueError(f"an index of {shapes}")
    if kinds != (np.dtype(np.float16), np.dtype(np.uint8), np.dtype(np.float32)):
        raise ValueError(f"an index of {kinds}")
    return Index(
        keys, features.astype(np.float16), marks.astype(np.uint8), standings.astype(np.float32)
    )
