# SPDX-License-Identifier: Apache-2.0
"""`prodedit check`: whether pictures are what marketplaces demand, and making them so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from prodedit.catalogue.batch.asking import NO_ENGINE
from prodedit.catalogue.batch.inputs import Gathered, gather
from prodedit.catalogue.batch.plan import Planned, plan_file, plan_folder
from prodedit.catalogue.check.findings import Finding, Outcome
from prodedit.catalogue.check.looking import CUTTING, READING, Eyes
from prodedit.catalogue.check.planning import planned as planned_for_all
from prodedit.catalogue.check.report import to_json
from prodedit.catalogue.check.run import CheckRun, Fix, Item, Row
from prodedit.catalogue.check.words import CheckWords
from prodedit.cli import choices
from prodedit.cli.options import AsJson, Inputs
from prodedit.cli.running import clear_leftovers, decoders, exit_code, stopped_by_signals
from prodedit.cli.telling import SOME_FAILED, USAGE, Voice
from prodedit.core.export_setting import SUFFIXES
from prodedit.core.presets import Making, Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.enhancing import COMPACT, TEXT
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import DEFAULTS, ModelStore, Status, default_store
from prodedit.files.decoder import Decoder

_AT_ONCE = 2
"""One picture in the engine while the other is read and measured."""
_SAID = CheckWords()
_WORDS: Mapping[Outcome, str] = {"passes": "passes", "fails": "FAILS", "confirm": "confirm"}


@dataclass(frozen=True)
class Order:
    """What was asked for, as it was said."""

    inputs: tuple[str, ...]
    presets: tuple[str, ...]
    fix: bool
    output: str | None
    enlarge: bool
    every: bool


def command(
    inputs: Inputs,
    preset: Annotated[
        list[str],
        typer.Option(
            metavar="NAME",
            help="What is demanded, as `prodedit presets list` names it; may be given several "
            "times.",
        ),
    ],
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Make those that fail anew: cut out, backdrop, frame, size, format, file size; "
            "then check again. The others are copied.",
        ),
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Where fixed pictures go: a file for one picture, else a folder, with one of its "
            "own for each preset where there are several.",
        ),
    ] = None,
    no_enlarge: Annotated[
        bool,
        typer.Option(
            "--no-enlarge", help="Let no network enlarge photos that are too small: faster."
        ),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show also the rules that a picture passes.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check pictures against what marketplaces demand.

    Each rule passes, fails, or asks to be confirmed, because no program can decide it. Exit code 0:
    nothing fails; 1: a picture fails a rule, or could not be read; 2: wrong usage; 130: stopped by
    Ctrl+C. With --fix what counts is the picture that was made.
    """
    order = Order(tuple(inputs), tuple(preset), fix, output, not no_enlarge, every)
    voice = Voice(as_json=as_json)
    try:
        raise typer.Exit(check(order, voice))
    except Problem as problem:
        code = SOME_FAILED if problem.code == NO_ENGINE else USAGE
        raise voice.refuse(problem, code) from None


def check(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem where it can't even begin."""
    presets = dict(PresetLibrary().find(word) for word in order.presets)
    items = planned(order, presets)
    store = default_store()
    if order.fix and any(needs_cutting(preset.making) for preset in presets.values()):
        choices.check_model(choices.AUTO, store)
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder(decoders()))
        engine = new_engine()
        stack.callback(engine.close)
        rules = {rule.rule for preset in presets.values() for rule in preset.rules}
        eyes = Eyes(decoder, engine, rules, able(store))
        fix = _fix(eyes, decoder, order, store) if order.fix else None

        def let_go() -> None:
            decoder.cancel()
            engine.close()

        clear_leftovers(path for item in items for path in item.outputs.values())
        run = CheckRun(eyes, presets, fix, let_go)
        with stopped_by_signals(run) as heard:
            rows = _watched(run, items, order, voice)
    wanted = len(items) * len(presets)
    failed = _sum(rows, wanted, voice)
    return exit_code(heard, stopped=len(rows) < wanted, failed=failed)


def planned(order: Order, presets: dict[str, Preset]) -> tuple[Item, ...]:
    """Which pictures are looked at, and where each goes. Raises Problem."""
    if order.fix != (order.output is not None):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "--fix and -o OUT go together: say where pictures go."),
            code="fix-without-output",
        )
    out = order.output
    gathered = gather(order.inputs, leave_out=None if out is None else Path(out))
    if out is None:
        return tuple(Item(found.path, {}) for found in gathered.pictures)
    if len(presets) > 1:
        return planned_for_all(gathered, Path(out), presets)
    ((name, preset),) = presets.items()
    pictures = _plan(gathered, out, preset.making)
    return tuple(Item(picture.source, {name: picture.output}) for picture in pictures)


def able(store: ModelStore) -> frozenset[str]:
    """What the engine can be asked with the models that are on this computer."""

    def here(model: str) -> bool:
        return store.state(model).status is not Status.MISSING

    cutting = (CUTTING,) if any(map(here, DEFAULTS)) else ()
    return frozenset((*cutting, *((READING,) if here(TEXT) else ())))


def needs_cutting(making: Making) -> bool:
    return making.cuts_out or making.exact


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def _plan(gathered: Gathered, output: str, making: Making) -> tuple[Planned, ...]:
    suffix = SUFFIXES[making.format]
    one = len(gathered.pictures) == 1 and not gathered.folders
    target = choices.target(output, None, one=one)
    if not target.is_file:
        return plan_folder(gathered, target.path, suffix)
    choices.target(output, making.format, one=one)  # refuses an ending of another format
    return plan_file(gathered, target.path)


def _fix(eyes: Eyes, decoder: Decoder, order: Order, store: ModelStore) -> Fix:
    # Only here: it brings Qt, which a check alone need not wait for.
    from prodedit.catalogue.check.fixing import Fixing

    network = order.enlarge and store.state(COMPACT).status is not Status.MISSING
    return lambda source: Fixing(source, decoder, eyes.run, network=network)


def _watched(run: CheckRun, items: Sequence[Item], order: Order, voice: Voice) -> tuple[Row, ...]:
    """The run, with a bar, and each picture told as it comes."""
    with voice.progress(len(items)) as bar:

        def on_rows(rows: Sequence[Row]) -> None:
            for row in rows:
                _tell(row, order, voice)
            if rows:
                bar.move(rows[0].source.name)

        return run.run(items, on_rows, _AT_ONCE)


def _tell(row: Row, order: Order, voice: Voice) -> None:
    if row.code:
        voice.say(f"failed: {row.source}: {row.message}")
    if voice.as_json or row.final is None:
        return
    counts = ", ".join(f"{len(row.final.of(name))} {name}" for name in _WORDS)
    made = "" if row.output is None else f" -> {row.output}"
    voice.out.print(f"{row.source}{made}  {row.preset}: {_WORDS[row.outcome]} ({counts})")
    for finding in row.final.findings:
        if order.every or finding.outcome != "passes":
            voice.out.print(_line(finding))


def _line(finding: Finding) -> str:
    rule = finding.rule
    start = f"  {_WORDS[finding.outcome]:8}{finding.title}"
    wanted = _SAID.demanded(rule)
    told = f": {_SAID.measured(finding)}, wanted {wanted}" if wanted else ""
    return f"{start}{told}  ({_SAID.source(rule)})"


def _sum(rows: Sequence[Row], planned: int, voice: Voice) -> bool:
    """Whether any failed."""
    failed = sum(row.outcome == "fails" for row in rows)
    asked = sum(row.outcome == "confirm" for row in rows)
    voice.say(
        f"{len(rows) - failed} of {planned} pass, {asked} of them to be confirmed, {failed} fail."
    )
    voice.give(to_json(rows, planned))
    return failed > 0
