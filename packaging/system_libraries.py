# SPDX-License-Identifier: Apache-2.0
"""What the program needs from the system beyond pip: which of it is missing, and the apt line.

The libraries are those that Qt's own files ask the loader for. Each is tried by opening it, as Qt
would, so any distribution's package counts; the names of packages are Debian's.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Need(NamedTuple):
    """One thing to be found on the system, how to look for it, and Debian's package of it."""

    name: str
    package: str
    found: Callable[[str], bool]


def opens(library: str) -> bool:
    """True if the loader finds `library` and all that it needs in turn."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_program(name: str) -> bool:
    """True if `name` is on the path."""
    return shutil.which(name) is not None


def has_glyphs(language: str) -> bool:
    """True if fontconfig knows a font for `language`."""
    if not is_program("fc-list"):
        return False
    command = ["fc-list", f":lang={language}", "family"]
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


def _libraries(*pairs: tuple[str, str]) -> tuple[Need, ...]:
    return tuple(Need(name, package, opens) for name, package in pairs)


# Linked by libQt6Core, libQt6Gui and the offscreen platform: needed even without a screen.
WINDOW = (
    *_libraries(
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libfreetype.so.6", "libfreetype6"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libzstd.so.1", "libzstd1"),
    ),
    # The window speaks Chinese too; without such a font its texts are empty boxes.
    Need("fc-list", "fontconfig", is_program),
    Need("zh-cn", "fonts-wqy-microhei", has_glyphs),
)

# Linked by the xcb platform (libqxcb and libQt6XcbQpa): needed for a window on a screen.
SCREEN = _libraries(
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)

# For the tests in a real window: a screen in memory, and a hand for its mouse and keys; and what
# reads the files by which desktops know the program.
TESTS = (
    *SCREEN,
    Need("Xvfb", "xvfb", is_program),
    Need("xdotool", "xdotool", is_program),
    Need("desktop-file-validate", "desktop-file-utils", is_program),
    Need("appstreamcli", "appstream", is_program),
    Need("update-mime-database", "shared-mime-info", is_program),
)

# What makes the .deb and the .run; the libraries of the screen travel in the .run.
INSTALLER = (
    *SCREEN,
    Need("objdump", "binutils", is_program),
    Need("makeself", "makeself", is_program),
)

INSTALLER_TEST = (
    *TESTS,
    Need("debootstrap", "debootstrap", is_program),
    Need("lintian", "lintian", is_program),
)

GROUPS = {
    "window": WINDOW,
    "screen": SCREEN,
    "tests": TESTS,
    "installer": INSTALLER,
    "installer-test": INSTALLER_TEST,
}


def missing(needs: Sequence[Need]) -> list[str]:
    """Debian's packages for those of `needs` that are not there, in order, each once."""
    return list(dict.fromkeys(need.package for need in needs if not need.found(need.name)))


def apt_line(packages: Sequence[str]) -> str:
    """The line that a person types to get `packages`."""
    return "sudo apt install " + " ".join(packages)


def may_install() -> bool:
    """True for root on a system with apt."""
    return sys.platform == "linux" and os.geteuid() == 0 and is_program("apt-get")


def install(packages: Sequence[str]) -> None:
    """Install `packages` with apt; raises CalledProcessError where apt fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *words]
        nowhere = subprocess.DEVNULL
        subprocess.run(command, check=True, env=quiet, stdin=nowhere, stdout=nowhere)


def provide(group: str) -> list[str]:
    """See to the group's needs: install as root, else name them; returns what is still missing."""
    if sys.platform != "linux":
        return []
    needs = GROUPS[group]
    packages = missing(needs)
    if packages and may_install():
        print(f"Installing system packages: {' '.join(packages)}", flush=True)
        try:
            install(packages)
        except subprocess.CalledProcessError as error:
            print(f"apt-get failed with exit code {error.returncode}.", file=sys.stderr)
        packages = missing(needs)
    if packages:
        print(f"System packages are missing. Please run: {apt_line(packages)}", file=sys.stderr)
    return packages


def main(groups: Sequence[str]) -> int:
    """Provide the named groups; 0 if nothing is missing, 1 if something is, 2 for a wrong name."""
    unknown = [group for group in groups if group not in GROUPS]
    if unknown or not groups:
        print(f"usage: system_libraries.py {{{','.join(GROUPS)}}} ...", file=sys.stderr)
        return 2
    return 1 if sum(len(provide(group)) for group in groups) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
