# SPDX-License-Identifier: Apache-2.0
"""A file with layers on its way out of the decoder process: both sides of the conversation.

The process tells what layers there are; the asking side checks every word of it, gives an array for
one raster after the other, and makes tiles of each before the next is read.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from prodedit.core.geometry import Rect
from prodedit.core.path import NamedPath
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.photo import Limits, Note
from prodedit.files.photoshop_layers import PhotoshopPicture, rasters, walk
from prodedit.files.refusals import refusal
from prodedit.files.shared_arrays import SharedArray

_MOST_BYTES = 8 << 30
"""That the pixels of one file may take in memory."""
_MOST_LAYERS = 4000
_FARTHEST = 1 << 20
"""Pixels between a layer and the canvas."""
UNREAD = "photoshop-unread"


@dataclass(frozen=True, eq=False)
class Layered:
    """pixels and masks: by the place of their layer in `walk`; what is blank is not there."""

    picture: PhotoshopPicture
    pixels: dict[int, Tiles]
    masks: dict[int, Tiles]
    notes: tuple[Note, ...]
    profile: str


@dataclass(frozen=True)
class NoLayers:
    """Only the merged picture can be opened, and why, if that is worth telling."""

    notes: tuple[Note, ...]


class Talk(Protocol):
    """What the asking side needs of its end of the pipes."""

    @property
    def limits(self) -> Limits: ...

    def tell(self, message: dict[str, Any]) -> None: ...

    def answer(self) -> dict[str, Any]:
        """Within the time for one picture. Raises Problem and Cancelled."""

    def shared(self, shape: tuple[int, ...]) -> SharedArray: ...

    def give_up(self) -> None: ...


def received(talk: Talk) -> Layered | NoLayers:
    """The asking side. Raises Problem and Cancelled; ValueError for what no honest process says."""
    answer = talk.answer()
    if "merged" in answer:
        return NoLayers(tuple(Note.from_json(note) for note in answer["merged"]))
    picture = _checked(answer["picture"], talk.limits)
    if sum(math.prod(one.shape) for one in rasters(picture)) > _MOST_BYTES:
        talk.give_up()
        raise refusal("no-memory")
    places = {id(layer): place for place, layer in enumerate(walk(picture.layers))}
    pixels: dict[int, Tiles] = {}
    masks: dict[int, Tiles] = {}
    for wanted in rasters(picture):
        with talk.shared(wanted.shape) as shared:
            talk.tell(shared.describe())
            talk.answer()["filled"]
            found = masks if wanted.is_mask else pixels
            found[places[id(wanted.layer)]] = Tiles.from_array(shared.array).without_blank()
    last = talk.answer()
    notes = tuple(Note.from_json(note) for note in last["notes"])
    for note in notes:
        str(note)  # KeyError unless its values fill it
    return Layered(picture, pixels, masks, notes, str(last["profile"]))


def _checked(data: Any, limits: Limits) -> PhotoshopPicture:
    try:
        picture = msgspec.convert(data, PhotoshopPicture)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ValueError(str(error)) from error
    wanted = list(rasters(picture))
    numbers = _numbers(picture)
    sizes = [picture.size, *(one.rect.size for one in wanted)]
    is_sane = (
        len(wanted) <= 2 * _MOST_LAYERS
        and all(math.isfinite(number) for number in numbers)
        and all(min(size) > 0 and size.area <= limits.pixels for size in sizes)
        and max(picture.size) <= limits.side
        and all(_is_near(one.rect) for one in wanted)
    )
    if not is_sane:
        raise ValueError("layers that can't be")
    return picture


def _numbers(picture: PhotoshopPicture) -> Iterator[float]:
    yield picture.resolution
    yield from (layer.opacity for layer in walk(picture.layers))
    yield from (guide.position for guide in picture.guides)
    yield from (number for path in picture.paths for number in _places(path))


def _places(path: NamedPath) -> Iterator[float]:
    for sub in path.path.subpaths:
        for knot in sub.knots:
            yield from (number for point in knot for number in point)


def _is_near(rect: Rect) -> bool:
    return max(abs(rect.x), abs(rect.y), rect.width, rect.height) <= _FARTHEST


# The decoder process's side


def told(
    path: Path, limits: Limits, source: IO[bytes], sink: IO[bytes], alive: Callable[[], None]
) -> dict[str, Any]:
    """All of the conversation but the last word, which is returned. `alive` is called between its
    pieces. Raises what the reader raises before the first word."""
    from prodedit.files.photoshop_read import NoLayersError, PhotoshopReading

    with path.open("rb") as file:
        try:
            reading = PhotoshopReading(file, limits)
            picture = reading.picture
            known = msgspec.to_builtins(picture)
        except NoLayersError as none:
            return {"merged": [Note(none.note).to_json()] if none.note else []}
        except (Problem, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - the merged picture may be sound whatever is odd here
            return {"merged": [Note(UNREAD).to_json()]}
    write_frame(sink, {"picture": known})
    damaged: dict[str, None] = {}
    for wanted in rasters(picture):
        alive()
        answer = read_frame(source)
        if answer is None:
            raise SystemExit(0)
        with SharedArray.attach_described(answer) as shared:
            if not _is_filled(reading, wanted, shared):
                damaged[wanted.layer.name] = None
        write_frame(sink, {"filled": 1})
    lost = [Note("photoshop-damaged", (("layers", _listed(list(damaged))),))] if damaged else []
    notes = [note.to_json() for note in (*reading.notes, *lost)]
    return {"notes": notes, "profile": reading.profile}


def _is_filled(reading: Any, wanted: Any, shared: SharedArray) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # psd-tools fills what is damaged with black
            reading.fill(wanted, shared.array)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - one damaged layer must not lose the others
        shared.array[...] = 255 if wanted.is_mask else 0
        return False
    return True


def _listed(names: list[str]) -> str:
    from prodedit.files.photoshop_odds import listed

    return listed(names)
