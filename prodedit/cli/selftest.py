# SPDX-License-Identifier: Apache-2.0
"""`prodedit selftest`: does everything work on this machine?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, SUFFIXES, ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.data_files import resources_folder
from prodedit.engine.replaying import replay
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import DEFAULTS, Status, default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture

SAMPLE = ("samples", "mug.jpg")


class Check(NamedTuple):
    """One thing that was tried, and what came of it."""

    what: str
    ok: bool
    found: str
    seconds: float


def command(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result on stdout, for programs.")
    ] = False,
) -> None:
    """Try models, engine, cut-out and every file format; exit code 0 where all is well."""
    voice = Voice(as_json=as_json)
    checks = []
    for check in checked():
        voice.remark(f"{'ok    ' if check.ok else 'FAILED'} {check.what}")
        checks.append(check)
    _show(checks, voice)
    raise typer.Exit(DONE if all(check.ok for check in checks) else SOME_FAILED)


def checked() -> Iterator[Check]:
    """All checks, one after the other; what a failed one would have given is not tried."""
    for model in DEFAULTS:
        yield _timed(f"model {model}", partial(_model, model))
    documents: list[Document] = []
    with Decoder() as decoder, EngineClient() as engine:
        yield _timed("engine starts", lambda: _engine(engine))
        yield _timed("cut-out of the sample", lambda: _cut_out(decoder, engine, documents))
        with tempfile.TemporaryDirectory(prefix="prodedit-selftest-") as folder:
            for kind in SUFFIXES if documents else ():
                place = Path(folder) / f"sample{SUFFIXES[kind]}"
                yield _timed(
                    f"{kind} written and read",
                    partial(_format, kind, place, documents[0], decoder),
                )


def _timed(what: str, work: Callable[[], str]) -> Check:
    start = time.monotonic()
    try:
        ok, found = True, work()
    except Problem as problem:
        ok, found = False, str(problem)
    except Exception as error:  # noqa: BLE001 - a check that fails in any way is what this is for
        ok, found = False, f"{type(error).__name__}: {error}"
    return Check(what, ok, found, time.monotonic() - start)


def _model(model: str) -> str:
    state = default_store().verify(model)
    if state.status is not Status.VERIFIED:
        raise Problem(
            "It is {state}. Run: prodedit models pull",
            code=f"model-{state.status.value}",
            state={"missing": "not on this computer yet"}.get(state.status.value, "damaged"),
        )
    return f"sha256 {state.card.files[0].sha256[:12]}…, {state.bytes / 1e6:.0f} MB"


def _engine(engine: EngineClient) -> str:
    engine.start()
    end = time.monotonic() + 60
    while engine.process_id is None:
        if time.monotonic() > end:
            raise Problem("It did not answer within a minute.", code="engine-no-start")
        time.sleep(0.01)
    return f"process {engine.process_id} answers"


def _cut_out(decoder: Decoder, engine: EngineClient, documents: list[Document]) -> str:
    opened = open_picture(resources_folder().joinpath(*SAMPLE), decoder)

    document = replay(opened.document, (RemoveBackground(),), engine.run)
    documents.append(document)
    mask = document.layers[0].mask
    assert mask is not None
    share = float((mask.alpha.to_array() > 127).mean())
    return f"product on {share:.0%} of the picture, score {mask.score:.2f}"


def _format(kind: Format, place: Path, document: Document, decoder: Decoder) -> str:
    from prodedit.render.export import export_picture

    size = export_picture(document, place, ExportSetting(kind))
    photo = decoder.decode(place)
    channels = 4 if kind in HAS_ALPHA else 3
    if photo.pixels.shape != (document.size.height, document.size.width, channels):
        raise Problem(
            "It came back as {shape}.", code="wrong-picture", shape=str(photo.pixels.shape)
        )
    return f"{size / 1e3:.0f} kB"


def _show(checks: list[Check], voice: Voice) -> None:
    if voice.as_json:
        voice.give({"command": "selftest", "checks": [check._asdict() for check in checks]})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "what", "found", "s"):
        table.add_column(heading, justify="right" if heading == "s" else "left")
    for check in checks:
        word = "ok" if check.ok else "FAILED"
        table.add_row(word, check.what, check.found, f"{check.seconds:.1f}")
    voice.out.print(table)
