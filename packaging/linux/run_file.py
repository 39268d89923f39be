# SPDX-License-Identifier: Apache-2.0
"""Make dist/prodedit-VERSION-MACHINE.run of the bundle in dist/prodedit: one file that unpacks
itself and installs the program for one person, without root (install.sh)."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import shared_files  # noqa: E402

sys.path.insert(0, str(shared_files.ROOT))
from prodedit import __version__  # noqa: E402


def lay(tree: Path, bundle: Path) -> None:
    """What is packed: the program, what a desktop asks for, and what installs both."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(bundle, tree / "prodedit", symlinks=True, copy_function=os.link)
    shared_files.lay(tree / "share", __version__)
    (tree / "bin").mkdir()
    (tree / "bin" / "prodedit").symlink_to("../lib/prodedit/prodedit")
    script = tree / "install.sh"
    shutil.copyfile(HERE / "install.sh", script)
    script.chmod(0o755)


def main(words: list[str]) -> int:
    """Make the file, and say where it is."""
    parser = argparse.ArgumentParser(description="Make the .run file.")
    parser.add_argument("--dist", type=Path, default=shared_files.ROOT / "dist")
    parser.add_argument("--work", type=Path, default=shared_files.ROOT / "build" / "run")
    options = parser.parse_args(words)
    dist, tree = options.dist.absolute(), options.work.absolute() / "tree"
    lay(tree, dist / "prodedit")
    target = dist / f"prodedit-{__version__}-{platform.machine()}.run"
    # gzip: the one that every system can unpack. The networks hardly become smaller by any.
    command = ["makeself", "--gzip", "--complevel", "6", "--nox11", "--quiet", "--sha256"]
    command += ["--tar-extra", "--owner=0 --group=0 --numeric-owner"]
    title = f"ProdEdit {__version__}"
    subprocess.run([*command, str(tree), str(target), title, "./install.sh"], check=True)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
