# SPDX-License-Identifier: Apache-2.0
"""Make dist/prodedit_VERSION_ARCHITECTURE.deb of the bundle in dist/prodedit.

The program goes to /opt/prodedit. What it needs of the system is found by dpkg-shlibdeps; what two
of Qt's plugins need (GTK's look, printing) is only recommended. There are no scripts: menus, icons
and types of files are taken up by the triggers of the desktop's own packages.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import shared_files  # noqa: E402

sys.path.insert(0, str(shared_files.ROOT))
from prodedit import __version__  # noqa: E402

MAINTAINER = "The ProdEdit authors <hello@prodedit.io>"
WORKS_WITHOUT = ("libqgtk3.so", "libcupsprintersupport.so")
FONTS = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei"
DESCRIPTION = """\
editor for pictures of products
 Cuts out, retouches and exports pictures of products, one or ten thousand,
 without a network and without a fee: layers, masks, shadows, styles, enlarging,
 presets of marketplaces with a check of their rules, batches by recipes.
 .
 The networks that it works with are inside.
"""


def needs(root: Path, bundle: Path) -> dict[str, str]:
    """The fields Depends and Recommends, from what the bundle's libraries ask the loader for."""
    plain, optional = [], []
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_elf(path):
            (optional if path.name in WORKS_WITHOUT else plain).append(str(path))
    folders = sorted({str(Path(path).parent) for path in (*plain, *optional)})
    control = root.parent / "debian" / "control"
    control.parent.mkdir(exist_ok=True)
    control.write_text("Source: prodedit\n\nPackage: prodedit\nArchitecture: any\n", "utf-8")
    words = [f"-l{folder}" for folder in folders]
    words += ["--ignore-missing-info", "--warnings=0", "-O", f"-S{root}"]
    words += ["-dDepends", *(f"-e{path}" for path in plain)]
    words += ["-dRecommends", *(f"-e{path}" for path in optional)]
    told = subprocess.run(
        ["dpkg-shlibdeps", *words], check=True, capture_output=True, text=True, cwd=root.parent
    ).stdout
    found = dict(re.findall(r"shlibs:(\w+)=(.*)", told))
    return {**found, "Recommends": ", ".join(filter(None, (found.get("Recommends"), FONTS)))}


def is_elf(path: Path) -> bool:
    """True for programs and libraries."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def lay(root: Path, bundle: Path) -> None:
    """The package's tree. Files of the bundle are linked, where the disk can, and not copied."""
    shutil.copytree(bundle, root / "opt" / "prodedit", symlinks=True, copy_function=_link)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "prodedit").symlink_to("/opt/prodedit/prodedit")
    shared_files.lay(root / "usr" / "share", __version__)
    texts = root / "usr" / "share" / "doc" / "prodedit"
    shared_files.put(texts / "copyright", (HERE / "copyright").read_bytes())
    overrides = root / "usr" / "share" / "lintian" / "overrides" / "prodedit"
    shared_files.put(overrides, (HERE / "lintian-overrides").read_bytes())
    log = subprocess.run(
        ["gzip", "-9n"], input=changelog().encode(), check=True, capture_output=True
    ).stdout
    shared_files.put(texts / "changelog.gz", log)
    for path in (root, *root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def _link(source: str, target: str) -> None:
    mode = 0o755 if os.access(source, os.X_OK) and not source.endswith(".so") else 0o644
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    Path(target).chmod(mode)


def changelog() -> str:
    """As Debian's tools read it."""
    when = shared_files.day().strftime("%a, %d %b %Y 00:00:00 +0000")
    line = "  * Version of this day; what is new stands in the program's own CHANGELOG."
    head = f"prodedit ({__version__}) stable; urgency=medium"
    return f"{head}\n\n{line}\n\n -- {MAINTAINER}  {when}\n"


def control(root: Path, found: dict[str, str]) -> str:
    """The package's own description of itself."""
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    fields = {
        "Package": "prodedit",
        "Version": __version__,
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        **found,
        "Section": "graphics",
        "Priority": "optional",
        "Homepage": "https://prodedit.io/",
        "Description": DESCRIPTION.rstrip("\n"),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def architecture() -> str:
    """Debian's word for this computer's processors."""
    words = ["dpkg", "--print-architecture"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def sums(root: Path) -> str:
    """The md5 of each file, by which dpkg can verify what is installed."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    names = [str(path.relative_to(root)) for path in files if "DEBIAN" not in path.parts]
    told = subprocess.run(
        ["md5sum", "--", *names], check=True, capture_output=True, text=True, cwd=root
    )
    return told.stdout


def main(words: list[str]) -> int:
    """Make the package, and say where it is."""
    parser = argparse.ArgumentParser(description="Make the .deb.")
    parser.add_argument("--dist", type=Path, default=shared_files.ROOT / "dist")
    parser.add_argument("--work", type=Path, default=shared_files.ROOT / "build" / "deb")
    options = parser.parse_args(words)
    work, dist = options.work.absolute(), options.dist.absolute()
    root = work / "tree"
    shutil.rmtree(root, ignore_errors=True)
    lay(root, dist / "prodedit")
    found = needs(root, root / "opt" / "prodedit")
    (root / "DEBIAN").mkdir()
    shared_files.put(root / "DEBIAN" / "control", control(root, found).encode())
    shared_files.put(root / "DEBIAN" / "md5sums", sums(root).encode())
    target = dist / f"prodedit_{__version__}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(root), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
