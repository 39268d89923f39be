# SPDX-License-Identifier: Apache-2.0
"""Make dist/prodedit_VERSION_ARCHITECTURE.deb of the bundle in dist/prodedit.

The program goes to /opt/prodedit. What it needs of the system is read from its libraries; what two
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
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import shared_files  # noqa: E402

sys.path.insert(0, str(shared_files.ROOT))
from prodedit import __version__  # noqa: E402

MAINTAINER = "The ProdEdit authors <hello@prodedit.example>"
WORKS_WITHOUT = ("libqgtk3.so", "libcupsprintersupport.so")
KEYMAPS = "xkb-data"
"""What libxkbcommon, which the bundle brings, reads."""
FONTS = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei"
DESCRIPTION = """\
editor for pictures of products
 Cuts out, retouches and exports pictures of products, one or ten thousand,
 without a network and without a fee: layers, masks, shadows, styles, enlarging,
 presets of marketplaces with a check of their rules, batches by recipes.
 .
 The networks that it works with are inside.
"""


class Asked(NamedTuple):
    """What files ask the loader for: libraries, and the C library's version."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def needs(bundle: Path) -> dict[str, str]:
    """The fields Depends and Recommends, from what the bundle's files ask for and do not bring."""
    files = [path for path in sorted(bundle.rglob("*")) if path.is_file() and is_elf(path)]
    inside = {path.name for path in files}
    plain = asked([path for path in files if path.name not in WORKS_WITHOUT])
    optional = asked([path for path in files if path.name in WORKS_WITHOUT])
    libc = f"libc6 (>= {'.'.join(map(str, plain.glibc))})"
    depends = packages(plain.libraries - inside)
    besides = packages(optional.libraries - inside) - depends
    return {
        "Depends": ", ".join([libc, *sorted((depends - {"libc6"}) | {KEYMAPS})]),
        "Recommends": ", ".join([*sorted(besides), FONTS]),
    }


def asked(files: list[Path]) -> Asked:
    """By the tables in them."""
    told = subprocess.run(
        ["objdump", "-p", *map(str, files)], check=True, capture_output=True, text=True
    ).stdout
    versions = re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)", told)
    newest = max((tuple(map(int, version.split("."))) for version in versions), default=(2, 17))
    return Asked(frozenset(re.findall(r"NEEDED +(\S+)", told)), newest)


def packages(libraries: frozenset[str]) -> set[str]:
    """Debian's packages of them. What this system lacks itself is told and left out."""
    told = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True)
    places = dict(re.findall(r"^\s+(\S+) .*=> (\S+)$", told.stdout, re.MULTILINE))
    found = set()
    for name in sorted(libraries):
        if name not in places:
            print(f"Left out: nobody knows the package of {name}.", file=sys.stderr)
            continue
        place = Path(places[name])
        words = ["dpkg-query", "--search", f"*/{place.resolve().name}"]
        owners = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        found.add(owners.split(":")[0])
    return found


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
    is_program = os.access(source, os.X_OK) and ".so" not in source and is_elf(Path(source))
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    Path(target).chmod(0o755 if is_program else 0o644)


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
        "Homepage": "https://prodedit.example/",
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
    found = needs(root / "opt" / "prodedit")
    (root / "DEBIAN").mkdir()
    shared_files.put(root / "DEBIAN" / "control", control(root, found).encode())
    shared_files.put(root / "DEBIAN" / "md5sums", sums(root).encode())
    target = dist / f"prodedit_{__version__}_{architecture()}.deb"
    # What Debian's own tools take; more effort gains little, as the networks hardly become smaller.
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(root), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
