# SPDX-License-Identifier: Apache-2.0
"""A batch in this process, with an engine that has no networks."""

import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from prodedit.catalogue.batch.pipeline import Pipeline, Setting
from prodedit.catalogue.batch.plan import Planned
from prodedit.catalogue.batch.report import Outcome
from prodedit.catalogue.batch.saving import save_picture
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.engine.results import Result
from prodedit.engine.service import problems
from prodedit.engine.service.client import EngineClient
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from prodedit.files.photo import Photo
from tests import batches


def planned(folder: Path, count: int) -> list[Planned]:
    names = [f"{number:02}.png" for number in range(count)]
    return [Planned(batches.picture(folder / "in" / n), folder / "out" / n) for n in names]


def setting(at_once: int = 3) -> Setting:
    return Setting((RemoveBackground(),), ExportSetting(), save_picture, at_once=at_once)


def test_outcomes_are_in_the_order_of_the_plan(tmp_path: Path) -> None:
    plan = planned(tmp_path, 7)
    told: list[Outcome] = []
    with Decoder() as decoder, batches.engine() as engine:
        report = Pipeline(setting(), decoder, engine).run(plan, told.append)
    assert [outcome.source for outcome in report.outcomes] == [picture.source for picture in plan]
    assert sorted(o.source.name for o in told) == [picture.source.name for picture in plan]
    assert report.done == 7
    assert not report.stopped
    assert all(outcome.score == 0.75 for outcome in report.outcomes)


def test_no_more_pictures_are_under_way_than_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, most, lock = 0, 0, threading.Lock()
    one = Pipeline.one

    def counted(self: Pipeline, picture: Planned) -> Outcome:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        try:
            return one(self, picture)
        finally:
            with lock:
                under_way -= 1

    monkeypatch.setattr(Pipeline, "one", counted)
    with Decoder() as decoder, batches.engine() as engine:
        Pipeline(setting(at_once=2), decoder, engine).run(planned(tmp_path, 8))
    assert most == 2


def test_the_next_picture_is_read_while_one_is_in_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one stays in the engine until another has been read."""
    decode, read = Decoder.decode, threading.Semaphore(0)
    came, first = [], threading.Lock()

    def counted(self: Decoder, path: Path, *, accept_damaged: bool = False) -> Photo:
        photo = decode(self, path, accept_damaged=accept_damaged)
        read.release()
        return photo

    with Decoder() as decoder, batches.engine() as engine:
        run = engine.run

        def held(*arguments: Any, **named: Any) -> Result:
            if first.acquire(blocking=False):
                came.append(read.acquire(timeout=60) and read.acquire(timeout=60))
            return run(*arguments, **named)

        monkeypatch.setattr(Decoder, "decode", counted)
        monkeypatch.setattr(engine, "run", held)
        report = Pipeline(setting(at_once=2), decoder, engine).run(planned(tmp_path, 2))
    assert report.done == 2
    assert came == [True]


def test_stop_lets_go_at_once_and_leaves_only_whole_files(tmp_path: Path) -> None:
    plan = planned(tmp_path, 30)
    with Decoder() as decoder, batches.engine(**{batches.PAUSE: "0.5"}) as engine:
        batch = Pipeline(setting(), decoder, engine)
        done = threading.Event()
        timer = threading.Thread(target=lambda: done.wait(60) and batch.stop())
        timer.start()
        report = batch.run(plan, lambda outcome: done.set())
        timer.join()
    assert report.stopped
    assert 1 <= report.done < 30
    assert not report.failed, "what was let go has not failed"
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {outcome.output.name for outcome in report.outcomes}


def test_a_fault_of_our_own_is_one_pictures_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(tmp_path, 3)

    def save(document: object, picture: Planned, *rest: object) -> None:
        if picture is plan[1]:
            raise ZeroDivisionError("by nought")

    faulty = Setting((RemoveBackground(),), ExportSetting(), save)
    with Decoder() as decoder, batches.engine() as engine:
        report = Pipeline(faulty, decoder, engine).run(plan)
    assert [outcome.ok for outcome in report.outcomes] == [True, False, True]
    assert report.outcomes[1].code == "unexpected"
    assert "by nought" in report.outcomes[1].message


def test_an_engine_that_cannot_start_ends_the_run_at_once(tmp_path: Path) -> None:
    """The picture of a thousand is not where a person should learn it."""
    told: list[Outcome] = []
    dead = EngineClient((sys.executable, "-c", "raise SystemExit(3)"))
    with Decoder() as decoder, dead, pytest.raises(Problem) as caught:
        Pipeline(setting(), decoder, dead).run(planned(tmp_path, 200), told.append)
    assert caught.value.code == "engine-no-start"
    assert not list((tmp_path / "out").glob("*"))


def test_an_engine_that_is_gone_for_good_fails_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    with Decoder() as decoder, batches.engine() as engine:
        run = engine.run

        def once(*arguments: Any, **named: Any) -> Result:
            nonlocal asked
            asked += 1
            if asked == 1:
                return run(*arguments, **named)
            raise problems.no_start("exit code 3")

        monkeypatch.setattr(engine, "run", once)
        report = Pipeline(setting(at_once=1), decoder, engine).run(planned(tmp_path, 9))
    assert (report.done, len(report.failed)) == (1, 8)
    assert {outcome.code for outcome in report.failed} == {"engine-no-start"}
    assert asked == 2
