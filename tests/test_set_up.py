# SPDX-License-Identifier: Apache-2.0
"""The project's own order: dependencies, locks, import contracts, how a source file begins."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from prodedit import __main__ as program
from prodedit import __version__, data_files
from prodedit.engine.gpu.wanted import TORCH, lock_file

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for folder in ("prodedit", "tests", "packaging") for path in (ROOT / folder).rglob("*.py")
)
LONGEST_FILE = {"prodedit": 400, "packaging": 400, "tests": 600}


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script packaging/NAME.py as a module; the folder is on no test's path otherwise."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """pyproject.toml, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# Source files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_source_file_begins_with_its_licence_and_is_short(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "# SPDX-License-Identifier: Apache-2.0"
    assert len(lines) <= LONGEST_FILE[path.relative_to(ROOT).parts[0]]


# Dependencies ------------------------------------------------------------------------------------


def pinned(lock: Path) -> set[str]:
    """The names that a lock pins, as pip normalises them."""
    return {line.split("==")[0] for line in lock.read_text("utf-8").splitlines() if "==" in line}


def named(requirements: Sequence[str]) -> set[str]:
    """The names in lines like `PySide6-Essentials>=6; python_version < '3.12'`."""
    found = (re.match(r"[\w.-]+", line) for line in requirements)
    return {match[0].lower().replace("_", "-") for match in found if match}


def test_lock_pins_every_direct_dependency_but_torch(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    direct = named([*project["project"]["dependencies"], *extras["dev"]])
    assert direct - {"torch"} <= pinned(ROOT / "requirements.lock")
    assert named(extras["bench"]) <= pinned(ROOT / "packaging" / "bench.lock")


def test_a_gpu_pack_gets_what_this_checkout_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert script("lock", monkeypatch).gpu_pack() == lock_file().read_text("utf-8"), "make lock"
    assert script("set_up", monkeypatch).TORCH == TORCH
    needed = {
        re.split(r"[^A-Za-z0-9_-]", line)[0].lower()
        for name in pinned(lock_file()) - {"ncnn"}  # what it brings for downloads is not imported
        for line in metadata.requires(name) or ()
        if "extra ==" not in line
    }
    assert needed - {"colorama"} <= pinned(lock_file())


@pytest.mark.parametrize("lock", ["requirements.lock", "packaging/bench.lock"])
def test_every_pin_has_hashes_and_torch_is_none_of_them(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins = re.findall(
        r"^[a-z0-9][^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}[ \\]*)*", text, re.MULTILINE
    )
    assert pins
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"^(torch|nvidia|triton)", text, re.MULTILINE)


def test_locks_agree_where_they_meet() -> None:
    def versions(lock: str) -> dict[str, str]:
        pairs = re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
        return dict(pairs)

    mine, theirs = versions("requirements.lock"), versions("packaging/bench.lock")
    assert {name: mine[name] for name in mine.keys() & theirs} == {
        name: theirs[name] for name in mine.keys() & theirs
    }


def test_qt_drops_no_reference_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one per call, and aborted after some thousand."""
    calls = 1000
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(calls):
        widget.update()
        widget.setObjectName("a")
        widget.parent()
    assert sys.getrefcount(None) - before > -calls / 10


# Imports -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    ran = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after `statement`."""
    code = f"{statement}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    ("statement", "kept_out"),
    [
        ("import prodedit.__main__", {"PySide6", "torch", "numpy", "cv2", "typer"}),
        ("import prodedit.engine.service.client", {"PySide6", "torch", "cv2", "onnxruntime"}),
        ("import prodedit.app", {"torch", "onnxruntime", "typer"}),
        ("import prodedit.cli", {"torch", "PySide6"}),
    ],
)
def test_entry_stays_light(statement: str, kept_out: set[str]) -> None:
    assert modules_after(statement) & kept_out == set()


# The program's entry -----------------------------------------------------------------------------


def test_version_is_printed_without_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--version"]) == 0
    assert capsys.readouterr().out == f"prodedit {__version__}\n"


@pytest.mark.parametrize(
    ("words", "room", "passed"),
    [
        ([], "window", []),
        (["mug.jpg"], "window", ["mug.jpg"]),
        (["--", "cutout"], "window", ["cutout"]),
        (["--screenshot", "a.png"], "window", ["--screenshot", "a.png"]),
        (["cutout", "mug.jpg", "-o", "a.png"], "line", ["cutout", "mug.jpg", "-o", "a.png"]),
        (["models", "list"], "line", ["models", "list"]),
        (["--help"], "line", ["--help"]),
    ],
)
def test_first_word_chooses_window_or_command_line(
    words: list[str], room: str, passed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[tuple[str, list[str]]] = []

    def goes_to(name: str) -> Any:
        def take(given: Sequence[str]) -> int:
            went.append((name, list(given)))
            return 7

        return take

    monkeypatch.setattr(program, "_window", goes_to("window"))
    monkeypatch.setattr(program, "_command_line", goes_to("line"))
    assert program.main(words) == 7
    assert went == [(room, passed)]


# Files that travel with the program --------------------------------------------------------------


def test_checkout_folders_are_found() -> None:
    assert data_files.resources_folder() == ROOT / "resources"
    assert data_files.models_folder() == ROOT / "models"


def test_wheel_folders_are_found_and_a_missing_one_is_named(tmp_path: Path) -> None:
    package = tmp_path / "prodedit"
    (package / "_data" / "models").mkdir(parents=True)
    assert data_files._carried("models", package) == package / "_data" / "models"
    with pytest.raises(FileNotFoundError, match="'resources' is missing"):
        data_files._carried("resources", package)


# Set-up ------------------------------------------------------------------------------------------


def test_missing_libraries_are_named_once_with_the_apt_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    system = script("system_libraries", monkeypatch)
    needs = (
        system.Need("libc.so.6", "libc6", system.opens),
        system.Need("libnothing-a.so.9", "libnothing9", system.opens),
        system.Need("libnothing-b.so.9", "libnothing9", system.opens),
        system.Need("no-such-program", "nowhere", system.is_program),
    )
    monkeypatch.setitem(system.GROUPS, "window", needs)
    monkeypatch.setattr(system, "may_install", lambda: False)
    monkeypatch.setattr(system.sys, "platform", "linux")
    assert system.main(["window"]) == 1
    assert "sudo apt install libnothing9 nowhere\n" in capsys.readouterr().err


def test_root_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    system = script("system_libraries", monkeypatch)
    there: set[str] = set()
    needs = (system.Need("x", "package-x", lambda name: name in there),)
    monkeypatch.setitem(system.GROUPS, "window", needs)
    monkeypatch.setattr(system, "may_install", lambda: True)
    monkeypatch.setattr(system, "install", lambda packages: there.add("x"))
    monkeypatch.setattr(system.sys, "platform", "linux")
    assert system.main(["window"]) == 0
    assert there == {"x"}


def test_set_up_is_done_again_only_when_its_ground_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up = script("set_up", monkeypatch)
    folder = tmp_path / "environment"
    set_up.python_of(folder).parent.mkdir(parents=True)
    set_up.python_of(folder).touch()
    filled: list[Path] = []
    for wanted in ("one", "one", "two"):
        set_up._once(folder, wanted, filled.append)
    assert filled == [folder, folder]

    def fails(folder: Path) -> None:
        raise set_up.SetUpError("no network")

    with pytest.raises(set_up.SetUpError):
        set_up._once(folder, "three", fails)
    set_up._once(folder, "two", filled.append)
    assert len(filled) == 3, "a set-up that failed half-way must not count as done"


def test_stamp_follows_lock_and_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up = script("set_up", monkeypatch)
    lock = tmp_path / "a.lock"
    lock.write_text("a==1")
    first = set_up.stamp(lock, ["torch==2.13.0"])
    assert set_up.stamp(lock, ["torch==2.13.0", "--index-url", "x"]) != first
    lock.write_text("a==2")
    assert set_up.stamp(lock, ["torch==2.13.0"]) != first


def test_run_says_why_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    start = script("start", monkeypatch)
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in start.why_no_screen({})
    assert "offscreen" in start.why_no_screen({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"})
    assert ":4999 could not be opened" in start.why_no_screen({"DISPLAY": ":4999"})


@pytest.mark.xvfb
def test_run_finds_a_display(x_display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start = script("start", monkeypatch)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    assert start.why_no_screen({"DISPLAY": x_display}) == ""


def test_run_refuses_a_photo_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    start = script("start", monkeypatch)
    assert start.main(tmp_path / "none.jpg") == 2
    assert "There is no photo at" in capsys.readouterr().err
