# SPDX-License-Identifier: Apache-2.0
"""Pictures one after the other as a film: GIF, WebP, and MP4 where ffmpeg is on the computer."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.provenance import ALL
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import srgb_profile
from prodedit.files.xmp import provenance_packet

Frames = NDArray[np.uint8]
_SECONDS = 120
_QUALITY = 90


def film_suffixes() -> tuple[str, ...]:
    """What can be written on this computer."""
    return (".webp", ".gif", *((".mp4",) if shutil.which("ffmpeg") else ()))


def write_film(path: Path, frames: Frames, rate: float, source: str = ALL) -> int:
    """Write (n, h, w, 4) opaque BGRA, `rate` frames a second, whole or not at all; the bytes.

    source: IPTC DigitalSourceType, told in WebP and MP4; GIF has no room for it but a comment.
    Raises Problem where the name's ending is none of `film_suffixes`, or it can't be written.
    """
    if len(frames) < 1 or rate <= 0:
        raise ValueError("a film has frames, and a rate above 0")
    kind = path.suffix.lower()
    if kind not in film_suffixes():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Films can't be saved as “{suffix}” here, only as {known}."
            ),
            code="no-film",
            suffix=kind,
            known=", ".join(film_suffixes()),
        )
    data = _WRITERS[kind](frames, rate, source)
    write_atomic(path, data)
    return len(data)


def there_and_back(frames: Frames) -> Frames:
    """To the last and back, without either end twice: it can go round for ever."""
    return np.concatenate((frames, frames[-2:0:-1]))


def _gif(frames: Frames, rate: float, source: str) -> bytes:
    # GIF counts hundredths of a second, and viewers slow down what is faster than two of them.
    hundredths = max(2, round(100 / rate))
    comment = f"DigitalSourceType={source}" if source else ""
    return _animated(
        _pictures(frames), "GIF", duration=10 * hundredths, loop=0, comment=comment.encode()
    )


def _webp(frames: Frames, rate: float, source: str) -> bytes:
    told: dict[str, Any] = {"icc_profile": srgb_profile(), "xmp": provenance_packet(source)}
    duration = max(1, round(1000 / rate))
    return _animated(
        _pictures(frames), "WEBP", duration=duration, loop=0, quality=_QUALITY, method=4, **told
    )


def _animated(pictures: Sequence[Image.Image], kind: str, **options: Any) -> bytes:
    with tempfile.TemporaryFile() as file:
        first, *others = pictures
        first.save(file, kind, save_all=True, append_images=others, **options)
        file.seek(0)
        return file.read()


def _pictures(frames: Frames) -> list[Image.Image]:
    return [Image.fromarray(np.ascontiguousarray(frame[..., 2::-1])) for frame in frames]


def _mp4(frames: Frames, rate: float, source: str) -> bytes:
    """H.264 as every phone plays it; its sides have to be even."""
    height, width = frames.shape[1:3]
    even = np.ascontiguousarray(frames[:, : height - height % 2, : width - width % 2])
    with tempfile.TemporaryDirectory(prefix="prodedit-") as folder:
        path = Path(folder) / "film.mp4"
        command = [
            "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra",
            "-s", f"{even.shape[2]}x{even.shape[1]}", "-r", f"{rate:g}", "-i", "-",
            "-pix_fmt", "yuv420p", "-crf", "18", "-movflags", "+faststart",
            "-metadata", f"comment=DigitalSourceType={source}", str(path),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, input=even.tobytes(), check=True, capture_output=True, timeout=_SECONDS
            )
            return path.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise _not_encoded(error) from error


def _not_encoded(error: Exception) -> Problem:
    said = getattr(error, "stderr", b"") or b""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The program ffmpeg could not make this film. Save it as WebP or GIF."
        ),
        code="ffmpeg-failed",
        details=said.decode("utf-8", "replace")[-2000:] or str(error),
    )


_WRITERS: Mapping[str, Callable[[Frames, float, str], bytes]] = {
    ".gif": _gif,
    ".webp": _webp,
    ".mp4": _mp4,
}
