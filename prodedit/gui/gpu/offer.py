# SPDX-License-Identifier: Apache-2.0
"""Offers the GPU pack on a card over the canvas: once for each graphics card, and once more where a
pack that was there can't be used any more. Never a dialog in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodedit import __version__
from prodedit.core.problem import Problem
from prodedit.engine.gpu.cards import torch_knows_cards
from prodedit.engine.gpu.place import State
from prodedit.engine.gpu.wanted import DOWNLOAD
from prodedit.gui.gpu.row import gigabytes
from prodedit.gui.late import while_there
from prodedit.gui.notices import Choice
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.main_window import MainWindow


def offer_gpu(window: MainWindow) -> None:
    """Look for a card, and tell what is worth telling; and from now on, how a making went."""
    desk = window.gpu
    desk.looked.connect(while_there(window, _offer_once, window))
    desk.made.connect(while_there(window, _tell_made, window))
    desk.failed.connect(while_there(window, _tell_failed, window))
    window.workspace.worker.fell_back.connect(while_there(window, _tell_failed, window))
    desk.look()


def _offer_once(window: MainWindow) -> None:
    desk, workspace = window.gpu, window.workspace
    if desk.card is None or desk.making is not None or workspace.settings.device == "cpu":
        return
    state, key = desk.pack.state, f"{desk.card.name} {desk.pack.state} {__version__}"
    if state is State.ABSENT:
        key = desk.card.name
    if state is State.READY or workspace.settings.gpu_offered == key:
        return
    if state is State.ABSENT and torch_knows_cards():
        return
    workspace.change_settings(gpu_offered=key)
    text, button = _words(state)
    text = text.replace("{card}", desk.card.name).replace("{size}", gigabytes(DOWNLOAD))
    window.notices.tell(text, Choice(button, while_there(window, _begin, window)))


def _words(state: State) -> tuple[str, str]:
    """The sentence and its button."""
    if state is State.ABSENT:
        return (
            translate(
                "GpuOffer",
                "{card} could compute, several times as fast as the processor. What it needs "
                "is about {size} to fetch, once.",
            ),
            translate("GpuOffer", "Fetch it"),
        )
    return (
        translate(
            "GpuOffer",
            "The GPU pack does not go with this ProdEdit or is damaged, so the processor "
            "computes. Making it anew means about {size} to fetch.",
        ),
        translate("GpuOffer", "Make anew"),
    )


def _begin(window: MainWindow) -> None:
    """Where it can be watched and stopped."""
    window.gpu.install()
    window.actions_["preferences"].trigger()


def _tell_made(window: MainWindow) -> None:
    name = window.gpu.card.name if window.gpu.card else ""
    text = translate("GpuOffer", "The GPU pack works: {card} computes from now on.")
    window.notices.tell(text.format(card=name))


def _tell_failed(window: MainWindow, problem: Problem) -> None:
    window.notices.tell_problem(problem)
