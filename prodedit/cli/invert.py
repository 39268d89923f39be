# SPDX-License-Identifier: Apache-2.0
"""`prodedit invert`: a photo found again in a generator, and changed there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import cv2
import numpy as np
import typer
from numpy.typing import NDArray

from prodedit.cli import choices
from prodedit.cli.generate import asked, new_engine
from prodedit.cli.options import AsJson
from prodedit.cli.running import ENGINES_FAULT
from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, USAGE, Voice
from prodedit.core.export_setting import HAS_ALPHA, ExportSetting
from prodedit.core.pixels import rgb_over
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.provenance import ALL, PARTLY
from prodedit.engine.generating import Generate, Invert, Latent, Shift
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.library import default_library
from prodedit.engine.results import MaskResult, PixelsResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.atomic import write_atomic
from prodedit.files.decoder import Decoder
from prodedit.files.encode import encode
from prodedit.files.pictures import photo_tiles

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Order:
    """What was asked for. `moves`: along which directions, by their numbers from 1, and how far."""

    photo: Path
    generator: Path
    target: choices.Target
    label: str
    steps: int
    moves: tuple[tuple[int, float], ...]
    bare: bool
    cut_out: bool


@dataclass(frozen=True)
class Found:
    """A photo in a generator. `away`: mean difference of what the generator makes, of 255."""

    latent: Latent
    picture: Bytes


def command(
    photo: Annotated[Path, typer.Argument(metavar="IN", help="A photo of a product.")],
    generator: Annotated[
        str, typer.Argument(metavar="GENERATOR", help="A generator's file, or its name.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The picture that is written.")
    ],
    move: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N=S",
            help="Change it: along the generator's direction N by S standard deviations. Without "
            "it the photo stays as it is, bit for bit.",
        ),
    ] = None,
    class_name: Annotated[
        str, typer.Option("--class", metavar="NAME", help="Default: the one that comes nearest.")
    ] = "",
    steps: Annotated[
        int, typer.Option(min=0, max=5000, help="Of coming nearer after the first guess.")
    ] = 60,
    bare: Annotated[
        bool,
        typer.Option("--bare", help="Write what the generator itself makes of the photo."),
    ] = False,
    cut_out: Annotated[
        bool, typer.Option("--cut-out/--no-cut-out", help="Look at the product alone.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Find a photo again in a generator, and change it there.

    What the generator can't know of the photo is kept and put back. Exit code 0: done; 1: it failed
    on the way; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    voice = Voice(as_json=as_json)
    try:
        moves = tuple(_move(word) for word in move or ())
        target = choices.target(output, None, one=True)
        path = default_library().find(generator).absolute()
        order = Order(photo, path, target, class_name, steps, moves, bare, cut_out)
        raise typer.Exit(invert(order, voice))
    except Problem as problem:
        failed = problem.code in ENGINES_FAULT
        raise voice.refuse(problem, SOME_FAILED if failed else USAGE) from None
    except KeyboardInterrupt:
        voice.say("Stopped: nothing was written.")
        raise typer.Exit(STOPPED) from None


def invert(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem."""
    card = read_card(order.generator)
    if order.label:
        card.label(order.label)
    path = order.target.path if order.target.is_file else order.target.path / order.photo.name
    _spare(order.photo, path)
    with Decoder() as decoder:
        tiles, alpha = photo_tiles(decoder.decode(order.photo))
    source, mask = tiles.to_array(), None if alpha is None else alpha.to_array()
    with new_engine() as engine, voice.progress(100) as bar:
        bar.move_to("finding the photo again", 5)
        found = _found(order, source, mask, engine)
        bar.move_to("making the picture", 90)
        made, source_type = _made(order, found, source, engine)
    write_atomic(path, _file(made, mask if not order.bare else None, order, source_type))
    away = _away(found.picture, source)
    name = card.classes[found.latent.label]
    voice.remark(f"Found as {name}; {path} is written.")
    told = {"file": str(path), "class": name, "difference": round(away, 3)}
    latent = {"shape": found.latent.shape, "numbers": found.latent.numbers}
    voice.give({"command": "invert", **told, "latent": latent, "unchanged": source_type == ""})
    return DONE


def _spare(photo: Path, path: Path) -> None:
    """Raises Problem where the photo itself would be written over."""
    if path.exists() and photo.exists() and path.samefile(photo):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The photo itself is never written over. Choose another name."
            ),
            code="same-file",
        )


def _found(order: Order, source: Bytes, mask: Bytes | None, engine: EngineClient) -> Found:
    """The photo's latent, and what it makes."""
    inputs: dict[str, Any] = {"source": source}
    if mask is None and order.cut_out:
        choices.check_model(choices.AUTO, default_store())
        cut = engine.run(RemoveBackground(), inputs, lane="batch")
        mask = cast(MaskResult, cut).alpha
    if mask is not None:
        inputs["mask"] = mask
    result = asked(engine, Invert(str(order.generator), order.label, order.steps), inputs)
    return Found(Latent.of(result.latents[0], result.labels[0]), result.pictures[0])


def _made(order: Order, found: Found, source: Bytes, engine: EngineClient) -> tuple[Bytes, str]:
    """(h, w, 4) BGRA, and the IPTC DigitalSourceType that it has."""
    latent = found.latent
    if order.moves:
        weights = [0.0] * max(number for number, _ in order.moves)
        for number, size in order.moves:
            weights[number - 1] = size
        moved = asked(engine, Shift(str(order.generator), latent, tuple(weights)))
        latent = Latent.of(moved.latents[0], latent.label)
        if order.bare:
            return moved.pictures[0], ALL
    if order.bare:
        return found.picture, ALL
    task = Generate(str(order.generator), latent, cut_out=False, base=found.latent)
    result = cast(PixelsResult, engine.run(task, {"source": source}, lane="batch"))
    return result.pixels, "" if (result.pixels == source).all() else PARTLY


def _file(picture: Bytes, mask: Bytes | None, order: Order, source_type: str) -> bytes:
    """The file's bytes; transparency where the photo had some and the format has it."""
    setting = ExportSetting(order.target.format, provenance=source_type)
    if mask is not None and order.target.format in HAS_ALPHA:
        rgba = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_BGRA2RGBA)
        return encode(np.dstack([rgba[..., :3], mask]), setting)
    if mask is not None:
        picture = (picture * (mask[..., None] / np.float32(255)) + 0.5).astype(np.uint8)
    return encode(rgb_over(np.ascontiguousarray(picture), (255, 255, 255)), setting)


def _away(picture: Bytes, source: Bytes) -> float:
    """Mean difference of the generator's picture from the photo in its size."""
    height, width = source.shape[:2]
    side = max(height, width)
    large = cv2.resize(picture, (side, side), interpolation=cv2.INTER_CUBIC)
    top, left = (side - height) // 2, (side - width) // 2
    part = large[top : top + height, left : left + width, :3].astype(np.int16)
    return float(np.abs(part - source[..., :3]).mean())


def _move(word: str) -> tuple[int, float]:
    found = re.fullmatch(r"([1-9][0-9]?)=([+-]?[0-9]{1,3}(?:\.[0-9]{1,6})?)", word)
    if found is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{word}” is no move. Write it like 2=1.5."),
            code="bad-move",
            word=word,
        )
    return int(found[1]), float(found[2])
