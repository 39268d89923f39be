# SPDX-License-Identifier: Apache-2.0
"""The GPU pack: which card is here, in what state the pack is, how it is made and removed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.gpu import cards, making, problems
from prodedit.engine.gpu.cards import Card, Places, found_card
from prodedit.engine.gpu.finder import CODE_VARIABLE
from prodedit.engine.gpu.making import Size, make_pack
from prodedit.engine.gpu.place import Note, State, locked, read_pack, remove_pack
from prodedit.engine.gpu.tools import Tool, found_tool, pip, python_of, uv
from prodedit.engine.gpu.wanted import Wanted, version_word, wanted
from prodedit.engine.service import frames
from prodedit.engine.service.programs import EXPECTED_VARIABLE, engine_programs, programs_for
from prodedit.engine.service.surroundings import Surroundings
from prodedit.files.own_programs import module_command

CPU = Wanted(device="cpu")
TINY = Size(1000, 1000)


def quiet(share: float, text: str) -> None:
    """Nobody watches."""


# Which card ---------------------------------------------------------------------------------------


def places(tmp_path: Path, program: str = "", files: str = "", driver: bool = True) -> Places:
    """A system of a test's own. program: what its nvidia-smi does, as a shell would."""
    (tmp_path / "nvidiactl").touch()
    if program:
        script = tmp_path / "nvidia-smi"
        script.write_text(f"#!/bin/sh\n{program}\n")
        script.chmod(0o755)
    if files:
        (tmp_path / "gpus" / "0000:01:00.0").mkdir(parents=True)
        (tmp_path / "gpus" / "0000:01:00.0" / "information").write_text(files)
    there = tmp_path / ("nvidiactl" if driver else "nothing")
    library = str(tmp_path / "no.so")
    return Places((there,), tmp_path / "gpus", (str(tmp_path / "nvidia-smi"),), library)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's script stands for the program")
@pytest.mark.parametrize(
    ("program", "files", "card"),
    [
        ("echo 'NVIDIA H200, 570.1, 143771'", "", Card("NVIDIA H200", "570.1", 143771)),
        ("echo 'A, 1, 10'; echo 'B, 1, 20'", "", Card("B", "1", 20)),
        ("echo 'NVIDIA T4, 1, [N/A]'", "", Card("NVIDIA T4", "1", 0)),
        ("exit 9", "Model: \t NVIDIA T4\nIRQ: 5\n", Card("NVIDIA T4")),
        ("echo 'NVIDIA-SMI has failed'", "Model: NVIDIA T4\n", Card("NVIDIA T4")),
        ("", "", None),
        ("exit 9", "IRQ: 5\n", None),
    ],
)
def test_a_card_is_found_by_program_or_files(
    tmp_path: Path, program: str, files: str, card: Card | None
) -> None:
    assert found_card({}, places(tmp_path, program, files)) == card


def test_without_a_driver_nothing_is_asked(tmp_path: Path) -> None:
    assert found_card({}, places(tmp_path, "touch asked", driver=False)) is None
    assert not (tmp_path / "asked").exists()


def test_the_driver_s_library_is_asked_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Library:
        def cuInit(self, flags: int) -> int:  # noqa: N802 - the driver's name
            return flags

        def cuDeviceGetCount(self, count: object) -> int:  # noqa: N802
            count._obj.value = 2  # type: ignore[attr-defined]
            return 0

        def cuDeviceGetName(self, name: object, size: int, number: int) -> int:  # noqa: N802
            name.value = b"NVIDIA T4"  # type: ignore[attr-defined]
            return number  # the second one fails

    monkeypatch.setattr(cards.ctypes, "CDLL", lambda name: Library())
    assert found_card({}, places(tmp_path)) == Card("NVIDIA T4")
    monkeypatch.setattr(cards.ctypes, "CDLL", lambda name: object())
    assert found_card({}, places(tmp_path)) is None


def test_a_card_can_be_said() -> None:
    assert found_card({cards.FOUND_VARIABLE: "NVIDIA T4"}) == Card("NVIDIA T4")
    assert found_card({cards.FOUND_VARIABLE: "none"}) is None


# What it is made of -------------------------------------------------------------------------------


def test_variables_and_words_say_what_is_fetched() -> None:
    said = {"PRODEDIT_GPU_TORCH": "torch==2.12.0", "PRODEDIT_GPU_INDEX": "file:///wheels"}
    assert wanted({}) == Wanted()
    assert wanted(said) == Wanted("torch==2.12.0", "file:///wheels")
    assert wanted(said, torch="torch==2.11.0").torch == "torch==2.11.0"


def test_both_tools_take_the_lock_by_hash_and_the_index_that_is_named(tmp_path: Path) -> None:
    named = Wanted(index="file:///wheels")
    for tool in (pip("python"), uv("uv", "python")):
        assert "--require-hashes" in tool.packages(tmp_path, tmp_path)
        assert tool.torch(tmp_path, named)[-2:] == ("--index-url", "file:///wheels")
        assert "--index-url" not in tool.torch(tmp_path, Wanted())
    assert "--torch-backend" in uv("uv", "python").torch(tmp_path, Wanted())


def test_a_packaged_program_looks_for_a_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Problem, match=r"needs Python 3\.11 or newer"):
        found_tool()
    monkeypatch.setattr(shutil, "which", lambda name: sys.executable if name == "python3" else None)
    assert found_tool().environment(Path("x"))[0] == sys.executable
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "uv" else None)
    assert found_tool().name == "uv"


# Its state ----------------------------------------------------------------------------------------


def put_note(place: Path, /, **changes: object) -> Note:
    """A pack that seems to be there."""
    note = Note("made-x", "bin/python", version_word(), "torch", "", "cpu", "", "0", 5)
    note = msgspec.structs.replace(note, **changes)
    (place / "made-x" / "bin").mkdir(parents=True, exist_ok=True)
    (place / "made-x" / "bin" / "python").touch()
    (place / "pack.json").write_bytes(msgspec.json.encode(note))
    return note


def test_its_state(tmp_path: Path) -> None:
    assert read_pack(tmp_path).state is State.ABSENT
    (tmp_path / "made-half").mkdir()
    assert read_pack(tmp_path).state is State.ABSENT
    put_note(tmp_path)
    assert read_pack(tmp_path).state is State.READY
    put_note(tmp_path, version="of another program")
    assert read_pack(tmp_path).state is State.OUTDATED
    for changes in ({"folder": "../made-x"}, {"folder": "made-y"}, {"python": "bin/python4"}):
        put_note(tmp_path, **changes)
        assert read_pack(tmp_path).state is State.BROKEN
    (tmp_path / "pack.json").write_text('{"folder": 7}')
    assert read_pack(tmp_path).state is State.BROKEN


@pytest.mark.parametrize("version", ["", "of another program"])
def test_only_a_pack_of_this_version_is_used(
    tmp_path: Path, version: str, caplog: pytest.LogCaptureFixture
) -> None:
    put_note(tmp_path, **({"version": version} if version else {}))
    programs = engine_programs({}, tmp_path)
    own = programs[-1]
    assert own.command == module_command("prodedit.engine.service.process")
    assert len(programs) == (1 if version else 2)
    assert ("another version" in caplog.text) == bool(version)
    assert len(engine_programs({"PRODEDIT_DEVICE": "cpu"}, tmp_path)) == 1


def test_trainings_run_in_it_too(tmp_path: Path) -> None:
    put_note(tmp_path)
    first, own = programs_for("prodedit.engine.training.process", {}, tmp_path)
    assert first.command[0] == str(tmp_path / "made-x" / "bin" / "python")
    assert first.command[-1] == own.command[-1] == "prodedit.engine.training.process"


def test_in_a_pack_nothing_is_told_of_other_pythons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    put_note(tmp_path)
    first = engine_programs({"PRODEDIT_THREADS": "3"}, tmp_path)[0]
    assert first.command[0] == str(tmp_path / "made-x" / "bin" / "python")
    assert "PYTHONPATH" not in first.environment
    assert first.environment[EXPECTED_VARIABLE] == "cpu"
    assert first.environment["PRODEDIT_THREADS"] == "3"
    assert Path(first.environment[CODE_VARIABLE], "engine").is_dir()


def test_removed_it_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "gpu"
    put_note(folder)
    (folder / "made-half").mkdir()
    remove_pack(folder)
    assert not folder.exists()
    remove_pack(folder)


def test_while_it_is_made_nobody_else_makes_or_removes(tmp_path: Path) -> None:
    put_note(tmp_path)
    lock = locked(tmp_path)
    try:
        with pytest.raises(Problem, match="Another ProdEdit"):
            remove_pack(tmp_path)
        with pytest.raises(Problem, match="Another ProdEdit"):
            make_pack(CPU, "", quiet, tmp_path, fake_tool(), TINY)
    finally:
        lock.release()
    assert read_pack(tmp_path).state is State.READY


# Made ---------------------------------------------------------------------------------------------


def fake_tool(packages: str = "", torch: str = "") -> Tool:
    """One whose environments have this Python's packages; `packages` and `torch`: code that runs
    in place of the installing."""
    found = [path for path in sys.path if path.endswith("site-packages")]
    link = (
        "import sys, pathlib\n"
        "place = [p for p in sys.path if p.endswith('site-packages')][0]\n"
        f"pathlib.Path(place, 'own.pth').write_text({chr(10).join(found)!r})\n"
    )
    return Tool(
        "fake",
        lambda folder: (sys.executable, "-m", "venv", "--without-pip", str(folder)),
        lambda python, lock: (str(python), "-c", packages or link),
        lambda python, want: (str(python), "-c", torch or "pass"),
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack that was really made, started and tried."""
    folder = tmp_path_factory.mktemp("data") / "gpu"
    shares: list[float] = []
    (folder / "made-of-a-killed-program").mkdir(parents=True)
    tool = fake_tool()
    note = make_pack(CPU, "A card", lambda share, _text: shares.append(share), folder, tool, TINY)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert {path.name for path in folder.glob("made-*")} == {note.folder}
    return folder


def test_a_pack_is_made_tried_and_used(made: Path) -> None:
    pack = read_pack(made)
    assert pack.state is State.READY
    assert pack.note is not None
    assert (pack.note.card, pack.note.device) == ("A card", "cpu")
    assert pack.python == python_of(made / pack.note.folder)
    assert not (made / pack.note.folder / "work").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("WARNING: Retrying (Retry(total=0)) after NewConnectionError", "no-network"),
        ("error sending request for url: dns error", "no-network"),
        ("ERROR: No matching distribution found for torch==99", "package-missing"),
        ("OSError: [Errno 28] No space left on device", "disk-full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "gpu-tool-failed"),
    ],
)
def test_where_a_tool_fails_all_is_as_before(made: Path, words: str, code: str) -> None:
    before = (made / "pack.json").read_bytes()
    (made / "made-half").mkdir()  # by a program that was killed
    with pytest.raises(Problem) as caught:
        make_pack(CPU, "", quiet, made, fake_tool(f"raise SystemExit({words!r})"), TINY)
    assert caught.value.code == code
    assert str(caught.value)
    assert words in caught.value.details
    assert (made / "pack.json").read_bytes() == before
    assert len(list(made.glob("made-*"))) == 1


def test_cancelled_while_a_tool_runs_nothing_is_left(made: Path) -> None:
    told: list[str] = []

    def cancel(share: float, text: str) -> None:
        told.append(text)
        if text == making.FETCHING:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(CPU, "", cancel, made, fake_tool("import time; time.sleep(600)"), TINY)
    assert told[-1] == making.FETCHING
    assert len(list(made.glob("made-*"))) == 1
    assert read_pack(made).state is State.READY


def test_what_does_not_start_is_thrown_away(made: Path) -> None:
    """The packages are not there: the engine ends before its hello."""
    with pytest.raises(Problem, match="does not run on this computer") as caught:
        make_pack(CPU, "", quiet, made, fake_tool("pass"), TINY)
    assert "No module named" in caught.value.details
    assert len(list(made.glob("made-*"))) == 1


def test_a_torch_that_does_not_know_the_card_is_told() -> None:
    unusable = Problem("It does not work.", code="device-not-working", details="no CUDA")
    assert problems.no_use(unusable).code == "gpu-wrong-torch"


def test_without_space_nothing_is_begun(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="GB are free") as caught:
        make_pack(CPU, "", quiet, tmp_path, fake_tool(), Size(1 << 60, 0))
    assert caught.value.code == "disk-full"
    assert list(tmp_path.glob("made-*")) == []


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="can't be stored"):
        make_pack(CPU, "", quiet, tmp_path / "file" / "gpu", fake_tool(), TINY)


def test_a_program_without_its_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "own_code", lambda: tmp_path)
    with pytest.raises(Problem, match="its own code is not in"):
        make_pack(CPU, "", quiet, tmp_path, fake_tool(), TINY)


def test_in_a_pack_a_device_that_is_not_the_expected_one_is_no_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRODEDIT_DEVICE", "cpu")
    monkeypatch.setenv(EXPECTED_VARIABLE, "cuda")
    with pytest.raises(Problem) as caught:
        _ = Surroundings().device
    assert caught.value.code == frames.GPU_UNUSABLE
    monkeypatch.setenv(EXPECTED_VARIABLE, "cpu")
    assert Surroundings().device.kind == "cpu"
