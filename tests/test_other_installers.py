# SPDX-License-Identifier: Apache-2.0
"""What installers for Windows, macOS, AppImage and Flatpak are made of, as far as it can be tried
here: what was really run stands in packaging/README.md."""

from __future__ import annotations

import json
import plistlib
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from prodedit import __version__
from prodedit.gui.commands.files import PICTURES
from prodedit.render.drawing import SUFFIX as DRAWING

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
ID = "io.prodedit.ProdEdit"
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"


def words() -> dict[str, tuple[str, str]]:
    """What the Windows installer says: name to English and Chinese."""
    text = (PACKAGING / "windows" / "words.nsh").read_text("utf-8-sig")
    found = re.findall(r'^!insertmacro WORDS (\w+) "(.*)" "(.*)"$', text, re.MULTILINE)
    return {name: (english, chinese) for name, english, chinese in found}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A stub in the place of dist/prodedit."""
    folder = tmp_path / "prodedit"
    (folder / "_internal").mkdir(parents=True)
    for name in ("prodedit", "prodedit.exe", "prodedit-cli.exe"):
        (folder / name).write_text('#!/bin/sh\necho "stub $*"\n')
        (folder / name).chmod(0o755)
    (folder / "_internal" / "data").write_bytes(bytes(1000))
    return folder


def test_icons_have_all_sizes() -> None:
    with Image.open(PACKAGING / "windows" / "prodedit.ico") as icon:
        assert {(size, size) for size in (16, 20, 24, 32, 40, 48, 64, 256)} <= icon.info["sizes"]
        assert icon.size == (256, 256)
        assert icon.convert("RGBA").getextrema()[3] == (0, 255)
    with Image.open(PACKAGING / "macos" / "prodedit.icns") as icon:
        sides = {width * scale for width, _height, scale in icon.info["sizes"]}
        assert {32, 64, 256, 512, 1024} <= sides


def test_every_word_of_the_windows_installer_is_there_in_both_languages() -> None:
    said = words()
    script = (PACKAGING / "windows" / "prodedit.nsi").read_text("utf-8")
    used = {name for name in re.findall(r"\$\((\w+)\)", script) if not name.startswith("^")}
    assert used == set(said)
    for english, chinese in said.values():
        assert english
        assert english == "ProdEdit" or re.search(r"[\u4e00-\u9fff]", chinese)


def test_what_can_be_opened_is_offered_in_the_explorer() -> None:
    script = (PACKAGING / "windows" / "prodedit.nsi").read_text("utf-8")
    offered = set(re.findall(r"insertmacro \$\{do\} (\w+)", script))
    assert offered == {*re.findall(r"\*\.(\w+)", PICTURES), DRAWING.strip(".")}


def test_the_uninstaller_deletes_data_only_when_it_is_asked_to() -> None:
    script = (PACKAGING / "windows" / "prodedit.nsi").read_text("utf-8")
    sections = re.findall(r'^Section (/o )?"un\.([^"]*)"', script, re.MULTILINE)
    assert sections == [("", "$(PART_PROGRAM)"), ("/o ", "$(PART_DATA)")]
    data = script[script.index('Section /o "un.$(PART_DATA)"') :]
    before = script[: script.index('Section /o "un.$(PART_DATA)"')]
    assert "$LOCALAPPDATA" not in before
    assert 'RMDir /r "$LOCALAPPDATA\\prodedit"' in data
    deleted = re.findall(r'RMDir /r "(.*?)"', before)
    assert {path.rpartition("\\")[2] for path in deleted} == {"app.new", "app.old"}


def test_the_windows_installer_is_made(bundle: Path, tmp_path: Path) -> None:
    makensis = shutil.which("makensis")
    if makensis is None:
        pytest.skip("makensis is not installed (package nsis)")
    out = tmp_path / f"ProdEdit-{__version__}.exe"
    command = [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-DVERSION={__version__}"]
    command += [f"-DTREE={bundle}", f"-DOUT={out}", str(PACKAGING / "windows" / "prodedit.nsi")]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace")
    assert made.returncode == 0, made.stdout + made.stderr
    assert out.read_bytes()[:2] == b"MZ"


def test_macos_is_told_which_files_are_opened() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    kinds = told["CFBundleDocumentTypes"]
    ranks = {kind["CFBundleTypeName"]: kind["LSHandlerRank"] for kind in kinds}
    assert ranks == {"ProdEdit project": "Owner", "Picture": "Alternate", "Folder": "None"}
    (project,) = told["UTExportedTypeDeclarations"]
    assert project["UTTypeTagSpecification"]["public.filename-extension"] == ["ora"]
    asked = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert asked["com.apple.security.cs.disable-library-validation"] is True


def test_the_common_spec_is_what_macos_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run with stand-ins for PyInstaller's own words: the wrapped folder is the common one's."""
    called: dict[str, tuple[object, ...]] = {}

    class Stand:
        pure = scripts = ()
        datas: tuple[object, ...] = ()
        binaries: tuple[object, ...] = ()

    def stand(name: str) -> object:
        def call(*parts: object, **_words: object) -> object:
            called[name] = parts
            return name if name == "COLLECT" else Stand()

        return call

    monkeypatch.syspath_prepend(str(PACKAGING / "bundle"))
    hooks = type(sys)("PyInstaller.utils.hooks")
    hooks.copy_metadata = lambda name: []  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, type(sys)(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    import parts

    monkeypatch.setattr(parts, "weights", list)
    spec = PACKAGING / "macos" / "prodedit.spec"
    around = {name: stand(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    runpy.run_path(str(spec), {**around, "SPECPATH": str(spec.parent)})
    assert called["BUNDLE"] == ("COLLECT",)


@pytest.mark.skipif(sys.platform != "linux", reason="an AppDir is for Linux")
def test_an_appdir_runs(bundle: Path, tmp_path: Path) -> None:
    folder = tmp_path / "AppDir"
    command = [sys.executable, str(PACKAGING / "appimage" / "build.py"), str(bundle), str(folder)]
    subprocess.run(command, check=True)
    run = subprocess.run([folder / "AppRun", "a b", "c"], check=True, capture_output=True)
    assert run.stdout.split() == [b"stub", b"a", b"b", b"c"]
    there = {path.name for path in folder.iterdir()}
    assert {"AppRun", ".DirIcon", f"{ID}.desktop", f"{ID}.png", "opt", "usr"} == there
    with Image.open(folder / ".DirIcon") as icon:
        assert icon.size == (256, 256)
    assert (folder / "usr" / "share" / "metainfo" / f"{ID}.appdata.xml").is_file()


def test_the_flatpak_takes_the_appdir() -> None:
    told = json.loads((PACKAGING / "flatpak" / f"{ID}.json").read_text("utf-8"))
    assert told["id"] == ID
    (module,) = told["modules"]
    assert module["sources"] == [{"type": "dir", "path": "../../dist/AppDir"}]


def test_the_workflow_names_only_files_that_are_there() -> None:
    text = WORKFLOW.read_text("utf-8")
    named = set(re.findall(r"packaging/[\w./-]+\.\w+", text))
    assert len(named) >= 8
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
    actions = set(re.findall(r"uses: (\S+)", text))
    assert {action.partition("/")[0] for action in actions} == {"actions"}
    assert "://" not in text, "addresses are variables of the repository"


def test_the_workflow_is_yaml() -> None:
    yaml = pytest.importorskip("yaml", reason="there is no reader of YAML here")
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    assert set(jobs) == {"linux", "windows", "macos", "release"}
    assert jobs["release"]["needs"] == ["linux", "windows", "macos"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell reads them")
@pytest.mark.parametrize("name", ["macos/dmg.sh", "windows/sign.sh", "appimage/AppRun"])
def test_scripts_are_read_by_a_shell(name: str) -> None:
    subprocess.run(["sh", "-n", str(PACKAGING / name)], check=True)
    assert (PACKAGING / name).stat().st_mode & 0o111
