# SPDX-License-Identifier: Apache-2.0
"""Open the editor with a photo, or do the same job without a screen: what `make run` runs."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import set_up
import system_libraries

SAMPLE = set_up.ROOT / "resources" / "samples" / "mug.jpg"
RESULTS = set_up.ROOT / "build" / "first-run"
PYTHON = str(set_up.python_of(set_up.ENVIRONMENT))
PROBE = "import sys; from PySide6.QtGui import QGuiApplication as A; A(sys.argv)"
SCREENLESS = ("offscreen", "minimal", "vnc")


def why_no_screen(variables: Mapping[str, str]) -> str:
    """Why no window can be shown here, as a sentence; empty if one can."""
    if variables.get("QT_QPA_PLATFORM", "").split(":")[0] in SCREENLESS:
        return f"QT_QPA_PLATFORM asks for no screen ({variables['QT_QPA_PLATFORM']})."
    if sys.platform != "linux":
        return ""
    if not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
        return "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set."
    # Qt ends the whole process where a display does not answer, so a process of its own asks.
    asked = subprocess.run([PYTHON, "-c", PROBE], env=variables, capture_output=True, check=False)
    if asked.returncode == 0:
        return ""
    name = variables.get("WAYLAND_DISPLAY") or variables.get("DISPLAY")
    return f"The display {name} could not be opened."


def window(photo: Path) -> int:
    """The editor with `photo`; returns its exit code when the person closes it."""
    return _prodedit("--", str(photo))


def without_screen(photo: Path) -> int:
    """Cut the photo out and take a picture of the window, both into files, and say where."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    result = RESULTS / f"{photo.stem}-cut-out.png"
    picture = RESULTS / "window.png"
    failed = _prodedit("cutout", str(photo), "-o", str(result))
    failed = _prodedit("--screenshot", str(picture), str(photo)) or failed
    for what, path in (("The product cut out", result), ("The window", picture)):
        print(f"{what}: {path}" if path.is_file() else f"{what} was not written.")
    return failed


def _prodedit(*words: str) -> int:
    return subprocess.run([PYTHON, "-m", "prodedit", *words], check=False).returncode


def main(photo: Path) -> int:
    """Show `photo`, on the screen if there is one."""
    if not photo.is_file():
        print(f"There is no photo at {photo}.", file=sys.stderr)
        return 2
    if os.environ.get("DISPLAY") and system_libraries.provide("screen"):
        return 1
    reason = why_no_screen(os.environ)
    if not reason:
        return window(photo)
    print(f"{reason} Doing the same job without a window.", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return without_screen(photo)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else SAMPLE))
