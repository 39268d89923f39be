# SPDX-License-Identifier: Apache-2.0
"""A fresh Debian in a folder, with an ordinary user, by debootstrap and the machine's own apt
settings. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER, NUMBER = "merchant", 1000
_CHANGING = ("var/cache/", "var/log/", "var/lib/apt/", "var/lib/dpkg/", "tmp/", "run/", "root/")
_REMADE = ("etc/ld.so.cache", "etc/passwd-", "etc/group-", "var/lib/systemd/")


class DebianRoom:
    """The system in `folder`; outer programs are not seen in it, but the screen is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home" / USER

    def make(self, kept: Path) -> None:
        """Anew, from the archive `kept` where a former run has left one."""
        self.folder.mkdir(parents=True)
        if not kept.is_file():
            address, suite = _source()
            run("debootstrap", "--variant=minbase", suite, str(self.folder), address)
            kept.parent.mkdir(parents=True, exist_ok=True)
            run("tar", "-C", str(self.folder), "--zstd", "-cf", str(kept), ".")
        else:
            run("tar", "-C", str(self.folder), "--zstd", "-xf", str(kept))
        (self.folder / "etc" / "apt" / "sources.list").unlink(missing_ok=True)  # debootstrap's own
        for name in ("sources.list", "sources.list.d", "apt.conf.d", "keyrings"):
            _copy(Path("/etc/apt") / name, self.folder / "etc" / "apt" / name)
        run("useradd", "--root", str(self.folder), "-m", "-u", str(NUMBER), USER)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """With the one thing that programs expect to be mounted, besides the few devices that
        debootstrap makes."""
        place = self.folder / "proc"
        run("mount", "-t", "proc", "proc", str(place))
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=False)

    def remove(self) -> None:
        """All of it; nothing where it is not there."""
        place = self.folder / "proc"
        if place.is_mount():  # left by a run that was killed
            run("umount", "--lazy", str(place))
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words: str, user: bool = True) -> list[str]:
        """Words that run a program in there."""
        who = ["--userspec", f"{NUMBER}:{NUMBER}"] if user else []
        return ["/usr/sbin/chroot", *who, str(self.folder), *words]

    def variables(self, display: str = "") -> dict[str, str]:
        """An ordinary login's, and nothing of the machine's."""
        home = f"/home/{USER}"
        path = f"{home}/.local/bin:/usr/local/bin:/usr/bin:/bin"
        found = {"HOME": home, "USER": USER, "PATH": path, "LANG": "C.UTF-8"}
        return found | ({"DISPLAY": display} if display else {})

    def does(self, *words: str, display: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program as the user; what it says, whatever its exit code."""
        return subprocess.run(
            self.command(*words), env=self.variables(display), capture_output=True, text=True,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def apt(self, *words: str) -> None:
        """Let apt do something, as root."""
        quiet = {"PATH": os.environ["PATH"], "DEBIAN_FRONTEND": "noninteractive", "LANG": "C"}
        command = self.command("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *words, user=False)
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)

    def files(self) -> set[str]:
        """Every file, but those that any use of the system changes."""
        found = set()
        for place, folders, names in os.walk(self.folder):
            inside = os.path.relpath(place, self.folder)
            inside = "" if inside == "." else f"{inside}/"
            folders[:] = [
                name for name in folders if f"{inside}{name}" not in ("proc", "sys", "dev")
            ]
            found |= {f"{inside}{name}" for name in names}
        return {name for name in found if not name.startswith(_CHANGING + _REMADE)}


def _source() -> tuple[str, str]:
    """Where this machine's own apt gets its packages, and of which release."""
    words = [
        "apt-get",
        "indextargets",
        "--format",
        "$(REPO_URI) $(CODENAME)",
        "Created-By: Packages",
    ]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    address, suite = next(line for line in lines if "-" not in line.split()[1]).split()
    return address, suite


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copy(source, target)


def run(*words: str, wanted: Sequence[int] = (0,)) -> None:
    """Run a program of this machine, quietly. Raises SystemExit where it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode not in wanted:
        raise SystemExit(f"{words[0]} failed: {(done.stderr or done.stdout)[-2000:]}")
