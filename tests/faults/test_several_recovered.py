# SPDX-License-Identifier: Apache-2.0
"""A killed window with several edited pictures: all come back; one that kills it does not for
ever."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.document import PHOTO
from prodedit.editing.recovery import RecoveryDesk
from prodedit.gui.documents.recovered import RecoveredWindow
from prodedit.gui.recovery_notice import MOST_TRIES, offer_recoveries
from tests.window import digest, noise, notice_button, opened_window

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9"),
]
ROOT = Path(__file__).parents[2]
NAMES = ("mug.jpg", "鞋子.jpg", "bag.jpg")


def killed(folder: Path, *arguments: str) -> None:
    """Run the window until it has said that it is ready; then kill -9."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.window_until_killed", str(folder), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    try:
        assert program.stdout.readline()
    finally:
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=60)


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of one kill, for all tests; each works on a copy."""
    folder = tmp_path_factory.mktemp("crashed")
    killed(folder, *NAMES)
    return folder / "recovery"


@pytest.fixture
def three(crashed: Path, tmp_path: Path) -> Path:
    shutil.copytree(crashed, tmp_path / "recovery")
    return tmp_path


@pytest.fixture
def one(three: Path) -> Path:
    """Only mug.jpg was open."""
    for found in RecoveryDesk(three / "recovery").found():
        (found.release if found.name == "mug.jpg" else found.discard)()
    return three


def test_all_three_come_back_as_they_were(qtbot: QtBot, three: Path) -> None:
    with opened_window(qtbot, three) as window:
        offer_recoveries(window)
        (text,) = window.notices.texts
        assert "3 pictures" in text
        assert all(name in text for name in NAMES)
        notice_button(window, "Choose…").click()
        dialog = window.findChild(RecoveredWindow)
        assert isinstance(dialog, RecoveredWindow)
        assert len(dialog.ticked) == len(NAMES)
        dialog.back.click()
        qtbot.waitUntil(lambda: len(window.workspace.sessions) == len(NAMES), timeout=60_000)
        for session in window.workspace.sessions:
            layer = session.document.find(PHOTO)
            assert layer is not None
            assert layer.opacity == 1 / (NAMES.index(session.name) + 2)
            assert (layer.tiles.to_array() == noise(96, 64)).all()
            assert session.is_dirty
        assert len({digest(session.document) for session in window.workspace.sessions}) == 3
        window.workspace.wait_for_files()
    assert RecoveryDesk(three / "recovery").found() == ()


def test_what_ends_the_program_is_not_tried_for_ever(qtbot: QtBot, one: Path) -> None:
    killed(one, "--recover")
    (found,) = RecoveryDesk(one / "recovery").found()
    assert found.tries == 1
    found.release()
    for _ in range(MOST_TRIES - 1):  # as the program that dies does it
        (again,) = RecoveryDesk(one / "recovery").found()
        again.load()
        again.release()
    with opened_window(qtbot, one) as window:
        offer_recoveries(window)
        (text,) = window.notices.texts
        assert "“mug.jpg” is not offered any more" in text
    assert RecoveryDesk(one / "recovery").found() == ()
    assert len(list((one / "recovery" / "quarantine").iterdir())) == 1


def test_a_suspect_does_not_drag_the_others_along(qtbot: QtBot, three: Path) -> None:
    suspect, *others = RecoveryDesk(three / "recovery").found()
    suspect.load()
    for recovery in (suspect, *others):
        recovery.release()
    with opened_window(qtbot, three) as window:
        offer_recoveries(window)
        assert len(window.notices.texts) == 2
        notice_button(window, "Bring all back").click()
        qtbot.waitUntil(lambda: len(window.workspace.sessions) == 2, timeout=60_000)
        assert suspect.name not in {session.name for session in window.workspace.sessions}
        window.workspace.wait_for_files()
        notice_button(window, "Try again").click()
        qtbot.waitUntil(lambda: len(window.workspace.sessions) == 3, timeout=60_000)
        assert suspect.name == window.workspace.sessions[-1].name


def test_once_it_has_lived_on_it_is_no_suspect(
    qtbot: QtBot, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodedit.editing.recovery.SETTLED_MS", 0)
    with opened_window(qtbot, one) as window:
        offer_recoveries(window)
        notice_button(window, "Bring it back").click()
        manifests = one / "recovery"

        def settled() -> bool:
            texts = [path.read_text() for path in manifests.glob("*/manifest.json")]
            return len(texts) == 1 and '"tries": 0' in texts[0]

        qtbot.waitUntil(settled, timeout=60_000)
