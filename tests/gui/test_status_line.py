# SPDX-License-Identifier: Apache-2.0
"""What there is no room for in the line at the bottom ends in dots and is told by a tooltip."""

from pytestqt.qtbot import QtBot

from prodedit.gui.status_line import StatusLine


def test_a_long_hint_ends_in_dots_and_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(500, 28)
    line.show()
    hint = "A hint that goes on and on and on. " * 6
    line.show_hint(hint)
    qtbot.waitUntil(lambda: line._hint.toolTip() == hint)
    cut = line._hint.grab().toImage()
    line.show_hint(hint + "And on.")
    qtbot.waitUntil(lambda: line._hint.toolTip().endswith("And on."))
    assert line._hint.grab().toImage() == cut, "the end is not seen"
    line.show_hint("Short.")
    qtbot.waitUntil(lambda: line._hint.toolTip() == "")
