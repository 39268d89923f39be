# SPDX-License-Identifier: Apache-2.0
"""The engine process's parts, in this process."""

import io
import threading

import pytest

from prodedit.core.problem import Problem
from prodedit.engine.service import frames, process
from prodedit.engine.service.surroundings import Surroundings
from prodedit.engine.tasks import RemoveBackground, to_json
from tests.fakes import asked, fake_client, photo


class EndedError(Exception):
    """Thrown to get out of the engine's endless life."""


class Counted(Surroundings):
    def __init__(self) -> None:
        self.warmed = 0

    def warm(self, *arguments: object) -> None:
        self.warmed += 1

    def release(self) -> None:
        raise EndedError


def lonely_engine(idle: float | None) -> tuple[process.Engine, process.Inbox, Counted]:
    voice = process.Voice(io.BytesIO())
    inbox = process.Inbox(voice)
    engine = process.Engine(voice, inbox, {}, idle)
    engine._surroundings = counted = Counted()
    return engine, inbox, counted


def test_left_alone_the_engine_gives_back_its_networks_after_the_last_work() -> None:
    engine, inbox, counted = lonely_engine(0.02)
    task = to_json(RemoveBackground())
    inbox.hear(frames.Warm((task, task)))
    with pytest.raises(EndedError):
        engine.serve()
    assert counted.warmed == 2


def test_an_engine_that_did_nothing_yet_has_nothing_to_give_back() -> None:
    """It would load what it is warmed up with only after that."""
    engine, inbox, counted = lonely_engine(0.02)
    heard = threading.Timer(0.3, inbox.hear, (frames.Warm((to_json(RemoveBackground()),)),))
    heard.start()
    with pytest.raises(EndedError):
        engine.serve()
    assert counted.warmed == 1
    heard.join()


def test_waiting_for_work_ends_with_patience() -> None:
    inbox = process.Inbox(process.Voice(io.BytesIO()))
    assert inbox.next(0.01) is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [({}, 300.0), ({"PRODEDIT_ENGINE_IDLE": "5"}, 5.0), ({"PRODEDIT_ENGINE_IDLE": "0"}, None)],
)
def test_the_variable_says_how_long(said: dict[str, str], seconds: float | None) -> None:
    assert process.idle_seconds(said) == seconds
    assert process.idle_seconds({"PRODEDIT_ENGINE_IDLE": "soon"}) == 300.0


def test_the_engine_goes_on_after_it_gave_its_memory_back() -> None:
    with fake_client(PRODEDIT_ENGINE_IDLE="0.05") as client:
        first = client.run(asked("mask"), {"source": photo()}).model
        threading.Event().wait(0.4)
        assert client.run(asked("mask"), {"source": photo()}).model == first


def test_an_answer_that_is_no_text_does_not_end_the_process() -> None:
    with fake_client() as client:
        before = client.run(asked("mask"), {"source": photo()}).model
        with pytest.raises(Problem, match=r"caf\?\.png") as caught:
            client.run(asked("odd-name"), {"source": photo()})
        assert caught.value.code == "odd"
        assert client.run(asked("mask"), {"source": photo()}).model == before


def test_an_answer_that_no_frame_can_carry_is_a_failure() -> None:
    bad = frames.Finished("1", "MaskResult", {"score": object()}, ())
    frame = process.sayable("1", bad, frames.ProtocolError("an object"))
    assert isinstance(frame, frames.Failed)
    assert frame.code == "engine-failed"


def test_all_texts_of_a_frame_become_readable() -> None:
    odd = frames.Finished("1", "MaskResult", {"model": "a\udce9", "parts": ["\ud800"]}, ("alpha",))
    frame = process.readable(odd)
    assert frame == frames.Finished("1", "MaskResult", {"model": "a?", "parts": ["?"]}, ("alpha",))
    frames.encode_frame(frame)
