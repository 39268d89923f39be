# SPDX-License-Identifier: Apache-2.0
"""Photoshop files are made in a process of their own, which asks for one raster after the other.

So the window's process draws and hands over, and neither packs nor holds more than one raster; the
bytes come back through a pipe, straight into the file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Sequence
from typing import IO, Any

import msgspec
import numpy as np

from prodedit.core.export_setting import ExportSetting
from prodedit.core.pixels import Pixels
from prodedit.core.problem import Problem
from prodedit.files.encode import srgb_profile
from prodedit.files.encoding_aside import COMMAND, ended, stopped
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.metadata import Metadata, exif_bytes
from prodedit.files.own_programs import NO_WINDOW, own_code_first
from prodedit.files.photoshop_layers import PhotoshopPicture, Wanted, rasters
from prodedit.files.shared_arrays import SharedArray
from prodedit.files.stop import Stop
from prodedit.files.xmp import provenance_packet

Paint = Callable[[Wanted | None, Pixels], None]
"""Fill the array with that raster, or for None with the merged picture."""
_PIECE = 1 << 20
_EXIF_PREFIX = b"Exif\0\0"


class Written:
    """What was put into the stream: to know again when the file is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.nbytes = 0
        self.crc = 0

    def write(self, piece: bytes) -> None:
        self._stream.write(piece)
        self.nbytes += len(piece)
        self.crc = zlib.crc32(piece, self.crc)


def photoshop_aside(
    picture: PhotoshopPicture, paint: Paint, setting: ExportSetting, metadata: Metadata | None,
    stream: IO[bytes], *, big: bool = False, stop: Stop | None = None,
    command: Sequence[str] = COMMAND,
) -> Written:  # fmt: skip
    """Put the file into `stream`. Raises Problem("encoder-stopped", "no-memory"), Cancelled, and
    what `paint` and the stream raise."""
    stop = stop or Stop()
    stop.check()
    picture = _allowed(picture, setting)
    order = _order(picture, setting, metadata, big)
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=own_code_first(os.environ), creationflags=NO_WINDOW,
        )  # fmt: skip
    except OSError as error:
        raise stopped(str(error)) from error
    with stop.calling(process.kill):
        try:
            return _Conversation(process, picture, paint, stop).run(order, stream)
        finally:
            ended(process)


def photoshop_here(
    picture: PhotoshopPicture, paint: Paint, setting: ExportSetting, metadata: Metadata | None,
    stream: IO[bytes], *, big: bool = False,
) -> Written:  # fmt: skip
    """The same bytes, made in this process."""

    def raster(wanted: Wanted | None) -> Pixels:
        pixels = np.zeros(_shape(wanted, picture), np.uint8)
        paint(wanted, pixels)
        return pixels

    picture = _allowed(picture, setting)
    with tempfile.TemporaryFile() as file:
        _write(_order(picture, setting, metadata, big), picture, raster, file)
        file.seek(0)
        written = Written(stream)
        while piece := file.read(_PIECE):
            written.write(piece)
    return written


def _allowed(picture: PhotoshopPicture, setting: ExportSetting) -> PhotoshopPicture:
    """Its paths are kept; whether one clips is the setting's to say."""
    clips = setting.clipping
    paths = tuple(
        msgspec.structs.replace(path, is_clipping=path.is_clipping and clips)
        for path in picture.paths
    )
    return msgspec.structs.replace(picture, paths=paths)


def _order(
    picture: PhotoshopPicture, setting: ExportSetting, metadata: Metadata | None, big: bool
) -> dict[str, Any]:
    keep = setting.metadata == "keep" and metadata is not None
    return {
        "photoshop": msgspec.to_builtins(picture),
        "big": big,
        "exif": exif_bytes(metadata).hex() if keep and metadata is not None else "",
        "xmp": provenance_packet(setting.provenance).hex(),
    }


class _Conversation:
    def __init__(
        self, process: subprocess.Popen[bytes], picture: PhotoshopPicture, paint: Paint, stop: Stop
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._sink: IO[bytes] = process.stdin
        self._source: IO[bytes] = process.stdout
        self._picture = picture
        self._paint = paint
        self._stop = stop

    def run(self, order: dict[str, Any], stream: IO[bytes]) -> Written:
        self._tell(order)
        for wanted in (*rasters(self._picture), None):
            self._stop.check()
            self._expect("wants")
            with SharedArray.create(_shape(wanted, self._picture)) as shared:
                self._paint(wanted, shared.array)
                self._tell(shared.describe())
                self._expect("taken")
        return self._copied(self._expect("bytes"), stream)

    def _tell(self, message: dict[str, Any]) -> None:
        try:
            write_frame(self._sink, message)
        except (OSError, ValueError) as error:
            raise self._gone(error) from error

    def _expect(self, name: str) -> int:
        try:
            answer = read_frame(self._source)
            if answer is None:
                raise ValueError("no answer")
        except (OSError, ValueError) as error:
            raise self._gone(error) from error
        if "problem" in answer:
            told = answer["problem"]
            raise Problem(
                told["text"], code=told["code"], details=told["details"], **told["values"]
            )
        if name not in answer:
            raise self._gone(ValueError(f"{answer} for {name}"))
        return int(answer[name])

    def _copied(self, nbytes: int, stream: IO[bytes]) -> Written:
        written = Written(stream)
        while written.nbytes < nbytes:
            self._stop.check()
            piece = self._source.read(min(_PIECE, nbytes - written.nbytes))
            if not piece:
                raise self._gone(ValueError(f"{written.nbytes} of {nbytes} bytes"))
            written.write(piece)
        return written

    def _gone(self, error: Exception) -> Problem:
        return stopped(f"exit code {self._process.poll()}, {error!r}")


def serve(order: dict[str, Any], source: IO[bytes], sink: IO[bytes]) -> None:
    """The other side, in the process for the occasion. Raises EOFError where nobody asks any
    more."""
    picture = msgspec.convert(order["photoshop"], PhotoshopPicture)
    with tempfile.TemporaryFile() as file:
        _write(order, picture, lambda wanted: _asked(source, sink), file)
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        write_frame(sink, {"bytes": length})
        shutil.copyfileobj(file, sink, _PIECE)
        sink.flush()


def _write(
    order: dict[str, Any], picture: PhotoshopPicture, raster: Callable[[Wanted | None], Pixels],
    file: IO[bytes],
) -> None:  # fmt: skip
    from prodedit.files import photoshop_resources  # with psd-tools, half a second to load
    from prodedit.files.photoshop_write import write_photoshop

    exif, xmp = bytes.fromhex(order["exif"]), bytes.fromhex(order["xmp"])
    profile = srgb_profile()
    resources = photoshop_resources.packed(picture, profile, exif.removeprefix(_EXIF_PREFIX), xmp)
    write_photoshop(picture, raster, resources, file, big=order["big"])


def _asked(source: IO[bytes], sink: IO[bytes]) -> Pixels:
    write_frame(sink, {"wants": 1})
    answer = read_frame(source)
    if answer is None:
        raise EOFError
    with SharedArray.attach_described(answer) as shared:
        pixels: Pixels = shared.array.copy()
    write_frame(sink, {"taken": 1})
    return pixels


def _shape(wanted: Wanted | None, picture: PhotoshopPicture) -> tuple[int, ...]:
    return wanted.shape if wanted is not None else (picture.size.height, picture.size.width, 4)
