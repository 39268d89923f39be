# SPDX-License-Identifier: Apache-2.0
"""Make dist/ProdEdit.app, on macOS; run by the Python of `set_up.py installer`. Not run yet; see
../README.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "packaging" / "bundle"))

import build  # noqa: E402


def main() -> int:
    if sys.platform != "darwin":
        sys.exit("A macOS application can be made on macOS only.")
    dist, work = ROOT / "dist", ROOT / "build" / "app"
    build.bring_models()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(work), str(HERE / "prodedit.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    app = dist / "ProdEdit.app"
    build.complete(app / "Contents" / "Resources", work)
    program = app / "Contents" / "MacOS" / "prodedit"
    subprocess.run([str(program), "--version"], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
