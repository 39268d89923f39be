# SPDX-License-Identifier: Apache-2.0
import io

import pytest

from prodedit.engine.service import frames as engine_frames
from prodedit.files.frames import framed, read_body, read_frame, write_frame


def test_messages_come_back_one_by_one() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"path": "caf\udce9\n\U0001f60a"})
    write_frame(pipe, {})
    pipe.seek(0)
    assert read_frame(pipe) == {"path": "caf\udce9\n\U0001f60a"}
    assert read_frame(pipe) == {}
    assert read_frame(pipe) is None


NO_FRAMES = {
    "cut head": b"\0\0",
    "cut body": b"\0\0\0\x04{}",
    "too long": b"\xff\xff\xff\xff",
    "no json": framed(b"rubbish"),
    "no object": framed(b"[]"),
    "deep": framed(b"[" * 200_000),
}


@pytest.mark.parametrize("which", NO_FRAMES)
def test_nonsense(which: str) -> None:
    with pytest.raises(ValueError, match=r"frame|stream|Expecting"):
        read_frame(io.BytesIO(NO_FRAMES[which]))
    with pytest.raises(engine_frames.ProtocolError):
        engine_frames.read_from_engine(io.BytesIO(NO_FRAMES[which]))


def test_nothing_is_sent_that_would_not_be_read() -> None:
    assert read_body(io.BytesIO(framed(b"abc", longest=3)), longest=3) == b"abc"
    with pytest.raises(ValueError, match="4 bytes, more than 3"):
        framed(b"abcd", longest=3)
