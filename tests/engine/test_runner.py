# SPDX-License-Identifier: Apache-2.0
"""The runner: finds functions, tries again with less memory, refuses what is no result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.context import never, quiet
from prodedit.engine.results import MaskResult
from prodedit.engine.service import runner
from prodedit.engine.service.surroundings import JobContext, Surroundings
from prodedit.engine.tasks import RemoveBackground
from tests.fakes import fake_remove_background, photo

Function = Callable[[Any, Any, Any], MaskResult]


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


def context() -> JobContext:
    return JobContext(Surroundings(), quiet, never, cpu_only=False)


def run(function: Function) -> Any:
    return runner.run(
        RemoveBackground("mask"), {"source": photo()}, context(), {RemoveBackground: function}
    )


def failing_first(times: int, error: Exception) -> tuple[Function, list[bool]]:
    """A function that fails so often, and whether each call was for the processor alone."""
    calls: list[bool] = []

    def function(task: Any, inputs: Any, context: Any) -> MaskResult:
        calls.append(context.cpu_only)
        if len(calls) <= times:
            raise error
        return fake_remove_background(task, inputs, context)

    return function, calls


SHORT = (
    MemoryError(),
    OutOfMemoryError("Tried to allocate 2.00 GiB"),
    RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"),
    RuntimeError("bad allocation: std::bad_alloc"),
    RuntimeError("CUDA out of memory. CUDA error: whatever"),
    Problem("There is not enough memory.", code="no-memory"),
)


@pytest.mark.parametrize("error", SHORT, ids=lambda error: str(error)[:20])
def test_memory_is_tried_again_on_the_processor(error: Exception) -> None:
    function, calls = failing_first(1, error)
    assert run(function).score == 0.5
    assert calls == [False, True]


@pytest.mark.parametrize("error", SHORT, ids=lambda error: str(error)[:20])
def test_memory_twice_short_is_told(error: Exception) -> None:
    function, calls = failing_first(2, error)
    with pytest.raises(Problem, match="not enough memory") as caught:
        run(function)
    assert caught.value.code == "no-memory"
    assert calls == [False, True]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ZeroDivisionError("by zero"), ZeroDivisionError),
        (Problem("This model is not here."), Problem),
        (Cancelled(), Cancelled),
        (RuntimeError("CUDA error: unspecified launch failure"), runner.DeviceLostError),
        (RuntimeError("CUDA error: device-side assert triggered"), runner.DeviceLostError),
        (Problem("The words CUDA error in a sentence of ours."), Problem),
    ],
)
def test_other_failures_are_not_tried_again(error: Exception, kind: type[Exception]) -> None:
    function, calls = failing_first(1, error)
    with pytest.raises(kind):
        run(function)
    assert calls == [False]


def good() -> MaskResult:
    source = photo()
    certain = np.full(source.shape[:2], 255, np.uint8)
    return MaskResult(source[..., 0].copy(), certain, np.zeros_like(source), 0.5, "m")


def test_a_good_result_passes() -> None:
    runner.check_result(good(), {"source": photo()})
    runner.check_result(replace(good(), foreground=None), {"source": photo()})


@pytest.mark.parametrize(
    "changes",
    [
        {"alpha": np.zeros((40, 60), np.uint8)},
        {"alpha": np.full((40, 60), 255, np.uint8)},
        {"alpha": np.full((40, 60), np.nan, np.float32)},
        {"alpha": np.zeros((40, 61), np.uint8)},
        {"alpha": np.zeros((40, 60, 1), np.uint8)},
        {"alpha": None},
        {"confidence": np.zeros((4, 6), np.uint8)},
        {"confidence": np.zeros((40, 60), np.float32)},
        {"foreground": np.zeros((40, 60, 3), np.uint8)},
        {"score": float("nan")},
        {"score": 1.5},
    ],
)
def test_what_is_no_result_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Problem) as caught:
        runner.check_result(replace(good(), **changes), {"source": photo()})
    assert caught.value.code in ("bad-output", "nothing-found")
    assert caught.value.details


def test_a_result_of_no_known_type_is_refused() -> None:
    with pytest.raises(Problem, match="no usable result"):
        run(lambda task, inputs, context: photo())  # type: ignore[arg-type,return-value]


def test_every_task_names_a_function() -> None:
    for entry in runner.FAMILIES.values():
        assert isinstance(entry, str)
        module, _, name = entry.partition(":")
        assert module.startswith("prodedit.engine.families.")
        assert name.isidentifier()
