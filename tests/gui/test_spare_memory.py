# SPDX-License-Identifier: Apache-2.0
"""The window keeps freed memory while it works, and gives it back once when it rests."""

from pytestqt.qtbot import QtBot

from prodedit.gui.spare_memory import SpareMemory


def test_what_is_spare_is_given_back_once_after_work(qtbot: QtBot) -> None:
    used, given = [0.0], []
    memory = SpareMemory(None, lambda: used[-1], lambda: given.append(used[-1]))
    for seconds in (2.0, 3.0, 3.01, 3.02, 3.03, 9.0, 9.0):
        used.append(seconds)
        memory.look()
    assert given == [3.01, 9.0], "at the first rest after each time that something was done"
