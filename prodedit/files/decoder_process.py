# SPDX-License-Identifier: Apache-2.0
"""The program that reads untrusted pictures: `python -m prodedit.files.decoder_process`.

It speaks frames of JSON on stdin and stdout and lives within limits on memory and time; a hostile
picture can take down this process and nothing else. For each request it tells the size of the
picture, gets an array in shared memory that belongs to the asking process, fills it and tells what
else is known. It ends with its stdin.
"""

import errno
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import IO, Any

import msgspec
from PIL import Image, ImageFile

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files import layered
from prodedit.files.colour import DEEP_MODES, Conversion, conversion, has_alpha
from prodedit.files.deep import deepened
from prodedit.files.facts import read_facts
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.metadata import orientation, read_metadata
from prodedit.files.photo import Limits, Note
from prodedit.files.placing import place
from prodedit.files.reading import frame_notes, load, open_header, upright
from prodedit.files.refusals import refusal
from prodedit.files.shared_arrays import SharedArray
from prodedit.files.sniff import Kind

_PRELOADED = ("PIL.JpegImagePlugin", "PIL.PngImagePlugin")


class Session:
    """One conversation over two binary streams."""

    def __init__(self, source: IO[bytes], sink: IO[bytes], limits: Limits) -> None:
        self._source = source
        self._sink = sink
        self._limits = limits

    def run(self) -> None:
        """Answer requests until the other side closes."""
        write_frame(self._sink, {"hello": 1})
        while (request := read_frame(self._source)) is not None:
            _end_by_alarm(self._limits.seconds)
            answer = self._answer(request)
            _no_alarm()
            write_frame(self._sink, answer)

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            path = Path(request["path"])
            if request.get("layers"):
                alive = partial(_end_by_alarm, self._limits.seconds)
                return layered.told(path, self._limits, self._source, self._sink, alive)
            return self._decode(path, request["side"], request["accept_damaged"])
        except Problem as problem:
            return _told(problem)
        except MemoryError:
            return _told(refusal("no-memory"))
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes provoke is told, not fatal
            if getattr(error, "errno", None) == errno.ENOMEM:
                return _told(refusal("no-memory"))
            return _told(refusal("unreadable", details=f"{type(error).__name__}: {error}"))

    def _decode(self, path: Path, side: int | None, accept_damaged: bool) -> dict[str, Any]:
        image, kind = open_header(path, self._limits, small=side is not None)
        with image:
            full = Size(*image.info.get("whole", image.size))
            if side is not None:
                image.draft(image.mode, (side, side))
            loaded = load(path, image, kind, accept_damaged=accept_damaged)
            # Only now: asking a PNG for EXIF loads it, and swallows what is wrong with it.
            turn = orientation(loaded)
            metadata = read_metadata(loaded, kind.name)
            facts = read_facts(loaded, kind, metadata.resolution)
            if side is not None:
                loaded = _shrunk(loaded, side)
            shade = _shading(path, loaded, kind, whole=side is None)
            self._deliver(loaded, turn, shade)
        notes = (*frame_notes(path, kind), *_loaded_notes(loaded), *shade.notes)
        bits = [int(dict(note.values)["bits"]) for note in notes if note.code == "deep"]
        facts = msgspec.structs.replace(facts, bits=max(facts.bits, *bits, 8))
        return {
            "facts": msgspec.to_builtins(facts),
            "metadata": {**metadata.to_json(), "profile": shade.profile},
            "notes": [note.to_json() for note in notes],
            "size": list(upright(full, turn)),
        }

    def _deliver(self, loaded: Image.Image, turn: int, shade: Conversion) -> None:
        size = upright(Size(*loaded.size), turn)
        with self._array(size, 4 if has_alpha(loaded) else 3) as shared:
            place(loaded, turn, shade.strip, shared.array)

    def _array(self, size: Size, channels: int) -> SharedArray:
        write_frame(self._sink, {"array": [size.height, size.width, channels]})
        answer = read_frame(self._source)
        if answer is None:
            raise SystemExit(0)
        return SharedArray.attach_described(answer)


def _shading(path: Path, loaded: Image.Image, kind: Kind, *, whole: bool) -> Conversion:
    """The way to sRGB; a thumbnail is not worth the lower bits of a deep picture."""
    shade = conversion(loaded)
    return deepened(path, loaded, shade, kind) if whole else shade


def _loaded_notes(loaded: Image.Image) -> tuple[Note, ...]:
    percent, bits = loaded.info.get("damage"), loaded.info.get("photoshop-bits", 8)
    deep = () if bits == 8 else (Note("deep", (("bits", bits),)),)
    if loaded.info.get("developed"):
        deep = (Note("developed"),)
    return deep if percent is None else (*deep, Note("damaged", (("percent", percent),)))


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """A loaded picture no larger than `side`, in a mode that can be averaged."""
    if max(image.size) <= side:
        return image
    if image.mode in DEEP_MODES:
        image = conversion(image).strip(image, 0)  # Pillow averages few of these
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode in ("P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    size = Size(*image.size).fit(side)
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    small.info = dict(image.info)
    return small


def _told(problem: Problem) -> dict[str, Any]:
    return {"problem": problem.code, "details": problem.details, "values": problem.values}


def _end_by_alarm(seconds: float) -> None:
    """Should the asking process be killed meanwhile, nobody else would stop a hanging reader."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + 5.0)


def _no_alarm() -> None:
    """A process that waits for its next picture may wait long."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(limit: int) -> None:
    """Where the system can (not on Windows; macOS may refuse)."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


def _private_stdout() -> IO[bytes]:
    """The real stdout for frames; whatever libraries print goes to stderr instead."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sink


def main() -> None:
    limits = Limits.from_words(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the asking process
    _limit_memory(limits.memory)
    for plugin in _PRELOADED:
        __import__(plugin)
    Image.MAX_IMAGE_PIXELS = None  # our own limits are checked in open_header
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with _private_stdout() as sink:
        Session(sys.stdin.buffer, sink, limits).run()


if __name__ == "__main__":
    main()
