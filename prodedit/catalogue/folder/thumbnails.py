# SPDX-License-Identifier: Apache-2.0
"""Small pictures of files, kept on the disk from one start to the next.

All in one file of the cache folder, by the photo's name, size and time; what nobody has looked at
for longest goes first when there are too many. Losing it loses nothing but time.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import platformdirs

from prodedit.catalogue.folder.listing import Picture
from prodedit.files.photo import Photo

_log = logging.getLogger(__name__)
SIDE = 192
"""Pixels: enough for the strip on a screen with a scale factor of two."""
MOST_BYTES = 256 << 20
"""On the disk: of some 30,000 pictures."""
_KEPT = 0.8
"""Of these, when it is time to throw some away."""
_QUALITY = 85
_DAY = 86_400
_WAIT = 5.0
_LOOK_EVERY = 64
"""So many new ones, and it is looked how large the file is."""
_TABLE = """CREATE TABLE IF NOT EXISTS thumbnails (key TEXT PRIMARY KEY, width INTEGER NOT NULL,
    height INTEGER NOT NULL, day INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID"""


class Thumbnail(NamedTuple):
    """data: a JPEG, or a PNG where something is transparent, at most SIDE pixels wide and high;
    width, height: of the whole photo."""

    data: bytes
    width: int
    height: int


def made_of(photo: Photo) -> Thumbnail:
    """Of what `Decoder.thumbnail` gave."""
    pixels = photo.pixels
    if pixels.shape[2] == 4 and int(pixels[..., 3].min()) == 255:
        pixels = np.ascontiguousarray(pixels[..., :3])
    if pixels.shape[2] == 4:
        _, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA))
    else:
        turned = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".jpg", turned, (cv2.IMWRITE_JPEG_QUALITY, _QUALITY))
    return Thumbnail(data.tobytes(), *photo.size)


class ThumbnailCache:
    """To be used from any thread. Where the disk refuses, there is none, and nothing else fails."""

    def __init__(self, path: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.path = path or platformdirs.user_cache_path("prodedit", False) / "thumbnails.sqlite"
        self._most = most_bytes
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._is_refused = False
        self._new = 0

    def get(self, picture: Picture) -> Thumbnail | None:
        """None where there is none."""
        with self._lock, suppress(sqlite3.Error):
            database = self._opened()
            if database is None:
                return None
            row = database.execute(
                "SELECT data, width, height, day FROM thumbnails WHERE key = ?", (picture.key,)
            ).fetchone()
            if row is None:
                return None
            if row[3] != _today():
                database.execute(
                    "UPDATE thumbnails SET day = ? WHERE key = ?", (_today(), picture.key)
                )
            return Thumbnail(*row[:3])
        return None

    def has(self, picture: Picture) -> bool:
        with self._lock, suppress(sqlite3.Error):
            database = self._opened()
            if database is not None:
                words = "SELECT 1 FROM thumbnails WHERE key = ?"
                return database.execute(words, (picture.key,)).fetchone() is not None
        return False

    def put(self, picture: Picture, made: Thumbnail) -> None:
        with self._lock:
            try:
                database = self._opened()
                if database is not None:
                    values = (picture.key, made.width, made.height, _today(), made.data)
                    words = "INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?, ?, ?)"
                    database.execute(words, values)
                    self._tidy(database)
            except sqlite3.Error as error:
                _log.info("a thumbnail could not be kept: %s", error)

    def close(self) -> None:
        """May be repeated, and used again afterwards."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None

    def _tidy(self, database: sqlite3.Connection) -> None:
        """Throw away what was not looked at for longest, where it has become too much."""
        self._new += 1
        if self._new % _LOOK_EVERY:
            return
        (size,) = database.execute("SELECT SUM(LENGTH(data)) FROM thumbnails").fetchone()
        if size is None or size <= self._most:
            return
        left = size
        oldest = database.execute("SELECT key, LENGTH(data) FROM thumbnails ORDER BY day, key")
        gone: list[tuple[str]] = []
        for key, nbytes in oldest:
            if left <= _KEPT * self._most:
                break
            gone.append((key,))
            left -= nbytes
        database.execute("BEGIN")
        database.executemany("DELETE FROM thumbnails WHERE key = ?", gone)
        database.execute("COMMIT")
        database.execute("PRAGMA incremental_vacuum")

    def _opened(self) -> sqlite3.Connection | None:
        if self._database is None and not self._is_refused:
            try:
                self._database = self._begun()
            except (sqlite3.Error, OSError) as error:
                self._is_refused = True
                _log.info("no thumbnails are kept: %s", error)
        return self._database

    def _begun(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connected(self.path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged: it is made anew from the photos
            for end in ("", "-wal", "-shm"):
                Path(f"{self.path}{end}").unlink(missing_ok=True)
            return _connected(self.path)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _today() -> int:
    return int(time.time()) // _DAY
