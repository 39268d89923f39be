# SPDX-License-Identifier: Apache-2.0
"""The packaged program's first lines, and what is put into a bundle."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from prodedit import packaged
from prodedit.files import own_programs
from prodedit.files.own_programs import PROCESS, PROGRAMS, module_command, own_code_first

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "packaging" / "bundle"


@pytest.fixture(scope="module")
def parts() -> ModuleType:
    """packaging/bundle/parts.py as a module."""
    spec = importlib.util.spec_from_file_location("bundle_parts", BUNDLE / "parts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Processes of our own ----------------------------------------------------------------------------


def sources() -> str:
    """All of ours, one after the other."""
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "prodedit").rglob("*.py"))


def test_a_packaged_program_runs_each_process_that_is_started_and_no_other() -> None:
    others = sources().replace(Path(own_programs.__file__).read_text("utf-8"), "")
    named = set(re.findall(r'"(prodedit(?:\.\w+)+)"', others))
    runs = {name for name in named if 'if __name__ == "__main__":' in source_of(name)}
    assert runs | {"prodedit"} == PROGRAMS


def source_of(name: str) -> str:
    """Of a module; "" where it is none of ours, or a package."""
    path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    return path.read_text("utf-8") if path.is_file() else ""


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_each_process_is_a_module_that_runs(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    if spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(f"{name}.__main__")
    assert spec is not None
    assert spec.origin is not None
    assert 'if __name__ == "__main__":' in Path(spec.origin).read_text("utf-8")


def test_a_checkout_starts_modules_and_a_bundle_starts_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "prodedit.files.decoder_process"
    assert module_command(name) == (sys.executable, "-P", "-m", name)
    assert "PYTHONPATH" in own_code_first({})
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert module_command(name) == (sys.executable, PROCESS, name)
    assert own_code_first({"A": "b"}) == {"A": "b"}


def test_only_modules_in_the_list_are_run(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["antigravity"], ["prodedit.data_files"]):
        assert packaged.main([PROCESS, *words]) == 1
        assert "parts of ProdEdit only" in capsys.readouterr().err


def test_a_process_of_the_list_runs_as_the_program_that_it_is() -> None:
    code = "import sys; from prodedit.packaged import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", code, PROCESS, "prodedit", "--version"]
    done = subprocess.run(
        command, env=own_code_first(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("prodedit ")


# What keeps it from starting ---------------------------------------------------------------------


def test_no_screen_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert packaged.main(["photo.jpg"]) == 1
    assert "there is no screen here" in capsys.readouterr().err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert packaged.main([]) == 1
    assert "这里没有屏幕" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux's loader tells it")
def test_a_library_that_the_system_lacks_is_named(tmp_path: Path) -> None:
    why = packaged.why_no_window({"DISPLAY": ":1"}, tmp_path)
    assert "libqxcb.so is missing" in why
    assert packaged.why_no_window({"DISPLAY": ":1", "WAYLAND_DISPLAY": "w"}, tmp_path) == ""
    assert packaged.why_no_window({"QT_QPA_PLATFORM": "offscreen"}, tmp_path) == ""


def test_other_errors_of_imports_are_not_called_missing_libraries() -> None:
    missing = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "the system library libEGL.so.1 is missing" in packaged.missing_library(missing, {})
    assert packaged.missing_library(ImportError("No module named 'x'"), {}) == ""


def test_programs_of_the_system_get_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"LD_LIBRARY_PATH": "/opt/own"}
    packaged.give_back_library_path(there)
    assert there == {"LD_LIBRARY_PATH": "/opt/own"}  # a checkout has changed nothing
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/prodedit/_internal", raising=False)
    again = {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
    there = {"LD_LIBRARY_PATH": "/opt/prodedit/_internal", "LD_LIBRARY_PATH_ORIG": "/opt/own"}
    packaged.give_back_library_path(there)
    assert there == {"LD_LIBRARY_PATH": "/opt/own", **again}
    there = {"LD_LIBRARY_PATH": "/opt/prodedit/_internal"}
    packaged.give_back_library_path(there)
    assert there == again


# The bundle's parts ------------------------------------------------------------------------------


def test_the_bundle_names_every_module_and_every_model(parts: ModuleType) -> None:
    modules = parts.modules()
    assert {"prodedit", "prodedit.__main__", *PROGRAMS} <= set(modules)
    assert len(modules) == len(list((ROOT / "prodedit").rglob("*.py")))
    assert parts.models() == sorted(path.stem for path in (ROOT / "models").glob("*.toml"))
    carried = {Path(file).relative_to(ROOT).as_posix() for file, _ in parts.data()}
    assert {"models/u2net.toml", "resources/samples/mug.jpg"} <= carried
    assert {"resources/translations/prodedit_zh_CN.qm"} <= carried


def test_the_bundles_spec_takes_the_tables(parts: ModuleType) -> None:
    text = (BUNDLE / "prodedit.spec").read_text("utf-8")
    compile(text, "prodedit.spec", "exec")
    for table in ("modules", "data", "weights", "kept", "LEFT_OUT_MODULES", "DISTRIBUTIONS"):
        assert f"parts.{table}" in text
        assert hasattr(parts, table)
    assert '{"prodedit": "pyz+py"}' in text  # a GPU pack's interpreter reads our sources


def test_nothing_that_our_code_imports_is_left_out(parts: ModuleType) -> None:
    optional = {"distributed"}  # an extra that the bundle has not
    imported = set(re.findall(r"^ *(?:from|import) ([\w.]+)", sources(), re.MULTILINE))
    assert not imported & (set(parts.LEFT_OUT_MODULES) - optional)


def test_what_stays_out_of_the_bundle(parts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    out = ("torch/include/ATen/ATen.h", "torch/bin/protoc", "libX11.so.6", "libstdc++.so.6")
    kept = ("torch/lib/libtorch_cpu.so", "libxcb-cursor.so.0", "cv2/libz-123.so.1", "libX11-x")
    entries = [(name, f"/x/{name}", "DATA") for name in (*out, *kept)]
    assert [name for name, *_ in parts.kept(entries)] == list(kept)


def test_a_bundle_is_told_by_the_word_that_its_maker_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not own_programs.is_packaged()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_programs.is_packaged()
