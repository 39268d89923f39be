# SPDX-License-Identifier: Apache-2.0
"""Make a checkout ready: its Python environment, and the default models.

Run by `make`, with any Python from 3.11 on and nothing but its standard library. Each part is done
once and again only when what it depends on has changed.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
BENCH_LOCK = ROOT / "packaging" / "bench.lock"
PEER_LOCK = ROOT / "packaging" / "peer.lock"
INSTALLER_LOCK = ROOT / "packaging" / "installer.lock"
ENVIRONMENT = ROOT / ".venv"
PEER = ROOT / ".venv-bench"
INSTALLER = ROOT / "build" / "installer-environment"
TORCH = "torch==2.13.0"
OLDEST_PYTHON = (3, 11)


class SetUpError(Exception):
    """Set-up cannot go on; the text tells the person what to do."""


def torch_words() -> list[str]:
    """What pip is told about torch. TORCH and TORCH_INDEX choose another version or build."""
    words = [os.environ.get("TORCH") or TORCH]
    index = os.environ.get("TORCH_INDEX")
    return [*words, "--index-url", index] if index else words


def stamp(lock: Path, words: Sequence[str]) -> str:
    """One word for all that an environment depends on: lock, torch, Python and where it lies."""
    text = "\n".join([*words, sys.version, sys.prefix, str(ROOT)])
    return hashlib.sha256(lock.read_bytes() + text.encode()).hexdigest()


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def environment() -> None:
    """`.venv` with the locked packages, torch, and this checkout as the program `prodedit`."""
    words = torch_words()

    def fill(folder: Path) -> None:
        pip(folder, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK))
        pip(folder, *words)
        pip(folder, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))

    _once(ENVIRONMENT, stamp(LOCK, words), fill)


def peers() -> None:
    """What the benchmarks run against: libraries in `.venv`, rembg in `.venv-bench`."""

    def add(folder: Path) -> None:
        pip(folder, "--require-hashes", "-r", str(BENCH_LOCK))

    def fill(folder: Path) -> None:
        pip(folder, "-r", str(PEER_LOCK))

    _once(ENVIRONMENT, stamp(BENCH_LOCK, []), add, note_name="bench-stamp")
    _once(PEER, stamp(PEER_LOCK, []), fill)


def installer() -> None:
    """What makes the installers, beside what `.venv` has: an environment that sees both."""

    def fill(folder: Path) -> None:
        pip(folder, "--require-hashes", "--only-binary=:all:", "-r", str(INSTALLER_LOCK))
        _see_also(folder, ENVIRONMENT)

    _once(INSTALLER, stamp(INSTALLER_LOCK, []), fill)


def _see_also(folder: Path, other: Path) -> None:
    """Let the environment in `folder` find what `other` has and it has not."""
    words = ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    here, there = (
        subprocess.run(
            [str(python_of(place)), *words], check=True, capture_output=True, text=True
        ).stdout.strip()
        for place in (folder, other)
    )
    line = f"import site; site.addsitedir({there!r})\n"
    (Path(here) / "checkout.pth").write_text(line, "utf-8")


def models() -> None:
    """The default models in the person's data folder: pulled where missing, and verified."""
    command = [str(python_of(ENVIRONMENT)), "-m", "prodedit", "models", "pull"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetUpError("The default models could not be brought; the lines above say why.")


def pip(folder: Path, *words: str) -> None:
    """Run `pip install` of the environment in `folder`; pip's own messages are shown."""
    command = [str(python_of(folder)), "-m", "pip", "install", "-qq", "--no-input", *words]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if subprocess.run(command, cwd=ROOT, env=quiet, check=False).returncode:
        raise SetUpError("pip could not install the packages; the lines above say why.")


def _once(
    folder: Path, wanted: str, fill: Callable[[Path], None], note_name: str = "set-up-stamp"
) -> None:
    note = folder / note_name
    if note.is_file() and note.read_text("utf-8") == wanted and python_of(folder).exists():
        return
    _check_python()
    print(f"Setting up {folder.name}: some hundred megabytes, some minutes.", flush=True)
    note.unlink(missing_ok=True)
    if not python_of(folder).exists():
        venv.create(folder, with_pip=True, clear=True, symlinks=sys.platform != "win32")
    fill(folder)
    note.write_text(wanted, "utf-8")


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SetUpError(f"Python 3.11 or newer is needed; {sys.executable} is {found}.")
    if importlib.util.find_spec("ensurepip") is None:
        _bring_venv()


def _bring_venv() -> None:
    # Debian splits ensurepip off; without it an environment would have no pip.
    packages = ["python3-venv"]
    if not system_libraries.may_install():
        line = system_libraries.apt_line(packages)
        raise SetUpError(f"Python's venv module is incomplete. Please run: {line}")
    system_libraries.install(packages)
    importlib.invalidate_caches()


PARTS = {"environment": environment, "installer": installer, "models": models, "peers": peers}


def main(names: Sequence[str]) -> int:
    """Do the named parts in order; 0 if all went well, 1 with a sentence if not, 2 for misuse."""
    if not names or any(name not in PARTS for name in names):
        print(f"usage: set_up.py {{{','.join(PARTS)}}} ...", file=sys.stderr)
        return 2
    try:
        for name in names:
            PARTS[name]()
    except (SetUpError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
