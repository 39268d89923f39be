# SPDX-License-Identifier: Apache-2.0
"""`prodedit gpu`: the graphics card, and the environment of its own that the engine needs there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, Voice
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.gpu import problems
from prodedit.engine.gpu.cards import Card, found_card, torch_knows_cards
from prodedit.engine.gpu.making import Size, make_pack
from prodedit.engine.gpu.place import Pack, State, gpu_folder, read_pack, remove_pack
from prodedit.engine.gpu.problems import gigabytes
from prodedit.engine.gpu.wanted import wanted

app = typer.Typer(no_args_is_help=True, help="Let an NVIDIA graphics card do the computing.")

AsJson = Annotated[bool, typer.Option("--json", help="Print the result on stdout, for programs.")]

_STATES = {
    State.ABSENT: "There is no GPU pack. Fetch one with: prodedit gpu install",
    State.READY: "The GPU pack is in use ({torch}, {size} GB).",
    State.OUTDATED: "The GPU pack belongs to another version of ProdEdit and is not used. "
    "Make it anew with: prodedit gpu install",
    State.BROKEN: "The GPU pack is damaged and not used. Make it anew with: prodedit gpu install",
}
_OWN = "ProdEdit's own torch knows graphics cards, so no GPU pack is needed."


@app.command()
def status(as_json: AsJson = False) -> None:
    """Which graphics card is here, and whether it can be used."""

    def work(voice: Voice) -> int:
        card, pack, own = found_card(), read_pack(), torch_knows_cards()
        voice.give({"command": "gpu status", **_as_json(card, pack), "own_torch_knows_cards": own})
        if not as_json:
            voice.out.print(_of_card(card), soft_wrap=True, highlight=False)
            told = _OWN if own and pack.state is State.ABSENT else _of_pack(pack)
            voice.out.print(told, soft_wrap=True, highlight=False)
        return DONE

    _run(as_json, work)


@app.command()
def install(
    torch: Annotated[
        str, typer.Option(metavar="REQUIREMENT", help="Another build, as pip understands it.")
    ] = "",
    index: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The index that has it; default: pip's own.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Fetch what the graphics card needs: about 3 GB. Nothing changes until it works."""

    def work(voice: Voice) -> int:
        want, size, card = wanted(torch=torch, index=index), Size(), found_card()
        if card is None and want.device != "cpu":
            raise problems.no_card()
        voice.remark(
            f"Fetching about {gigabytes(size.download)} GB; takes about "
            f"{gigabytes(size.installed)} GB in {gpu_folder()}."
        )
        with voice.progress(100) as bar:
            note = make_pack(
                want,
                card.name if card else "",
                lambda share, text: bar.move_to(text, round(100 * share)),
            )
        voice.remark("The GPU pack works. Pictures are computed with it from now on.")
        voice.give({"command": "gpu install", "torch": note.torch, "bytes": note.bytes})
        return DONE

    _run(as_json, work)


@app.command()
def remove(as_json: AsJson = False) -> None:
    """Delete it from this computer; the processor computes from then on."""

    def work(voice: Voice) -> int:
        there = read_pack().state is not State.ABSENT
        remove_pack()
        voice.remark("The GPU pack was removed." if there else "There was no GPU pack.")
        voice.give({"command": "gpu remove", "removed": there})
        return DONE

    _run(as_json, work)


def _run(as_json: bool, work: Callable[[Voice], int]) -> None:
    voice = Voice(as_json=as_json)
    try:
        code = work(voice)
    except Problem as problem:
        raise voice.refuse(problem, SOME_FAILED) from None
    except (KeyboardInterrupt, Cancelled):
        voice.say("Stopped: nothing was changed.")
        raise typer.Exit(STOPPED) from None
    raise typer.Exit(code)


def _of_card(card: Card | None) -> str:
    if card is None:
        return "No NVIDIA graphics card with a driver was found."
    driver = f", driver {card.driver}" if card.driver else ""
    memory = f", {card.megabytes / 1024:.0f} GB" if card.megabytes else ""
    return f"Found: {card.name}{memory}{driver}."


def _of_pack(pack: Pack) -> str:
    note = pack.note
    values = {"torch": note.torch, "size": gigabytes(note.bytes)} if note else {}
    return _STATES[pack.state].format(**values)


def _as_json(card: Card | None, pack: Pack) -> dict[str, Any]:
    return {
        "card": None if card is None else card._asdict(),
        "state": pack.state.value,
        "torch": pack.note.torch if pack.note else None,
        "bytes": pack.note.bytes if pack.note else None,
    }
