# SPDX-License-Identifier: Apache-2.0
"""The engine service with a real process and fake task functions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.results import Fidelity, MaskResult, PicturesResult, PixelsResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.desk import PATIENCE
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import PreviewStyles, SelectObject, TransferStyle
from prodedit.files.shared_arrays import SharedArray
from tests.fakes import (
    ROOT,
    asked,
    fake_client,
    files_of,
    photo,
    process_of,
    threads_and_files,
    wait_until,
)

LONG = 60.0
"""Seconds after which a test gives up waiting: far more than anything here takes."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def client() -> Iterator[EngineClient]:
    with fake_client() as engine:
        yield engine


def test_round_trip(client: EngineClient) -> None:
    source = photo(300, 500)
    seen: list[Job] = []
    ticket = client.submit(asked("mask"), {"source": source}, layer="l1", on_progress=seen.append)
    result = ticket.result(LONG)
    assert isinstance(result, MaskResult)
    assert np.array_equal(result.alpha, source[..., 0])
    assert result.foreground is not None
    assert result.foreground.shape == source.shape
    assert (result.score, result.model.partition("@")[0]) == (0.5, "mask")
    assert [job.state for job in seen] == [State.RUNNING] * 2
    assert (ticket.job.state, ticket.job.layer, ticket.job.inputs) == (State.DONE, "l1", {})


def test_new_pixels_come_back_with_what_is_to_be_told_of_them(client: EngineClient) -> None:
    source = photo(300, 500)
    result = client.run(TransferStyle("wave"), {"source": source})
    assert isinstance(result, PixelsResult)
    assert np.array_equal(result.pixels[..., 0], 255 - source[..., 0])
    assert result.fidelity == Fidelity(0.25, 9.5)
    assert [str(remark) for remark in result.remarks] == ["Worked out at 7 pixels."]
    pictures = client.run(PreviewStyles(("a", "bc"), 32), {"source": source})
    assert isinstance(pictures, PicturesResult)
    assert [int(picture[0, 0, 0]) for picture in pictures.pictures] == [1, 2]


def test_result_lives_on_after_the_process() -> None:
    with fake_client() as client:
        result = client.run(asked("mask"), {"source": photo()})
    assert np.array_equal(result.alpha, photo()[..., 0])
    result.alpha[0, 0] = 7


def test_shared_input_is_not_copied_and_stays_the_callers(client: EngineClient) -> None:
    with SharedArray.create((40, 60, 4)) as shared:
        shared.array[...] = photo()
        for _ in range(2):
            result = client.run(asked("mask"), {"source": shared})
            assert np.array_equal(result.alpha, shared.array[..., 0])


def test_progress_tells_the_seconds_left(client: EngineClient) -> None:
    seen: list[Job] = []
    client.submit(asked("steps:50"), {"source": photo()}, on_progress=seen.append).result(LONG)
    fractions = [job.progress.fraction for job in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    guesses = [job.progress.seconds_left for job in seen]
    assert any(left is not None and 0.0 < left < 5.0 for left in guesses)


def test_printing_does_not_disturb_the_pipe(client: EngineClient) -> None:
    assert client.run(asked("chatter"), {"source": photo()}).score == 0.5


def test_interactive_jobs_come_first(client: EngineClient) -> None:
    order: list[str] = []

    def finished(job: Job) -> None:
        order.append(job.id)

    tickets = [
        client.submit(asked("steps:40"), {"source": photo()}, job_id="first"),
        client.submit(
            asked("mask"), {"source": photo()}, lane="batch", job_id="b", on_finished=finished
        ),
        client.submit(asked("mask"), {"source": photo()}, job_id="i", on_finished=finished),
    ]
    for ticket in tickets:
        ticket.result(LONG)
    assert order == ["i", "b"]


def test_an_interactive_job_passes_a_running_batch_job(client: EngineClient) -> None:
    order: list[str] = []

    def finished(job: Job) -> None:
        order.append(job.lane)

    batch = client.submit(
        asked("steps:200"), {"source": photo()}, lane="batch", on_finished=finished
    )
    wait_until(lambda: batch.job.progress.fraction > 0.0)
    passing = client.submit(asked("mask"), {"source": photo()}, on_finished=finished)
    for ticket in (passing, batch):
        assert isinstance(ticket.result(LONG), MaskResult)
    assert order == ["interactive", "batch"]


def test_a_failing_interactive_job_leaves_the_batch_job_alone(client: EngineClient) -> None:
    batch = client.submit(asked("steps:60"), {"source": photo()}, lane="batch")
    wait_until(lambda: batch.job.progress.fraction > 0.0)
    with pytest.raises(Problem):
        client.run(asked("bug"), {"source": photo()})
    assert isinstance(batch.result(LONG), MaskResult)


def test_cancel_while_waiting(client: EngineClient) -> None:
    first = client.submit(asked("steps:30"), {"source": photo()})
    second = client.submit(asked("mask"), {"source": photo()})
    second.cancel()
    with pytest.raises(Cancelled):
        second.result(LONG)
    assert isinstance(first.result(LONG), MaskResult)


def test_cancel_at_a_report_keeps_the_process() -> None:
    with fake_client(PATIENCE._replace(cancel=LONG)) as client:
        before = process_of(client)
        ticket = client.submit(asked("steps:60000"), {"source": photo()})
        wait_until(lambda: ticket.job.progress.fraction > 0.0)
        ticket.cancel()
        with pytest.raises(Cancelled):
            ticket.result(LONG)
        assert client.submit(asked("mask"), {"source": photo()}).result(LONG).score == 0.5
        assert process_of(client) == before


def test_cancel_twice_and_after_the_end(client: EngineClient) -> None:
    calls: list[Job] = []
    ticket = client.submit(asked("steps:5"), {"source": photo()}, on_finished=calls.append)
    ticket.result(LONG)
    ticket.cancel()
    client.cancel("nobody")
    client.run(asked("mask"), {"source": photo()})
    assert [job.state for job in calls] == [State.DONE]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("bug", "engine-failed"),
        ("sys-exit", "engine-failed"),
        ("no-memory", "no-memory"),
        ("nan", "bad-output"),
        ("shape", "bad-output"),
        ("float", "bad-output"),
        ("score", "bad-output"),
        ("constant", "nothing-found"),
        ("device-lost:always", "device-lost"),
    ],
)
def test_failures_are_told(client: EngineClient, script: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        client.run(asked(script), {"source": photo()})
    assert caught.value.code == code
    assert "{" not in str(caught.value)
    assert client.run(asked("mask"), {"source": photo()}).score == 0.5


def test_the_traceback_is_kept_for_those_who_look(client: EngineClient) -> None:
    with pytest.raises(Problem, match="ZeroDivisionError") as caught:
        client.run(asked("bug"), {"source": photo()})
    assert "in bug" in caught.value.details


@pytest.mark.parametrize("script", ["no-memory-once", "device-lost"])
def test_the_processor_takes_over(client: EngineClient, script: str) -> None:
    assert client.run(asked(script), {"source": photo()}).score == 0.5


def test_a_task_without_a_function_is_refused(client: EngineClient) -> None:
    with pytest.raises(Problem, match="SelectObject"):
        client.run(SelectObject(), {"source": photo()})


def test_a_listener_that_fails_harms_nobody(client: EngineClient) -> None:
    def fail(job: Job) -> None:
        raise RuntimeError("a mistake in the window")

    ticket = client.submit(
        asked("steps:3"), {"source": photo()}, on_progress=fail, on_finished=fail
    )
    assert ticket.result(LONG).score == 0.5
    assert client.run(asked("mask"), {"source": photo()}).score == 0.5


@on_linux
def test_making_a_client_starts_nothing() -> None:
    before = threads_and_files()
    client = fake_client()
    # Fewer is no fault: a thread of an earlier test may just have ended.
    assert all(now <= then for now, then in zip(threads_and_files(), before, strict=True))
    client.close()


def test_start_has_the_process_ready() -> None:
    with fake_client() as client:
        client.start(asked("mask"))
        wait_until(lambda: client.process_id is not None)
        pid = client.process_id
        assert process_of(client) == pid


def test_nothing_is_taken_after_close(client: EngineClient) -> None:
    client.run(asked("mask"), {"source": photo()})
    client.close()
    client.close()
    client.cancel("nobody")
    with pytest.raises(Problem, match="closing"):
        client.submit(asked("mask"), {"source": photo()})


def test_waiting_in_a_callback_is_refused(client: EngineClient) -> None:
    caught: list[Exception] = []

    def wait_inside(job: Job) -> None:
        try:
            client.run(asked("mask"), {"source": photo()})
        except RuntimeError as error:
            caught.append(error)

    client.submit(asked("mask"), {"source": photo()}, on_finished=wait_inside).result(LONG)
    assert len(caught) == 1


def test_closing_in_a_callback() -> None:
    client = fake_client()
    ticket = client.submit(
        asked("mask"), {"source": photo()}, on_finished=lambda job: client.close()
    )
    assert ticket.result(LONG).score == 0.5
    client.close()
    assert client.process_id is None


def test_the_client_imports_nothing_heavy() -> None:
    code = (
        "import sys, prodedit.engine.service.client as c; c.EngineClient()\n"
        "heavy = {'torch', 'cv2', 'onnxruntime', 'PySide6', 'PIL', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@on_linux
def test_many_jobs_leave_nothing_behind(client: EngineClient) -> None:
    source = photo(64, 64)
    client.run(asked("mask"), {"source": source})
    before, theirs = threads_and_files(), files_of(process_of(client))
    for _ in range(200):
        client.run(asked("mask"), {"source": source})
    after = threads_and_files()
    # Fewer is no leak: what an earlier test left to its process's end may have gone meanwhile.
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)
    assert files_of(process_of(client)) <= theirs
