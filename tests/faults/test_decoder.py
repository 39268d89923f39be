# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to the decoder process, the asking side gets a sentence and goes on."""

import gc
import io
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.decoder import Decoder
from prodedit.files.encode import encode
from prodedit.files.photo import LIMITS
from prodedit.files.png import chunk
from prodedit.files.shared_arrays import SharedArray
from tests.fakes import is_gone, wait_until

pytestmark = pytest.mark.faults

SECONDS = float(os.environ.get("PRODEDIT_FAULT_SECONDS", "1"))
# A decoder of our own making, to misbehave at will: it greets, takes a request, and then `does`.
FAKE = """
import json, os, signal, struct, sys, time
def tell(message):
    data = json.dumps(message).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()
def hear():
    (length,) = struct.unpack(">I", sys.stdin.buffer.read(4))
    return json.loads(sys.stdin.buffer.read(length))
tell({"hello": 1})
hear()
"""
PATIENT = LIMITS._replace(seconds=300.0)
"""For a machine that is slow and busy."""
GOOD = {"metadata": {"format": "PNG", "exif": [], "resolution": 0, "profile": ""}, "notes": []}


def faulty(does: str) -> tuple[str, ...]:
    return (sys.executable, "-c", FAKE + textwrap.dedent(does))


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.png"
    path.write_bytes(encode(np.full((20, 30, 3), 90, np.uint8), ExportSetting()))
    return path


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    with Decoder() as opened:
        yield opened


@pytest.mark.parametrize(
    "does",
    [
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os.abort()",
        "sys.exit(0)",
        "tell({'array': [10, 10, 3]}); hear(); os.kill(os.getpid(), signal.SIGKILL)",
        "sys.stdout.buffer.write(b'rubbish' * 100)",
        "sys.stdout.buffer.write(b'\\x00\\x00\\x00\\x04null')",
        "tell({'array': [10**6, 10**6, 3]}); hear()",
        "tell({'array': [-10, -10, 3]}); hear()",
        "tell({'array': [0, 10, 3]}); hear()",
        "tell({'array': [10, 10, 7]}); hear()",
        "tell({'array': [float('inf'), 10, 3]}); hear()",
        "sys.stdout.buffer.write(struct.pack('>I', 200_000) + b'[' * 200_000)",
        "tell({'array': 'no'}); hear()",
        "tell({}); hear()",
        "tell({'array': [10, 10, 3]}); hear(); tell({'notes': 5})",
        f"tell({{'array': [9, 9, 3]}}); hear(); tell({{**{GOOD}, 'size': ['a', 'b']}})",
        "tell({'problem': '{x.__class__}', 'values': {}})",
        "tell({'problem': 'damaged', 'values': 5})",
        "tell({'problem': ['a'], 'values': {}})",
        "tell({'problem': 'damaged', 'values': {}})",
    ],
)
def test_a_process_that_dies_or_lies(picture: Path, does: str) -> None:
    with Decoder(command=faulty(does), limits=PATIENT) as broken:
        for _ in range(2):
            with pytest.raises(Problem) as caught:
                broken.decode(picture)
            assert caught.value.code == "reader-stopped"  # and not "too-slow"
            assert "reading it was stopped" in str(caught.value)


def test_no_memory_for_one_picture_spoils_not_the_next(
    decoder: Decoder, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(shape: tuple[int, ...]) -> SharedArray:
        raise Problem("There is not enough memory.", code="no-memory")

    with monkeypatch.context() as patch:
        patch.setattr(SharedArray, "create", refuse)
        with pytest.raises(Problem) as caught:
            decoder.decode(picture)
    assert caught.value.code == "no-memory"
    assert decoder.decode(picture).pixels.shape == (20, 30, 3)


def test_a_process_that_hangs(picture: Path) -> None:
    limits = LIMITS._replace(seconds=0.5)
    with Decoder(limits=limits, command=faulty("time.sleep(600)")) as hanging:
        started = time.monotonic()
        with pytest.raises(Problem, match="could not be opened within") as caught:
            hanging.decode(picture)
        assert caught.value.code == "too-slow"
        assert time.monotonic() - started < 60


@pytest.mark.parametrize("command", [("/nonexistent/python",), (sys.executable, "-c", "exit(3)")])
def test_a_program_that_does_not_start(picture: Path, command: tuple[str, ...]) -> None:
    with Decoder(command=command) as missing, pytest.raises(Problem) as caught:
        missing.decode(picture)
    assert caught.value.code == "reader-missing"


def process_of(decoder: Decoder) -> int:
    """The number of its only process."""
    (process,) = (reader._process for reader in decoder._all if reader._process is not None)
    return process.pid


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_killed_between_pictures(decoder: Decoder, picture: Path, number: int) -> None:
    decoder.decode(picture)
    pid = process_of(decoder)
    os.kill(pid, number)
    wait_until(lambda: is_gone(pid))
    assert decoder.decode(picture).pixels.shape == (20, 30, 3)


def test_stopped_in_the_middle(decoder: Decoder, picture: Path) -> None:
    """SIGSTOP, as a process that waits for a dead disk: time runs out, the next picture opens."""
    with Decoder(limits=LIMITS._replace(seconds=3.0)) as short:
        short.decode(picture)
        os.kill(process_of(short), signal.SIGSTOP)
        with pytest.raises(Problem) as caught:
            short.decode(picture)
        assert caught.value.code == "too-slow"
        assert short.decode(picture).pixels.shape == (20, 30, 3)


def hangs(tmp_path: Path) -> tuple[tuple[str, ...], Path]:
    """A program that reads for ever, and the file that it makes when it begins."""
    begun = tmp_path / "begun"
    return faulty(f"open({str(begun)!r}, 'w').close(); time.sleep(600)"), begun


def test_cancel_frees_the_caller_at_once(picture: Path, tmp_path: Path) -> None:
    command, begun = hangs(tmp_path)
    with Decoder(command=command, limits=PATIENT) as hanging:
        outcome: list[object] = []
        thread = threading.Thread(target=lambda: outcome.append(raised(hanging, picture)))
        thread.start()
        wait_until(begun.exists)
        hanging.cancel()
        thread.join(60.0)
        assert outcome == [Cancelled]


def test_cancel_reaches_the_calls_that_wait_too(picture: Path, tmp_path: Path) -> None:
    command, begun = hangs(tmp_path)
    with Decoder(command=command, limits=PATIENT) as hanging:
        outcome: list[object] = []
        work = [
            threading.Thread(target=lambda: outcome.append(raised(hanging, picture)))
            for _ in range(4)
        ]
        for thread in work:
            thread.start()
        wait_until(begun.exists)
        hanging.close()
        for thread in work:
            thread.join(60.0)
        assert outcome == [Cancelled] * 4
        assert raised(hanging, picture) is Cancelled


def raised(decoder: Decoder, path: Path) -> type[BaseException] | None:
    try:
        decoder.decode(path)
    except (Problem, Cancelled) as error:
        return type(error)
    return None


def test_cancel_when_idle_does_nothing(decoder: Decoder, picture: Path) -> None:
    decoder.decode(picture)
    decoder.cancel()
    assert decoder.decode(picture).pixels.shape == (20, 30, 3)


def test_a_fifo_is_refused_and_not_waited_for(decoder: Decoder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(Problem) as caught:
        decoder.decode(tmp_path / "pipe.jpg")
    assert caught.value.code == "not-a-file"


def test_memory_is_limited(tmp_path: Path) -> None:
    """A picture within the pixel limit, but not within this memory."""
    path = tmp_path / "large.png"
    Image.new("RGB", (9_000, 9_000)).save(path, compress_level=1)
    limits = LIMITS._replace(memory=450 << 20)
    with Decoder(limits=limits) as small, pytest.raises(Problem, match="not enough memory"):
        small.decode(path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_largest_picture_fits_the_memory_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (14_142, 14_142), (1, 2, 3)).save(path, compress_level=1)
    with Decoder(limits=PATIENT) as usual:
        assert usual.decode(path).pixels[-1, -1].tolist() == [1, 2, 3]
        status = Path(f"/proc/{process_of(usual)}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmPeak"))
    assert int(peak.split()[1]) * 1024 <= LIMITS.memory


def test_nothing_grows(decoder: Decoder, picture: Path) -> None:
    def footprint() -> tuple[int, int]:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    decoder.decode(picture)
    before = footprint()
    for _ in range(100):
        decoder.decode(picture)
    # A thread may need a moment to end; one of an earlier test may have ended meanwhile.
    wait_until(lambda: all(now <= then for now, then in zip(footprint(), before, strict=True)))


def test_no_process_outlives_its_decoder(picture: Path) -> None:
    decoder = Decoder(processes=2)
    decoder.decode(picture)
    number = process_of(decoder)
    decoder.close()
    decoder.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_the_process_ends_when_its_owner_is_killed(picture: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from prodedit.files.decoder import Decoder\n"
        "d = Decoder(); d.decode(Path(sys.argv[1])); print(d._all[0]._process.pid, flush=True)\n"
        "time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", program, str(picture)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as owner:
        assert owner.stdout is not None
        try:
            number = int(owner.stdout.readline())
        finally:
            owner.kill()
    wait_until(lambda: is_gone(number))


def seeds() -> list[bytes]:
    """Small pictures of every format, to be damaged."""
    y, x = np.mgrid[0:40, 0:50]
    pixels = np.stack([x * 5, y * 6, x ^ y, 255 - x], axis=-1).astype(np.uint8)
    image = Image.fromarray(pixels)
    files = []
    for name, mode, options in (
        ("JPEG", "RGB", {}),
        ("JPEG", "RGB", {"progressive": True}),
        ("JPEG", "CMYK", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("GIF", "P", {"save_all": True, "append_images": [image.convert("P")]}),
        ("BMP", "RGB", {}),
        ("TIFF", "RGB", {"compression": "tiff_lzw"}),
        ("TIFF", "F", {}),
        ("WEBP", "RGBA", {}),
        ("AVIF", "RGB", {"speed": 10}),
        ("JPEG2000", "RGB", {}),
    ):
        file = io.BytesIO()
        base = (
            image if mode == "RGBA" else image.convert("RGB").convert("L" if mode == "F" else mode)
        )
        base.convert(mode).save(file, name, **options)
        files.append(file.getvalue())
    return files


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled, overwritten with extremes, or the end gone."""
    mutable = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(mutable))
        length = chance.choice((1, 2, 4, 16))
        kind = chance.randrange(5)
        if kind == 0:
            mutable[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            mutable[at : at + length] = chance.choice((b"\xff", b"\x00", b"\x7f", b"\x80")) * length
        elif kind == 2:
            del mutable[at : at + length]
        elif kind == 3:
            mutable[at:at] = mutable[at : at + length]
        else:
            del mutable[max(1, at) :]
        if not mutable:
            return b"\x00"
    return bytes(mutable)


def test_fuzzed_pictures_open_or_are_refused(tmp_path: Path) -> None:
    """As many as PRODEDIT_FAULT_SECONDS allows; every answer is a picture or a sentence."""
    chance = random.Random(20)
    originals = seeds()
    path = tmp_path / "fuzzed"
    deadline = time.monotonic() + SECONDS
    answers: dict[str, int] = {}
    with Decoder() as decoder:
        while time.monotonic() < deadline or len(answers) < 4 or answers.get("opened", 0) < 11:
            path.write_bytes(damaged(chance.choice(originals), chance))
            answer = answer_to(decoder, path, accept_damaged=chance.random() < 0.5)
            answers[answer] = answers.get(answer, 0) + 1
    print(sorted(answers.items()))
    assert "not a sentence" not in answers


def answer_to(decoder: Decoder, path: Path, *, accept_damaged: bool) -> str:
    try:
        photo = decoder.decode(path, accept_damaged=accept_damaged)
    except Problem as problem:
        return problem.code if "{" not in str(problem) else "not a sentence"
    return "opened" if photo.pixels.any() in (True, False) else "no pixels"


def bomb(width: int, height: int, body: bytes) -> bytes:
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


BOMBS = {
    "text": bomb(2, 2, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 << 20)))),
    "profile": bomb(2, 2, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 << 20)))),
    "pixels": bomb(60_000, 60_000, chunk(b"IDAT", zlib.compress(bytes(1 << 20)))),
    "more pixels than told": bomb(9, 9, chunk(b"IDAT", zlib.compress(bytes(300 << 20)))),
    "frames": b"GIF89a\x01\0\x01\0\0\0\0"
    + b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0" * 300_000
    + b";",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS[name])
    with Decoder(limits=PATIENT) as decoder:
        answer = answer_to(decoder, path, accept_damaged=False)
        assert answer in {"opened", "unreadable", "damaged", "too-many-pixels"}
        status = Path(f"/proc/{process_of(decoder)}/stat").read_text().rpartition(")")[2].split()
    used = (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK")
    assert used < LIMITS.seconds, "processor time, whatever else this machine does"
