# SPDX-License-Identifier: Apache-2.0
"""`prodedit similar`: which pictures of a folder are alike, and which stand out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.folder.listing import Picture, absolute, listed
from prodedit.catalogue.folder.thumbnails import ThumbnailCache
from prodedit.catalogue.similar.comparing import Compared, Comparing
from prodedit.catalogue.similar.groups import Group, nearest
from prodedit.catalogue.similar.index import index_path
from prodedit.catalogue.similar.outliers import Outlier
from prodedit.cli.options import AsJson
from prodedit.cli.running import decoders, exit_code, stopped_by_signals
from prodedit.cli.telling import SOME_FAILED, USAGE, Bar, Voice
from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem
from prodedit.engine.service.client import EngineClient
from prodedit.files.decoder import Decoder

_MOST = 20


class _Stop:
    """Told by a signal; ends what is under way."""

    def __init__(self, decoder: Decoder, engine: EngineClient) -> None:
        self._decoder, self._engine = decoder, engine
        self.wanted = threading.Event()

    def stop(self) -> None:
        self.wanted.set()
        # A signal may come at any moment: what takes locks is left to another thread.
        threading.Thread(target=self._let_go, daemon=True).start()

    def _let_go(self) -> None:
        self._decoder.cancel()
        self._engine.close()


def command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Pictures, with all in it.")],
    to: Annotated[
        Path | None,
        typer.Option(metavar="PHOTO", help="Tell what is most similar to this picture of it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find pictures that are there twice, that look much alike, and that stand out.

    Nothing is changed. What was looked at is kept in the cache folder, so that the next time is
    quick. Exit code 0: done; 1: some pictures could not be read; 2: wrong usage; 130: stopped.
    """
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(similar(folder, to, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def similar(folder: Path, to: Path | None, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem."""
    pictures = listed([folder]).pictures
    photo = None if to is None else _of(pictures, to)
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder(decoders()))
        engine = EngineClient()
        stack.callback(engine.close)
        cache = ThumbnailCache()
        stack.callback(cache.close)
        stop = _Stop(decoder, engine)
        comparing = Comparing(index_path([absolute(folder)]), decoder, cache, engine)
        with stopped_by_signals(stop) as heard, voice.progress(len(pictures)) as bar:
            compared = _compared(comparing, pictures, bar, stop)
    if compared is None:
        return exit_code(heard, stopped=True, failed=False)
    data = _told(compared, photo, voice)
    voice.give({"command": "similar", **data})
    return exit_code(heard, stopped=False, failed=compared.unread > 0)


def _compared(
    comparing: Comparing, pictures: Sequence[Picture], bar: Bar, stop: _Stop
) -> Compared | None:
    """None where it was stopped. Raises Problem."""
    try:
        return comparing.compare(
            pictures, lambda count: bar.move("comparing", count), stop.wanted.is_set
        )
    except Cancelled:
        return None
    except Problem:
        if stop.wanted.is_set():
            return None
        raise


def _of(pictures: Sequence[Picture], photo: Path) -> Path:
    """Raises Problem where it is none of these."""
    path = absolute(photo)
    if all(one.path != path for one in pictures):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is no picture of this folder."),
            code="not-in-folder",
            name=str(photo),
        )
    return path


def _told(compared: Compared, photo: Path | None, voice: Voice) -> dict[str, Any]:
    """Say it to a person, and give it for a program."""
    data: dict[str, Any] = {"counts": _counts(compared)}
    if photo is not None:
        data["similar"] = _near(compared, photo)
        lines = [f"{one['likeness']:.2f}  {one['file']}" for one in data["similar"]]
    else:
        found = compared.found
        data["same"] = [_files(compared, group) for group in found.same]
        data["variants"] = [_files(compared, group) for group in found.variants]
        data["outliers"] = [_odd(compared, one) for one in compared.consistency.outliers]
        lines = [f"same: {', '.join(files)}" for files in data["same"]]
        lines += [f"much alike: {', '.join(files)}" for files in data["variants"]]
        lines += [f"stands out ({one['odd']}): {one['file']}" for one in data["outliers"]]
    if not voice.as_json:
        for line in lines:
            voice.out.print(line)
    counts = data["counts"]
    voice.say(f"{counts['compared']} pictures compared, {counts['unread']} could not be read.")
    return data


def _counts(compared: Compared) -> dict[str, int]:
    return {
        "compared": len(compared.pictures),
        "unread": compared.unread,
        "measured": compared.consistency.measured,
    }


def _near(compared: Compared, photo: Path) -> list[dict[str, Any]]:
    row = next((n for n, one in enumerate(compared.pictures) if one.path == photo), None)
    if row is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” could not be read."),
            code="not-read",
            name=str(photo),
        )
    return [
        {"file": str(compared.pictures[other].path), "likeness": round(likeness, 4)}
        for other, likeness in nearest(compared.index, row, _MOST)
    ]


def _files(compared: Compared, group: Group) -> list[str]:
    return [str(compared.pictures[row].path) for row in group.rows]


def _odd(compared: Compared, outlier: Outlier) -> dict[str, Any]:
    return {
        "file": str(compared.pictures[outlier.row].path),
        "odd": outlier.odd,
        "measured": round(outlier.measured, 4),
        "usual": round(outlier.usual, 4),
    }
