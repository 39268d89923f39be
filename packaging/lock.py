# SPDX-License-Identifier: Apache-2.0
"""Write the locks: every package of a checkout, pinned, with the hashes of its files.

Run by `make lock` after a change of the dependencies in pyproject.toml. torch is left out, because
its build (CPU, CUDA, ROCm) is the machine's choice; what every build of it needs is in. A lock is
made for the oldest Python that is supported and serves the newer ones too.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
BENCH_LOCK = ROOT / "packaging" / "bench.lock"
CLUSTER_LOCK = ROOT / "packaging" / "cluster.lock"
INSTALLER_LOCK = ROOT / "packaging" / "installer.lock"
GPU_LOCK = ROOT / "resources" / "gpu_pack.lock"
NEEDED_BY_ENGINE = (
    "flatbuffers", "msgspec", "ncnn", "numpy", "onnxruntime", "opencv-python-headless", "packaging",
    "pillow", "platformdirs", "protobuf", "safetensors",
    "markupsafe", "mpmath", "typing-extensions",
)  # fmt: skip
"""What the engine process imports, and what those import (the last three: torch). What ncnn brings
for its downloads is never imported."""
NEEDED_BY_TORCH = ("filelock", "fsspec", "jinja2", "networkx", "setuptools", "sympy")
OLDEST = "python_version < '3.12'"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-annotate",
)
HEADER = """\
# Made by `make lock` from pyproject.toml; not edited by hand.
# torch stands outside: packaging/set_up.py installs it.
"""


def checkout() -> list[str]:
    """The direct dependencies of a checkout as the oldest Python sees them, without torch. What is
    for some systems only stays so in the lock."""
    project = _project()
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [_without_marker(line) for line in lines if _is_for_lock(line)] + list(NEEDED_BY_TORCH)


def besides(*extras: str) -> list[str]:
    """What extras need besides, at versions that go with the checkout's lock."""
    known = _project()["optional-dependencies"]
    return [f"-c {LOCK}", *(line for extra in extras for line in known[extra])]


def _project() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project: dict[str, Any] = tomllib.loads(text)["project"]
    return project


def _is_for_lock(line: str) -> bool:
    requirement, _, marker = line.partition(";")
    is_torch = re.match(r"torch\b(?!-)", requirement.strip(), re.IGNORECASE)
    return not is_torch and ("python_version" not in marker or marker.strip() == OLDEST)


def _without_marker(line: str) -> str:
    return line.partition(";")[0].strip() if OLDEST in line else line


def _compiler() -> Path:
    folder = ROOT / "build" / "lock-environment"
    program = folder / "bin" / "pip-compile"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "pip-tools>=7.5"], check=True)
    return program


def write(lock: Path, lines: list[str]) -> None:
    """Compile `lines` into `lock`; what is pinned there stays unless it no longer fits."""
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "direct.in", Path(name) / lock.name
        source.write_text("\n".join(lines) + "\n", "utf-8")
        if lock.exists():
            target.write_bytes(lock.read_bytes())
        options = [*OPTIONS, *sys.argv[1:], "--output-file", str(target)]
        command = [str(_compiler()), *options, str(source)]
        subprocess.run(command, check=True, cwd=ROOT)
        lock.write_text(HEADER + target.read_text("utf-8"), "utf-8")


def gpu_pack() -> str:
    """The part of the checkout's lock that the engine process needs, for the environment that the
    program makes for graphics cards."""
    blocks = re.split(r"^(?=[a-z0-9])", LOCK.read_text("utf-8"), flags=re.MULTILINE)
    wanted = {*NEEDED_BY_ENGINE, *NEEDED_BY_TORCH}
    # Comments between two packages belong to neither.
    kept = [re.sub(r"^#.*\n", "", block, flags=re.MULTILINE).rstrip() for block in blocks[1:]]
    return HEADER + "".join(f"{one}\n" for one in kept if one.partition("==")[0] in wanted)


if __name__ == "__main__":
    write(LOCK, checkout())
    write(BENCH_LOCK, besides("bench"))
    write(CLUSTER_LOCK, besides("cluster"))
    write(INSTALLER_LOCK, besides("installer", "heif", "raw"))
    GPU_LOCK.write_text(gpu_pack(), "utf-8")
