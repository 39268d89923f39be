# SPDX-License-Identifier: Apache-2.0
"""What can go wrong between the window and the engine, in words for the person; and how a Problem
crosses the pipe."""

from __future__ import annotations

import traceback

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.service import frames
from prodedit.engine.service.deaths import speaks_of_memory

_DETAILS = 4000
"""Characters of a traceback or of last words that are kept."""


def to_frame(job: str, problem: Problem) -> frames.Failed:
    """The frame that carries a Problem; values that JSON does not have become text."""
    plain = {
        name: value if isinstance(value, (str, int, float, bool)) else str(value)
        for name, value in problem.values.items()
    }
    return frames.Failed(job, problem.text, problem.code, problem.details, plain)


def from_frame(frame: frames.Failed) -> Problem:
    """The Problem in the frame. Raises KeyError or TypeError where it can't be one."""
    problem = Problem(frame.text, code=frame.code, details=frame.details, **frame.values)
    str(problem)
    return problem


def stopped() -> Problem:
    """The process died during a job."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine stopped while working on this picture. Nothing was changed; "
            "try again.",
        ),
        code="engine-stopped",
    )


def starved() -> Problem:
    """The process died during a job, for want of memory."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The computer ran out of memory while working on this picture, so the picture engine "
            "was ended. Nothing was changed. Close other programs or pictures, or make the picture "
            "smaller, and try again.",
        ),
        code="engine-no-memory",
    )


def hung() -> Problem:
    """The process was killed since it did nothing any more."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine did not answer any more while working on this picture, and was "
            "started anew. Nothing was changed; try again.",
        ),
        code="engine-hung",
    )


def lost_again_and_again() -> Problem:
    """The process died several times while this job waited in it."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine stopped several times, so this picture was given up. Nothing was "
            "changed. Close other programs to free memory, then try again.",
        ),
        code="engine-keeps-stopping",
    )


def no_start(details: str) -> Problem:
    """The program can't be started, or dies before it says hello."""
    if speaks_of_memory(details):
        return Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "There is not enough memory to start the picture engine. Close other programs, "
                "then try again.",
            ),
            code="engine-no-start",
            details=details[-_DETAILS:],
        )
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine can't be started. Restart the computer; if that does not help, "
            "install ProdEdit again.",
        ),
        code="engine-no-start",
        details=details[-_DETAILS:],
    )


def other_version() -> Problem:
    """The program speaks another protocol."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine belongs to another version of ProdEdit. Install ProdEdit again.",
        ),
        code="engine-version",
    )


def closed() -> Problem:
    """A job was submitted to a client that is closed."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "ProdEdit is closing, so nothing new can be started."),
        code="engine-closed",
    )


def not_sent(error: Exception) -> Problem:
    """The job could not be handed to the process."""
    if isinstance(error, Problem):
        return error
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "This picture could not be handed to the picture engine ({error})."
        ),
        code="engine-not-reached",
        error=str(error) or type(error).__name__,
    )


def unexpected(error: BaseException) -> Problem:
    """A fault that nobody foresaw; the traceback is kept for those who look for its cause. Where
    memory was short that is no riddle."""
    if isinstance(error, MemoryError) or speaks_of_memory(str(error)):
        return no_memory()
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture engine failed on this picture ({error}). Nothing was changed; "
            "try again, or try another model.",
        ),
        code="engine-failed",
        details="".join(traceback.format_exception(error))[-_DETAILS:],
        error=type(error).__name__,
    )


def device_lost(details: str) -> Problem:
    """Shown only where the second try, on the CPU, is lost too."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The graphics card stopped working on this picture. Nothing was changed; try again.",
        ),
        code=frames.DEVICE_LOST,
        details=details[-_DETAILS:],
    )


def no_memory() -> Problem:
    """Neither the first nor the second try found enough memory."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "There is not enough memory for this picture. Close other programs or pictures, "
            "or make the picture smaller, and try again.",
        ),
        code="no-memory",
    )


def unknown_task(name: str) -> Problem:
    """No function is known for this type of task."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This version of ProdEdit can't do this: {task}."),
        code="unknown-task",
        task=name,
    )


def bad_output(details: str) -> Problem:
    """A network's output that can't be right."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The network gave no usable result for this picture. Nothing was changed; "
            "try another model.",
        ),
        code="bad-output",
        details=details,
    )


def nothing_found(value: int) -> Problem:
    """A mask that is the same everywhere."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "No product was found that stands out from its background. Nothing was changed; "
            "try another model, or select the product by hand.",
        ),
        code="nothing-found",
        details=f"alpha is {value} everywhere",
    )
