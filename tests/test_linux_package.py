# SPDX-License-Identifier: Apache-2.0
"""The files by which Linux desktops know the program, and the script that installs it for one."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from prodedit import __version__
from prodedit.__main__ import COMMANDS
from prodedit.app import APPLICATION_ID

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "packaging" / "linux"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux")


def script(name: str) -> ModuleType:
    """packaging/linux/NAME.py as a module."""
    spec = importlib.util.spec_from_file_location(name, LINUX / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `share` folder as the packages lay it."""
    folder = tmp_path_factory.mktemp("linux") / "share"
    script("shared_files").lay(folder, __version__)
    return folder


def needs(tool: str) -> str:
    """The tool, or the test is skipped and says why."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not on this computer")
    return found


def told_by(*words: str | Path, **variables: str) -> str:
    """What a tool prints; it must succeed."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False,
        env={**os.environ, **variables},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# What desktops read ------------------------------------------------------------------------------


def test_menu_entry_is_valid(share: Path) -> None:
    tool = needs("desktop-file-validate")
    assert told_by(tool, share / "applications" / f"{APPLICATION_ID}.desktop") == ""


def test_description_for_shops_is_valid(share: Path) -> None:
    tool = needs("appstreamcli")
    told_by(tool, "validate", "--no-net", share / "metainfo" / f"{APPLICATION_ID}.metainfo.xml")


def test_nothing_is_left_to_be_filled_in(share: Path) -> None:
    for name in ("applications", "metainfo", "mime/packages"):
        for path in (share / name).iterdir():
            text = path.read_text("utf-8")
            assert not re.search(r"@[A-Z]+@", text), path
            assert APPLICATION_ID in text


def test_icons_have_the_sizes_that_their_folders_say(share: Path) -> None:
    from PySide6.QtGui import QImage

    found = sorted((share / "icons" / "hicolor").glob("*x*/apps/*.png"))
    assert len(found) >= 8
    for path in found:
        image = QImage(str(path))
        assert f"{image.width()}x{image.height()}" == path.parts[-3]
        assert image.pixelColor(image.width() // 2, image.height() // 2).alpha() == 255
        assert image.pixelColor(0, 0).alpha() < 255


def test_manual_names_every_command() -> None:
    page = re.sub(r"\\f[BIR]", " ", (LINUX / "prodedit.1").read_text("utf-8"))
    missing = {name for name in COMMANDS if not re.search(rf"\b{name}\b", page)}
    assert not missing


def test_a_project_is_told_from_another_programs_file(share: Path, tmp_path: Path) -> None:
    update, gio = needs("update-mime-database"), needs("gio")
    told_by(update, share / "mime")
    for name, member, kind in (
        ("ours.ora", "prodedit/document.json", "image/x-prodedit"),
        ("other.ora", "data/layer0.png", "image/openraster"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("mimetype", "image/openraster")
            archive.writestr("stack.xml", "<image><stack/></image>")
            archive.writestr(member, "{}")
        words = ("info", "-a", "standard::content-type", tmp_path / name)
        assert f"content-type: {kind}\n" in told_by(gio, *words, XDG_DATA_HOME=str(share))


# The script of the .run file ---------------------------------------------------------------------


@pytest.fixture
def unpacked(share: Path, tmp_path: Path) -> Path:
    """What the .run file unpacks, with a program that only sleeps."""
    folder = tmp_path / "unpacked"
    (folder / "prodedit" / "_internal").mkdir(parents=True)
    shutil.copy("/bin/sleep", folder / "prodedit" / "prodedit")
    (folder / "prodedit" / "_internal" / "part").write_text("1")
    shutil.copytree(share, folder / "share", ignore=shutil.ignore_patterns("*.cache", "mime"))
    shutil.copytree(share / "mime" / "packages", folder / "share" / "mime" / "packages")
    (folder / "bin").mkdir()
    (folder / "bin" / "prodedit").symlink_to("../lib/prodedit/prodedit")
    shutil.copy(LINUX / "install.sh", folder / "install.sh")
    return folder


def run_script(unpacked: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    variables = {"HOME": str(home), "PATH": os.environ["PATH"]}
    command = ["sh", str(unpacked / "install.sh"), *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


@contextmanager
def running(program: Path) -> Iterator[None]:
    """The installed program, as if a person had it open."""
    process = subprocess.Popen([program, "600"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_installed_and_removed_for_one_person(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    kept = home / ".local" / "share" / "prodedit" / "settings.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    before = sorted(home.rglob("*"))
    done = run_script(unpacked, home)
    assert done.returncode == 0, done.stderr
    program = home / ".local" / "lib" / "prodedit" / "prodedit"
    assert (home / ".local" / "bin" / "prodedit").resolve() == program
    entry = home / ".local" / "share" / "applications" / f"{APPLICATION_ID}.desktop"
    assert f'Exec="{program}" -- %F' in entry.read_text("utf-8")

    (unpacked / "prodedit" / "_internal" / "part").rename(unpacked / "prodedit" / "other")
    assert run_script(unpacked, home).returncode == 0  # over the one that is there
    assert not (program.parent / "_internal" / "part").exists()
    assert (program.parent / "other").exists()

    with running(program):
        for words in ((), ("--uninstall",)):
            refused = run_script(program.parent, home, *words)
            assert refused.returncode == 1
            assert "ProdEdit is running" in refused.stderr
    assert run_script(program.parent, home, "--uninstall").returncode == 0
    assert sorted(home.rglob("*")) == before
    assert run_script(unpacked, home, "--uninstall").returncode == 1  # there is none any more


def test_what_is_kept_for_a_person_goes_only_where_that_is_asked(
    unpacked: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    kept = [
        home / name / "prodedit" for name in (".config", ".cache", ".local/share", ".local/state")
    ]
    for folder in kept:
        folder.mkdir(parents=True)
    assert run_script(unpacked, home).returncode == 0
    assert run_script(unpacked, home, "--uninstall", "--with-data").returncode == 0
    assert not any(folder.exists() for folder in kept)


def test_a_place_that_takes_no_files_is_told(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run_script(unpacked, tmp_path, "--prefix", str(tmp_path / "file" / "in"))
    assert done.returncode == 1
    assert "can't be written to" in done.stderr
    fake = tmp_path / "tools"
    fake.mkdir()
    (fake / "df").write_text("#!/bin/sh\necho head; echo '/dev/x 9 9 7 1% /'\n")
    (fake / "df").chmod(0o755)
    variables = {"HOME": str(tmp_path), "PATH": f"{fake}:{os.environ['PATH']}"}
    full = subprocess.run(
        ["sh", str(unpacked / "install.sh")], env=variables, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert full.returncode == 1
    assert "not enough space" in full.stderr
    assert not list((tmp_path / ".local").rglob("*prodedit*"))
