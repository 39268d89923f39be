# SPDX-License-Identifier: Apache-2.0
"""`make installer-test`: are the .deb and the .run what a person needs? As root, in a fresh Debian.

Each is installed where nothing else is, started as an ordinary user on a screen in memory, a photo
is cut out and exported by mouse, `prodedit selftest` and a batch are run, it is removed, and what
is left is looked at. What was measured stands in build/installer-test/report.json, beside pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import screen_hand  # noqa: E402
from debian_room import NUMBER, USER, DebianRoom, run  # noqa: E402
from screen_hand import CORNERS, EXPORT, EXPORT_PANEL, REMOVE, Screen, is_button, is_checker  # noqa: E402

ROOT = HERE.parents[1]
SAMPLES = ROOT / "resources" / "samples"
MOST = {"deb": 750e6, "installed": 1.7e9}
"""Bytes, at most."""


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def demand(fine: bool, otherwise: str) -> None:
    """Raises SystemExit with the sentence."""
    if not fine:
        raise SystemExit(otherwise)


def memory(room: DebianRoom) -> float:
    """MB that all processes of the user in there take together, shared pages counted once."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid != NUMBER or (process / "root").readlink() != room.folder:
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1e3


def photos(room: DebianRoom) -> None:
    """Three photos of the user's own."""
    folder = room.home / "photos"
    folder.mkdir(exist_ok=True)
    for name in ("mug.jpg", "bottle.jpg", "carton.jpg"):
        shutil.copy(SAMPLES / name, folder / name)
    run("chown", "-R", f"{NUMBER}:{NUMBER}", str(folder))


def by_mouse(room: DebianRoom, screen: Screen, program: str, pictures: Path) -> dict[str, float]:
    """Open a photo, cut it out, export it; what it took."""
    target = room.home / "photos" / "exported.jpg"
    words = room.command(program, "--", f"/home/{USER}/photos/mug.jpg")
    start = time.monotonic()
    window = subprocess.Popen(words, env=room.variables(screen.display))
    try:
        screen_hand.wait("a window", screen.shows_window, pause=0.05)
        first = time.monotonic() - start
        screen_hand.wait("the photo", lambda: is_button(screen.colours((REMOVE,))[0]))
        screen_hand.wait("a small preview", lambda: memory(room) > 0)
        opened = time.monotonic() - start
        screen.click(REMOVE)
        cut = screen_hand.wait(
            "the cut-out", lambda: all(map(is_checker, screen.colours(CORNERS))), 600
        )
        used = memory(room)
        screen.colours(CORNERS, pictures.with_name(f"{pictures.name}-cut-out.png"))
        screen.click(EXPORT_PANEL)
        screen_hand.wait("the panel Export", lambda: is_button(screen.colours((EXPORT,))[0]))
        screen.click(EXPORT)
        time.sleep(5)
        screen.write(f"/home/{USER}/photos/exported.jpg")
        screen_hand.wait("the file", lambda: target.is_file() and target.stat().st_size > 10_000)
        screen.colours(CORNERS, pictures.with_name(f"{pictures.name}-exported.png"))
    finally:
        window.terminate()
        window.wait(60)
    return {"first_window_s": first, "photo_open_s": opened, "cut_out_s": cut, "memory_mb": used}


def by_commands(room: DebianRoom, program: str) -> dict[str, Any]:
    """The selftest, and a batch; what they said."""
    version = room.does(program, "--version")
    demand(version.returncode == 0, f"--version failed: {version.stderr}")
    start = time.monotonic()
    tested = room.does(program, "selftest")
    print(tested.stdout, flush=True)
    demand(tested.returncode == 0, f"The selftest failed: {tested.stderr[-2000:]}")
    middle = time.monotonic()
    place = f"/home/{USER}/photos"
    names = [f"{place}/{name}.jpg" for name in ("mug", "bottle", "carton")]
    batch = room.does(program, "batch", *names, "-o", f"{place}/done", "--recipe", "white-square")
    demand(batch.returncode == 0, f"The batch failed: {batch.stderr[-2000:]}")
    made = list((room.home / "photos" / "done").rglob("*.jpg"))
    demand(len(made) == 3, f"The batch made {len(made)} pictures of 3.")
    return {
        "version": version.stdout.strip(),
        "selftest_s": middle - start,
        "batch_of_three_s": time.monotonic() - middle,
    }


def only_data_is_left(room: DebianRoom, before: set[str]) -> list[str]:
    """What removing has left; SystemExit where that is more than what belongs to the person."""
    left = sorted(room.files() - before)
    own = (f"home/{USER}/photos/", f"home/{USER}/.local/share/prodedit/")
    own += (
        f"home/{USER}/.config/prodedit/",
        f"home/{USER}/.cache/",
        f"home/{USER}/.config/QtProject",
    )
    own += (f"home/{USER}/.local/state/prodedit/", f"home/{USER}/.local/share/recently-used.xbel")
    foreign = [name for name in left if not name.startswith(own)]
    demand(not foreign, f"Removing left these: {foreign[:20]}")
    return left


def size(folder: Path) -> float:
    """Bytes on the disk."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return float(sum(path.stat().st_size for path in files))


def try_deb(room: DebianRoom, deb: Path, screen: Screen, work: Path) -> dict[str, Any]:
    """Install by apt with nothing else, work, remove."""
    shutil.copy(deb, room.folder / "tmp" / "prodedit.deb")
    room.apt("update")
    before = room.files()
    start = time.monotonic()
    room.apt("install", "-y", "--no-install-recommends", "/tmp/prodedit.deb")
    took = time.monotonic() - start
    say(f"The .deb is installed, {took:.0f} s.")
    bytes_installed = size(room.folder / "opt" / "prodedit")
    demand(deb.stat().st_size <= MOST["deb"], "The .deb is larger than it may be.")
    demand(bytes_installed <= MOST["installed"], "Installed it is larger than it may be.")
    photos(room)
    found = by_commands(room, "prodedit")
    say("Selftest and batch are done.")
    found |= by_mouse(room, screen, "prodedit", work / "deb")
    say("Cut out and exported by mouse.")
    room.apt("purge", "-y", "prodedit")
    room.apt("autoremove", "-y", "--purge")
    left = only_data_is_left(room, before)
    say(f"Removed; {len(left)} files are left, all the person's.")
    return {"deb_mb": deb.stat().st_size / 1e6, "installed_mb": bytes_installed / 1e6,
            "install_s": took, **found, "left": left[:40]}  # fmt: skip


def try_run(room: DebianRoom, file: Path, deb: Path, screen: Screen, work: Path) -> dict[str, Any]:
    """First where the system lacks libraries, which must be told; then with them, to the end."""
    shutil.copy(file, room.folder / "tmp" / "prodedit.run")
    shutil.rmtree(room.home / "photos", ignore_errors=True)
    photos(room)
    program = f"/home/{USER}/.local/bin/prodedit"
    before = room.files()
    start = time.monotonic()
    done = room.does("sh", "/tmp/prodedit.run", "--accept", "--quiet")
    took = time.monotonic() - start
    demand(done.returncode == 0, f"The .run failed: {done.stdout[-500:]}{done.stderr[-1500:]}")
    say(f"The .run is installed, {took:.0f} s.")
    refused = room.does(program, "--", "photo.jpg", display=screen.display)
    told = refused.stderr.strip()
    demand(refused.returncode == 1 and "is missing" in told, f"Of a missing library: {told!r}")
    say(f"Without libraries it says: {told}")
    words = ["dpkg-deb", "--field", str(deb), "Depends"]
    needed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    names = [word.split()[0] for word in needed.split(",")]
    room.apt("install", "-y", "--no-install-recommends", *names)
    bystanders = room.files()
    found = by_commands(room, program)
    found |= by_mouse(room, screen, program, work / "run")
    together(room, (program, "/usr/bin/prodedit"), screen)
    found["damage"] = damaged(room, program)
    folder = room.home / ".local" / "lib" / "prodedit"
    bytes_installed = size(folder)
    script = f"/home/{USER}/.local/lib/prodedit/install.sh"
    removed = room.does("sh", script, "--uninstall")
    demand(removed.returncode == 0, f"Removing failed: {removed.stderr}")
    installed = {name for name in bystanders if not name.startswith("home/")}
    left = only_data_is_left(room, before | installed)
    say(f"Removed; {len(left)} files are left, all the person's.")
    return {"run_mb": file.stat().st_size / 1e6, "installed_mb": bytes_installed / 1e6,
            "install_s": took, "missing_library": told, **found, "left": left[:40]}  # fmt: skip


def together(room: DebianRoom, programs: tuple[str, str], screen: Screen) -> None:
    """Both installations at once, for one person: a window of each, a cut-out by each meanwhile;
    then the packaged one goes, and the other still works."""
    room.apt("install", "-y", "--no-install-recommends", "/tmp/prodedit.deb")
    place, pages = f"/home/{USER}/photos", ("mug", "bottle")
    windows = []
    try:
        for number, (program, name) in enumerate(zip(programs, pages, strict=True), 1):
            words = room.command(program, "--", f"{place}/{name}.jpg")
            around = room.variables(screen.display)
            windows.append(subprocess.Popen(words, env=around, stderr=subprocess.PIPE, text=True))
            screen_hand.wait(f"window {number}", partial(screen.shows_windows, number))
        for program, name in zip(programs, pages, strict=True):
            photo, target = f"{place}/{name}.jpg", f"{place}/{name}-of-two.png"
            done = room.does(program, "cutout", photo, "-o", target)
            demand(done.returncode == 0, f"Beside another one: {done.stderr[-1500:]}")
        demand(all(one.poll() is None for one in windows), "A window has ended beside another.")
    finally:
        for one in windows:
            one.terminate()
    for one in windows:
        said = one.communicate(timeout=60)[1]
        demand("Traceback" not in said, f"Beside another one: {said[-1500:]}")
    room.apt("purge", "-y", "prodedit")
    done = room.does(programs[0], "--version")
    demand(done.returncode == 0, f"Without the other one: {done.stderr[-1500:]}")
    say("Both worked beside each other, and one when the other was gone.")


def damaged(room: DebianRoom, program: str) -> str:
    """A network's file is cut: what the program says of it."""
    models = room.home / ".local/lib/prodedit/_internal/prodedit/_data/models"
    os.truncate(models / "u2net" / "u2net.onnx", 1000)
    place = f"/home/{USER}/photos"
    done = room.does(program, "cutout", f"{place}/mug.jpg", "-o", f"{place}/x.png")
    told = done.stderr.strip()
    demand(done.returncode != 0 and "install ProdEdit again" in told, f"Of damage: {told!r}")
    say(f"With a network's file cut it says: {told.splitlines()[0]}")
    return told


def lint(deb: Path) -> str:
    """What lintian says; SystemExit for an error."""
    done = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error", str(deb)], capture_output=True, text=True
    )
    demand(done.returncode == 0, f"lintian: {done.stdout[-3000:]}")
    return done.stdout


def main(words: list[str]) -> int:
    """Try both; 0 where all is well."""
    parser = argparse.ArgumentParser(description="Try the installers in a fresh Debian.")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "installer-test")
    parser.add_argument("--display", default=":71")
    parser.add_argument(
        "--no-lint", action="store_true", help="leave lintian out: it takes minutes"
    )
    options = parser.parse_args(words)
    if os.geteuid() != 0:
        print("This needs root: it installs a Debian of its own in a folder.", file=sys.stderr)
        return 2
    dist, work = options.dist.absolute(), options.work.absolute()
    deb, file = next(dist.glob("prodedit_*.deb")), next(dist.glob("prodedit-*.run"))
    work.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {} if options.no_lint else {"lintian": lint(deb).splitlines()}
    room = DebianRoom(work / "debian")
    room.remove()
    room.make(work / "base.tar.zst")
    say("A fresh Debian is there.")
    with room.opened(), screen_hand.screen(options.display) as screen:
        report["deb"] = try_deb(room, deb, screen, work)
        report["run"] = try_run(room, file, deb, screen, work)
    (work / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))
    room.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
