# SPDX-License-Identifier: Apache-2.0
"""Progress of a part of a job, told as a share of the whole."""

from __future__ import annotations

from collections.abc import Callable

from prodedit.engine.context import Context

Report = Callable[[float, str], None]


def part(context: Context, begin: float, end: float) -> Report:
    """A report for a part of a job that goes from `begin` to `end`, 0..1, of the whole."""

    def report(fraction: float, text: str) -> None:
        context.report(begin + (end - begin) * fraction, text)

    return report


class Share:
    """The surroundings of a Task that is a part of another: it reports from `start` to `end`."""

    def __init__(self, context: Context, start: float, end: float) -> None:
        self.store, self.device, self.cancelled = context.store, context.device, context.cancelled
        self._report = part(context, start, end)

    def report(self, fraction: float, text: str) -> None:
        self._report(fraction, text)
