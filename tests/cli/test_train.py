# SPDX-License-Identifier: Apache-2.0
"""`prodedit train`: what it refuses, what it tells, and how it stops and goes on. The training
itself is a scripted program here; tests/engine/test_training_process.py has the real one."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from prodedit import cli
from prodedit.catalogue import training as catalogue_training
from prodedit.catalogue.training import begun
from prodedit.cli import taking_in, train, training_words
from prodedit.engine.generators import container
from prodedit.engine.generators.container import read_card
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Judgement
from tests import batches
from tests.engine.test_gate import changed
from tests.engine.test_generator_files import TINY
from tests.engine.test_intake import product, save

PROGRAM = """
import json, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
def say(**event):
    print(json.dumps(event), flush=True)
say(estimate=90, steps=[2, 2], pace=[15.0, 30.0])
{body}
"""
MOMENT = (
    'say(stage="autoencoder", step=1, of=2, seen=8, seconds=1.0, left=75, losses={"pixels": 0.5})'
)
DONE = 'print("chatter"); (folder / "made.generator").write_bytes(b"made")'
STOPPABLE = f'{MOMENT}\nassert sys.stdin.readline() == "stop\\n"\nsys.exit(130)'
FAILING = (
    'say(problem="The disk is {state}.", values={"state": "full"}, code="disk-full")\nsys.exit(1)'
)
Script = Callable[[str], None]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Have this body run as the training."""
    monkeypatch.setattr(train.choices, "check_present", lambda model, store: None)

    def use(body: str) -> None:
        command = (sys.executable, "-c", PROGRAM.replace("{body}", body))
        monkeypatch.setattr(train, "TrainingProcess", lambda place: TrainingProcess(place, command))

    return use


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(10):
        save(tmp_path / "in" / ("bags", "hats")[number % 2] / f"{number}.png", product(number))
    (tmp_path / "in" / "bags" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path / "in"


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A generator, which nobody looks into here."""
    path = tmp_path / "tiny.generator"
    card = msgspec.json.encode(TINY)
    container.write(path, {container.CARD: card, container.WEIGHTS: b"weights"})
    return path


def words(folder: Path, *more: str) -> list[str]:
    output = folder.parent / "out.generator"
    return ["train", str(folder), "-o", str(output), "--no-cut-out", "--resolution", "64", *more]


def test_pictures_are_told_and_the_generator_is_where_it_was_asked_for(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script(f"{MOMENT}\n{DONE}")
    assert cli.main(words(folder, "--json")) == 0
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert told["pictures"] == 10
    assert told["classes"] == {"bags": 5, "hats": 5}
    assert [entry["name"] for entry in told["left_out"]] == ["bags/broken.png"]
    assert told["plan"]["estimate"] == 90
    assert told["last"]["step"] == 1
    assert (folder.parent / "out.generator").read_bytes() == b"made"
    assert "10 of 11 pictures can be used: bags 5, hats 5." in captured.err
    assert "bags/broken.png: can't be opened" in captured.err
    assert "About 90 s on this computer" in captured.err


def test_what_a_training_keeps_among_the_photos_is_not_learned_from(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script(DONE)
    inside = ["train", str(folder), "-o", str(folder / "it.generator"), "--no-cut-out", "--json"]
    save(folder / "it.generator.training" / "autoencoder-00000001.png", product(99))
    assert cli.main(inside) == 0
    assert json.loads(capsys.readouterr().out)["classes"] == {"bags": 5, "hats": 5}


def test_a_generator_that_is_not_good_enough_is_told_with_what_to_change(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Judgement(measures=changed(detail=0.1), refusals=("blurred",))
    script(f"{DONE}\nsay(measuring=0.5)\nsay(judgement={msgspec.to_builtins(told)!r})")
    assert cli.main(words(folder, "--json")) == 1
    captured = capsys.readouterr()
    assert "not good enough to be used yet:\n- The pictures are blurred" in captured.err
    answer = json.loads(captured.out)
    assert not answer["good"]
    assert answer["refusals"][0]["code"] == "blurred"


def test_photos_are_cut_out_by_the_engine_whatever_one_of_them_does_to_it(
    tmp_path: Path, script: Script, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(taking_in, "new_engine", batches.engine)
    monkeypatch.setattr(taking_in.choices, "check_model", lambda model, store: None)
    script(DONE)
    for number in range(9):
        batches.picture(tmp_path / "in" / f"{number}.png")
    batches.picture(tmp_path / "in" / "deadly.png", batches.DEADLY)
    batches.picture(tmp_path / "in" / "empty.png", batches.EMPTY)
    wanted = [word for word in words(tmp_path / "in", "--json") if word != "--no-cut-out"]
    assert cli.main(wanted) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pictures"] == 9
    left_out = {entry["name"]: entry["verdict"] for entry in told["left_out"]}
    assert left_out == {"deadly.png": "unreadable", "empty.png": "too-little"}


def test_a_training_is_not_begun_twice_and_goes_on_when_asked(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script(DONE)
    assert cli.main(words(folder, "--resume")) == 2
    assert "no training" in capsys.readouterr().err
    assert cli.main(words(folder, "--steps", "7", "--seed", "3")) == 0
    setting = folder.parent / "out.generator.training" / "setting.json"
    packed = setting.with_name("pictures.bin").read_bytes()
    before = setting.read_bytes()
    assert json.loads(before)["seed"] == 3
    assert cli.main(words(folder)) == 2
    assert "begun already" in capsys.readouterr().err
    again = [word for word in words(folder, "--resume") if word != "--no-cut-out"]
    assert cli.main(again) == 0
    assert setting.read_bytes() == before
    assert setting.with_name("pictures.bin").read_bytes() == packed


def test_it_begins_with_a_generator_and_is_like_it(
    folder: Path, script: Script, start: Path
) -> None:
    plain = [word for word in words(folder) if word not in ("--resolution", "64")]
    place = folder.parent / "out.generator.training"
    script(DONE)
    assert cli.main([*plain, "--start-from", str(start)]) == 0
    setting = json.loads((place / "setting.json").read_bytes())
    assert (setting["type"], setting["side"], setting["start"]) == ("TwoStageSetting", 64, "tiny")
    assert setting["autoencoder"]["widths"] == [16, 16, 16]
    assert read_card(place / "start.generator") == read_card(start)
    (order,) = begun(folder.parent)
    assert order.start_from == start

    start.unlink()
    assert cli.main([*plain, "--resume"]) == 0, "it has a copy"
    assert cli.main([*plain, "--resume", "--start-from", str(start)]) == 0
    assert begun(folder.parent) == (order,), "what was asked for first is what the window shows"
    assert json.loads((place / "setting.json").read_bytes()) == setting


def test_one_that_was_stopped_among_its_pictures_still_begins_with_it(
    folder: Path, script: Script, start: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(DONE)
    plain = [word for word in words(folder) if word not in ("--resolution", "64")]
    place = folder.parent / "out.generator.training"
    with monkeypatch.context() as patch:
        patch.setattr(catalogue_training, "take_in", stopped)
        assert cli.main([*plain, "--start-from", str(start)]) == 130
    start.unlink()
    assert not (place / "setting.json").exists()
    assert cli.main([*plain, "--resume"]) == 0
    assert json.loads((place / "setting.json").read_bytes())["start"] == "tiny"


def test_who_begins_anew_without_a_generator_has_none(
    folder: Path, script: Script, start: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(DONE)
    place = folder.parent / "out.generator.training"
    with monkeypatch.context() as patch:
        patch.setattr(catalogue_training, "take_in", stopped)
        assert cli.main(words(folder, "--start-from", str(start))) == 130
    assert (place / "start.generator").exists()
    assert cli.main(words(folder)) == 0
    assert json.loads((place / "setting.json").read_bytes())["start"] == ""
    assert not (place / "start.generator").exists()


def stopped(*asked: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--start-from", "{start}", "--family", "vae"), "other-start"),
        (("--start-from", "{start}", "--resolution", "128"), "other-start"),
        (("--start-from", "{broken}"), "bad-generator"),
        (("--start-from", "{empty}"), "bad-generator"),
        (("--start-from", "nowhere"), "unknown-generator"),
    ],
)
def test_what_it_can_not_begin_with_is_refused(
    more: tuple[str, ...], code: str, folder: Path, script: Script, start: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    script(DONE)
    broken, empty = (start.with_name(f"{name}.generator") for name in ("broken", "empty"))
    broken.write_bytes(start.read_bytes()[:200])
    container.write(empty, {container.CARD: container.read_member(start, container.CARD)})
    said = [word.format(start=start, broken=broken, empty=empty) for word in more]
    plain = [word for word in words(folder, "--json") if word not in ("--resolution", "64")]
    assert cli.main([*plain, *said]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not (folder.parent / "out.generator.training" / "setting.json").exists()


def test_a_failure_is_told_in_its_own_words(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script(FAILING)
    assert cli.main(words(folder, "--json")) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == {"code": "disk-full", "message": "The disk is full."}
    assert not (folder.parent / "out.generator").exists()


def test_a_process_that_dies_is_told(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script("import os; os._exit(7)")
    assert cli.main(words(folder)) == 1
    assert "goes on from its last checkpoint" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_with_a_checkpoint(
    folder: Path, script: Script, capsys: pytest.CaptureFixture[str], number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    script(STOPPABLE)
    before = signal.getsignal(signal.SIGINT)  # a shell's background jobs ignore it
    seen = training_words.Watch.see

    def see(watch: training_words.Watch, event: object) -> None:
        seen(watch, event)  # type: ignore[arg-type]
        if event and "losses" in event:  # type: ignore[operator]
            os.kill(os.getpid(), number)

    monkeypatch.setattr(training_words.Watch, "see", see)
    assert cli.main(words(folder)) == 130
    assert "Stopped at step 1 of 2 of learning to see." in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda folder: None, "no-folder"),
        (lambda folder: folder.mkdir(), "no-input"),
        (lambda folder: save(folder / "one.png", product(1)), "too-few-pictures"),
        (
            lambda folder: [save(folder / f"{n}.png", product(1)) for n in range(9)],
            "all-identical",
        ),
    ],
)
def test_folders_that_teach_nothing_are_refused(
    prepare: Callable[[Path], object], code: str, tmp_path: Path, script: Script,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    script(DONE)
    prepare(tmp_path / "in")
    assert cli.main(words(tmp_path / "in", "--json")) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not (tmp_path / "out.generator.training").exists(), "nothing of worth would be in it"


@pytest.mark.parametrize(
    "more", [["--minutes", "1", "--steps", "9"], ["--minutes", "0"], ["--resolution", "100"]]
)
def test_wrong_usage_is_refused(more: list[str], folder: Path, script: Script) -> None:
    script(DONE)
    assert cli.main(words(folder, *more)) == 2
    assert not (folder.parent / "out.generator").exists()


def test_a_pause_is_heard_and_the_end_of_the_parent_too() -> None:
    body = "for line in sys.stdin: say(heard=line.strip())\nsay(heard='end')"
    heard: list[object] = []
    command = (sys.executable, "-c", PROGRAM.replace("{body}", body))
    process = TrainingProcess(Path(), command)
    try:
        process.pause()
        process.go_on()
        process.stop()
        assert process._process.stdin is not None
        process._process.stdin.close()
        heard = [event["heard"] for event in process.events() if event and "heard" in event]
        assert process.finish()
    finally:
        process.close()
    assert heard == ["pause", "go on", "stop", "end"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (99, "99 s"), (150, "2 min"), (3.2 * 3600, "3 h 12 min"),
     (60 * 3600, "2 days 12 h")],
)  # fmt: skip
def test_durations_are_said_as_people_do(seconds: float, said: str) -> None:
    assert training_words.duration(seconds) == said
