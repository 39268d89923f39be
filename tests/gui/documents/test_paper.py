# SPDX-License-Identifier: Apache-2.0
"""Printing and contact sheets, through the window, onto files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.editing.session import EditSession
from prodedit.gui.documents.contact_sheet import SheetWindow
from prodedit.gui.documents.printing import PrintWindow
from prodedit.gui.main_window import MainWindow
from tests.window import button, open_file


@pytest.fixture(autouse=True)
def closed(window: MainWindow) -> Iterator[None]:
    yield
    for dialog in window.findChildren(QDialog):
        dialog.close()


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "纸.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


@pytest.fixture
def printing(window: MainWindow, session: EditSession, qtbot: QtBot) -> PrintWindow:
    window.actions_["print_picture"].trigger()
    qtbot.waitUntil(lambda: window.findChild(PrintWindow) is not None, timeout=60_000)
    found = next(d for d in window.findChildren(PrintWindow) if d.isVisible())
    found.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # whatever printer is here
    return found


def test_it_fits_the_page_or_has_its_own_size(printing: PrintWindow) -> None:
    assert printing.sheet.width() > printing.sheet.height()  # as the picture lies
    assert printing.reached.contains(printing.place.adjusted(0.1, 0.1, -0.1, -0.1))
    wide = printing.place.width() == pytest.approx(printing.reached.width(), abs=0.5)
    high = printing.place.height() == pytest.approx(printing.reached.height(), abs=0.5)
    assert wide or high
    printing.fit.setCurrentIndex(printing.fit.findData("actual"))
    printing.resolution.setValue(320)
    assert printing.place.width() == pytest.approx(25.4)
    assert "cut off" not in printing.told.text()
    printing.resolution.setValue(10)
    assert "cut off" in printing.told.text()
    assert not printing.page.pixmap().isNull()


def test_it_is_written_as_pdf(
    window: MainWindow, printing: PrintWindow, target: Path, qtbot: QtBot
) -> None:
    button(printing, "Save as PDF…").click()
    assert target.read_bytes().startswith(b"%PDF")
    assert window.notices.texts[-1] == "Saved: 纸.pdf"


def test_it_goes_to_a_printer(window: MainWindow, printing: PrintWindow, target: Path) -> None:
    printing.printer.setOutputFileName(str(target))  # one that makes files
    assert printing.print_now()
    assert target.read_bytes().startswith(b"%PDF")
    assert window.notices.texts[-1] == "mug.jpg is on its way to the printer."


def test_what_cannot_be_written_is_told(
    window: MainWindow, printing: PrintWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = str(target.parent / "no" / "a.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (nowhere, ""))
    printing.to_pdf.click()
    assert "its folder is not there any more" in window.notices.texts[-1]
    assert printing.isVisible()  # to choose another


def test_a_contact_sheet_of_what_is_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, target: Path
) -> None:
    for name in ("a.png", "b.png", "c.png"):
        cv2.imwrite(str(tmp_path / name), np.full((20, 30, 3), 90, np.uint8))
        open_file(qtbot, window.workspace, tmp_path / name)
    window.actions_["contact_sheet"].trigger()
    sheet = next(d for d in window.findChildren(SheetWindow) if d.isVisible())
    assert "Pictures: 3. Pages: 1." in sheet.told.text()
    sheet.columns.setValue(1)
    sheet.rows.setValue(2)
    sheet.title_field.setText("秋季新品")
    assert "Pages: 2." in sheet.told.text()
    button(sheet, "Save as PDF…").click()

    def told() -> bool:
        return any(text == "Contact sheet: 纸.pdf, pages: 2" for text in window.notices.texts)

    qtbot.waitUntil(told, timeout=60_000)
    assert len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) == 2
