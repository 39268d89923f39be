# SPDX-License-Identifier: Apache-2.0
"""`prodedit selftest`: does everything work on this machine?"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.batch.pipeline import Pipeline, Setting
from prodedit.catalogue.batch.plan import plan_folder
from prodedit.cli.telling import DONE, SOME_FAILED, Voice
from prodedit.core.document import Document
from prodedit.core.export_setting import HAS_ALPHA, SUFFIXES, ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.data_files import resources_folder
from prodedit.engine.generating import Sample
from prodedit.engine.generators.library import default_library
from prodedit.engine.replaying import replay
from prodedit.engine.results import LatentsResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import DEFAULTS, Status, default_store
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import RemoveBackground, TransferStyle
from prodedit.files.decoder import Decoder
from prodedit.files.own_programs import NO_WINDOW, is_packaged, module_command, own_code_first
from prodedit.files.pictures import open_picture

SAMPLE = ("samples", "mug.jpg")
BATCH = ("bottle.jpg", "carton.jpg", "mug.jpg")
_WINDOW_SECONDS = 180.0
"""A computer that is slow or being searched for viruses takes a minute for its first window."""


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
    """Try models, window, engine, cut-out, style, a batch and every file format.

    Exit code 0 where all is well.
    """
    voice = Voice(as_json=as_json)
    checks = []
    for check in checked():
        voice.remark(f"{'ok    ' if check.ok else 'FAILED'} {check.what}")
        checks.append(check)
    _show(checks, voice)
    raise typer.Exit(DONE if all(check.ok for check in checks) else SOME_FAILED)


def checked() -> Iterator[Check]:
    """All checks, one after the other; what a failed one would have given is not tried."""
    for model in present_models():
        yield _timed(f"model {model}", partial(_model, model))
    with tempfile.TemporaryDirectory(prefix="prodedit-selftest-") as name:
        folder = Path(name)
        yield _timed("window opens", partial(_window, folder / "window.png"))
        with Decoder() as decoder, EngineClient() as engine:
            yield _timed("engine starts", lambda: _engine(engine))
            yield from _work(decoder, engine, folder)


def present_models() -> list[str]:
    """The defaults, there or not, and all others that are on this computer."""
    there = [state.card.id for state in default_store().states() if state.status != Status.MISSING]
    return [*DEFAULTS, *(name for name in there if name not in DEFAULTS)]


def _work(decoder: Decoder, engine: EngineClient, folder: Path) -> Iterator[Check]:
    documents: list[Document] = []
    yield _timed("cut-out of the sample", lambda: _cut_out(decoder, engine, documents))
    yield _timed("style", lambda: _style(decoder, engine))
    yield _timed("generator", lambda: _generator(engine))
    yield _timed("batch of three", lambda: _batch(decoder, engine, folder / "batch"))
    for kind in SUFFIXES if documents else ():
        place = folder / f"sample{SUFFIXES[kind]}"
        yield _timed(
            f"{kind} written and read", partial(_format, kind, place, documents[0], decoder)
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
            "It is {state}. {advice}",
            code=f"model-{state.status.value}",
            advice="Install ProdEdit again." if is_packaged() else "Run: prodedit models pull",
            state={"missing": "not on this computer yet"}.get(state.status.value, "damaged"),
        )
    return f"sha256 {state.card.files[0].sha256[:12]}…, {state.bytes / 1e6:.0f} MB"


def _window(picture: Path) -> str:
    """The program's own window, in a process of its own and without a screen."""
    command = [*module_command("prodedit"), "--screenshot", str(picture)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_WINDOW_SECONDS,
            env=own_code_first(os.environ), creationflags=NO_WINDOW, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Problem("It showed nothing within three minutes.", code="no-window") from error
    if done.returncode or not picture.is_file():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Problem(
            "It ended with status {status}: {why}",
            code="no-window",
            status=done.returncode,
            why=said[-1] if said else "it said nothing",
        )
    return f"a picture of it has {picture.stat().st_size / 1e3:.0f} kB"


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


def _style(decoder: Decoder, engine: EngineClient) -> str:
    opened = open_picture(resources_folder().joinpath(*SAMPLE), decoder)
    style = STYLES[0]
    painted = replay(opened.document, (TransferStyle(style.id),), engine.run)
    if len(painted.layers) != len(opened.document.layers) + 1:
        raise Problem("It painted no layer.", code="no-style")
    return f"painted as “{style.title}”"


def _generator(engine: EngineClient) -> str:
    """None may have been trained yet: that is said, and is no failure."""
    names = [found.name for found in default_library() if found.card is not None]
    if not names:
        return "none comes with this version, and none was trained here: not tried"
    result = engine.run(Sample(names[0], 1, 0), {}, lane="batch")
    if not isinstance(result, LatentsResult) or len(result.pictures) != 1:
        raise Problem("It made no picture.", code="no-sample")
    return f"{names[0]} made a picture of {result.pictures[0].shape[1]} pixels"


def _batch(decoder: Decoder, engine: EngineClient, folder: Path) -> str:
    # Only here: it brings Qt, which a wrong call need not wait for.
    from prodedit.catalogue.batch.saving import save_picture

    photos = [str(resources_folder() / "samples" / name) for name in BATCH]
    plan = plan_folder(gather(photos), folder, SUFFIXES["png"])
    setting = Setting((RemoveBackground("u2net"),), ExportSetting("png"), save_picture, at_once=1)
    report = Pipeline(setting, decoder, engine).run(plan)
    if report.failed:
        raise Problem(
            "{count} of them failed, the first with: {why}",
            code="batch-failed",
            count=len(report.failed),
            why=report.failed[0].message,
        )
    written = sum(picture.output.stat().st_size for picture in plan)
    return f"{report.done} pictures cut out, {written / 1e3:.0f} kB"


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
