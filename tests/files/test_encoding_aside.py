# SPDX-License-Identifier: Apache-2.0
"""Files that are made in a process of their own, and how that is ended."""

from __future__ import annotations

import sys
import threading
import time

import numpy as np
import pytest

from prodedit.core.export_setting import FLAT, HAS_ALPHA, ExportSetting, Format
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.encode import encode
from prodedit.files.encoding_aside import SLOW, encode_aside
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop

KEPT = Metadata("JPEG", ((271, "Łódź"), (33434, (1, 125))), 72.0)


def noise(channels: int, side: int = 300) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (side, side, channels), np.uint8)


@pytest.mark.parametrize("kind", FLAT)
def test_the_bytes_are_the_same(kind: Format) -> None:
    pixels = noise(4 if kind in HAS_ALPHA else 3)
    setting = ExportSetting(kind, metadata="keep")
    assert encode_aside(pixels, setting, KEPT) == encode(pixels, setting, KEPT)


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_what_a_format_cannot_hold_is_told_in_the_same_words(kind: Format) -> None:
    pixels = np.zeros((2, 20_000, 4 if kind == "jpeg" else 3), np.uint8)
    with pytest.raises(Problem) as here:
        encode(pixels, ExportSetting(kind))
    with pytest.raises(Problem) as aside:
        encode_aside(pixels, ExportSetting(kind))
    assert (str(aside.value), aside.value.code) == (str(here.value), here.value.code)


@pytest.mark.parametrize("kind", ["png", "avif"])
def test_what_was_stopped_before_is_not_begun(kind: Format) -> None:
    stop = Stop()
    stop.want()
    with pytest.raises(Cancelled):
        encode_aside(noise(3), ExportSetting(kind), stop=stop)


def test_a_slow_one_is_stopped_in_the_middle() -> None:
    stop, begun = Stop(), time.monotonic()
    command = (sys.executable, "-c", "import time; time.sleep(600)")
    threading.Timer(0.3, stop.want).start()
    with pytest.raises(Cancelled):
        encode_aside(noise(3), ExportSetting("tiff"), stop=stop, command=command)
    assert time.monotonic() - begun < 120


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(3)",
        "import sys; sys.stdout.buffer.write(b'no frame at all')",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x0e' + b'{\"bytes\": 100}')",
    ],
)
def test_a_process_that_dies_is_told_in_one_sentence(program: str) -> None:
    for kind in SLOW:
        command = (sys.executable, "-c", program)
        with pytest.raises(Problem) as raised:
            encode_aside(noise(3, 20), ExportSetting(kind), command=command)
        assert raised.value.code == "encoder-stopped"


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(Problem) as raised:
        encode_aside(noise(3, 20), ExportSetting("tiff"), command=("/no/such/program",))
    assert raised.value.code == "encoder-stopped"


def test_a_stop_ends_what_waits_and_tells_once_it_is_over() -> None:
    stop, ended = Stop(), []

    def work(number: int) -> None:
        with stop.calling(lambda: ended.append(number)):
            stop.want()
            raise OSError("what the work makes of being ended")

    with pytest.raises(Cancelled):
        work(1)
    stop.want()
    with pytest.raises(Cancelled):
        work(2)
    assert ended == [1]
