# SPDX-License-Identifier: Apache-2.0
"""Make the bundle: dist/prodedit/, with licences and the list of its parts.

Run by the Python of `set_up.py installer`, on the system that the bundle is for:
build.py [--dist FOLDER] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import inventory  # noqa: E402
import parts  # noqa: E402

sys.path.insert(0, str(parts.ROOT))
from prodedit import __version__  # noqa: E402
from prodedit.data_files import models_folder  # noqa: E402
from prodedit.engine.cards import read_cards  # noqa: E402


def bring_models() -> None:
    """Every network that travels inside; those that are there and whole are not brought again."""
    for model in parts.models():
        command = [sys.executable, "-m", "prodedit", "models", "pull", model]
        subprocess.run(command, check=True, cwd=parts.ROOT)


def freeze(dist: Path, work: Path) -> Path:
    """Let PyInstaller work; the folder of the bundle."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(work), str(HERE / "prodedit.spec")]
    subprocess.run(command, check=True, cwd=parts.ROOT)
    return dist / "prodedit"


def complete(bundle: Path, work: Path) -> None:
    """Licences and the list of parts, beside the program."""
    found = inventory.inventory(work / "prodedit")
    origins = {card.id: card.origin for card in read_cards(models_folder()).values()}
    inventory.write_licences(found, bundle / "licences", origins)
    moment = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    made = datetime.datetime.fromtimestamp(moment, datetime.UTC).isoformat(timespec="seconds")
    told = inventory.sbom(found, __version__, made)
    (bundle / "sbom.cdx.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def check(bundle: Path) -> None:
    """It starts, and says its version."""
    name = "prodedit-cli.exe" if sys.platform == "win32" else "prodedit"
    command = [str(bundle / name), "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if said.strip() != f"prodedit {__version__}":
        raise SystemExit(f"The bundle says {said!r}.")


def size_of(folder: Path) -> float:
    """In MB; links count nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


def main(words: list[str]) -> int:
    """Make it, and say what came of it."""
    parser = argparse.ArgumentParser(description="Make the bundle.")
    parser.add_argument("--dist", type=Path, default=parts.ROOT / "dist")
    parser.add_argument("--work", type=Path, default=parts.ROOT / "build" / "bundle")
    options = parser.parse_args(words)
    start = time.monotonic()
    bring_models()
    bundle = freeze(options.dist.absolute(), options.work.absolute())
    complete(bundle, options.work.absolute())
    check(bundle)
    print(f"{bundle}: {size_of(bundle):.0f} MB, {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
