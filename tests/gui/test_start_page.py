# SPDX-License-Identifier: Apache-2.0
"""The start page grows with its window."""

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from prodedit.gui.start_page import SAMPLE_SIZE, StartPage
from prodedit.gui.theme import DARK


def test_on_a_large_screen_its_pictures_are_larger_and_on_a_laptop_as_ever(qtbot: QtBot) -> None:
    page = StartPage(DARK)
    qtbot.addWidget(page)
    page.show()
    samples = page.findChildren(QToolButton)
    assert samples
    sizes = []
    for width, height in ((954, 640), (1500, 1000), (3440, 1340), (6000, 3000)):
        page.resize(width, height)
        sizes.append({sample.iconSize().width() for sample in samples})
    assert [len(size) for size in sizes] == [1, 1, 1, 1]
    laptop, desk, large, huge = (size.pop() for size in sizes)
    assert laptop == SAMPLE_SIZE.width()
    assert laptop < desk < large < huge == 2 * SAMPLE_SIZE.width()
