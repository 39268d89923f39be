# SPDX-License-Identifier: Apache-2.0
"""Make an AppImage of the bundle: build.py BUNDLE OUT [--tool APPIMAGETOOL] [--runtime FILE]

BUNDLE is dist/prodedit, or what takes its place. Without a tool the folder is laid out only, which
runs by its AppRun: OUT is the AppDir then. The tool and the runtime come from the person who calls.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "linux"), str(ROOT)]

import shared_files  # noqa: E402

from prodedit import __version__  # noqa: E402


def lay_out(bundle: Path, folder: Path) -> None:
    """The AppDir in an empty folder."""
    shutil.copytree(bundle, folder / "opt" / "prodedit", symlinks=True)
    share = folder / "usr" / "share"
    shared_files.lay(share, __version__, man=False)
    name = shared_files.ID
    shutil.copy(share / "applications" / f"{name}.desktop", folder / f"{name}.desktop")
    icon = share / "icons" / "hicolor" / "256x256" / "apps" / f"{name}.png"
    shutil.copy(icon, folder / f"{name}.png")
    (folder / ".DirIcon").symlink_to(f"{name}.png")
    # The tool looks for the description under this name.
    described = share / "metainfo" / f"{name}.metainfo.xml"
    shutil.copy(described, described.with_name(f"{name}.appdata.xml"))
    shutil.copy(HERE / "AppRun", folder / "AppRun")
    (folder / "AppRun").chmod(0o755)


def pack(folder: Path, out: Path, tool: str, runtime: Path | None) -> None:
    """One file of the AppDir. Raises CalledProcessError."""
    words = [
        *shlex.split(tool),
        "--no-appstream",
        *(["--runtime-file", str(runtime)] if runtime else []),
    ]
    variables = {**os.environ, "ARCH": "x86_64", "VERSION": __version__}
    subprocess.run([*words, str(folder), str(out)], check=True, env=variables)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Make an AppImage of the bundle.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tool", default="")
    parser.add_argument("--runtime", type=Path)
    options = parser.parse_args(words)
    if not (options.bundle / "prodedit").is_file():
        sys.exit(f"There is no bundle in {options.bundle}: make it first (packaging/bundle).")
    if not options.tool:
        lay_out(options.bundle, options.out)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "AppDir"
        folder.mkdir()
        lay_out(options.bundle, folder)
        pack(folder, options.out.absolute(), options.tool, options.runtime)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
