# SPDX-License-Identifier: Apache-2.0
"""Two programs that may be the engine: when the better one fails, the other takes over."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from prodedit.core.problem import Problem
from prodedit.engine.service.child import engine_environment
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.programs import Program, Programs
from prodedit.files.own_programs import own_code_first
from tests.fakes import FAKE_ENGINE, ROOT, asked, photo

FAILING = """
import os
from prodedit.core.problem import Problem
from prodedit.engine.service.process import main
from prodedit.engine.tasks import RemoveBackground

def fail(task, inputs, context):
    {how}

main({{RemoveBackground: fail}})
"""
OTHER_PROTOCOL = """
import sys
from prodedit.engine.service import frames
frames.PROTOCOL = 99
from prodedit.engine.service.process import main
main({})
"""
FIRST = {
    "not there": ("/nonexistent/python",),
    "ends at once": (sys.executable, "-c", "raise SystemExit('no library')"),
    "another protocol": (sys.executable, "-P", "-c", OTHER_PROTOCOL),
    "finds no card": (
        sys.executable, "-P", "-c",
        FAILING.format(how="raise Problem('x', code='gpu-card-unusable')"),
    ),
    "dies at work": (sys.executable, "-P", "-c", FAILING.format(how="os._exit(9)")),
}  # fmt: skip


def programs(told: list[Problem], *commands: Sequence[str]) -> Programs:
    variables = own_code_first(engine_environment({"PYTHONPATH": str(ROOT)}))
    found = [Program(tuple(command), variables) for command in commands]
    return Programs(lambda: found, told.append)


@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_the_other_program_takes_over_and_the_job_is_done(first: tuple[str, ...]) -> None:
    told: list[Problem] = []
    with EngineClient(programs=programs(told, first, FAKE_ENGINE)) as client:
        assert client.run(asked("mask"), {"source": photo()}).score == 0.5
        assert client.run(asked("mask"), {"source": photo()}).score == 0.5
    assert [problem.code for problem in told] == ["gpu-not-used"]
    assert "processor computes" in str(told[0])


def test_where_there_is_no_other_the_job_fails() -> None:
    told: list[Problem] = []
    with EngineClient(programs=programs(told, FIRST["dies at work"])) as client:
        with pytest.raises(Problem) as caught:
            client.run(asked("mask"), {"source": photo()})
        assert caught.value.code == "engine-stopped"
    assert told == []


def test_a_program_that_came_is_used_as_soon_as_nothing_is_to_be_done() -> None:
    told: list[Problem] = []
    found = programs(told, FAKE_ENGINE)
    with EngineClient(programs=found) as client:
        client.run(asked("mask"), {"source": photo()})
        before = client.process_id
        running = client.submit(asked("work:0.3"), {"source": photo()})
        client.renew()
        waiting = client.submit(asked("mask"), {"source": photo()})
        assert running.result(60).score == waiting.result(60).score == 0.5
        assert client.process_id != before
    assert told == []


def test_a_lack_of_memory_is_not_the_program_s_fault() -> None:
    told: list[Problem] = []
    starved = FAILING.format(how="os.write(2, b'terminate called: std::bad_alloc\\n'); os._exit(1)")
    first = (sys.executable, "-P", "-c", starved)
    with EngineClient(programs=programs(told, first, FAKE_ENGINE)) as client:
        with pytest.raises(Problem) as caught:
            client.run(asked("mask"), {"source": photo()})
        assert "memory" in str(caught.value)
    assert told == []
