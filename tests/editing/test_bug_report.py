# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from prodedit import __version__
from prodedit.editing import bug_report
from prodedit.editing.catalogue_choice import CatalogueChoice
from prodedit.editing.log_file import CRASH, LOG
from prodedit.editing.settings import Settings

SCRIPT = """
import faulthandler, logging, sys, threading
from pathlib import Path
from prodedit.editing.log_file import keep_log
keep_log(Path(sys.argv[1]))
logging.getLogger("prodedit.some").warning("the disk is slow")
logging.getLogger("prodedit.some").info("not worth it")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
if sys.argv[2] == "crash":
    faulthandler._sigsegv()
raise KeyError("nobody")
"""


def run(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", SCRIPT, str(folder), how]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)


def test_what_goes_wrong_is_in_the_log(tmp_path: Path) -> None:
    done = run(tmp_path, "raise")
    assert "KeyError: 'nobody'" in done.stderr
    found = bug_report.logs(tmp_path)
    for said in ("the disk is slow", "ZeroDivisionError", "KeyError: 'nobody'"):
        assert said in found[LOG]
    assert "not worth it" not in found[LOG]


def test_a_crash_says_where(tmp_path: Path) -> None:
    assert run(tmp_path, "crash").returncode != 0
    assert "Segmentation fault" in bug_report.logs(tmp_path)[CRASH]


def test_no_log_is_no_reason_not_to_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "KeyError" in run(tmp_path / "file", "raise").stderr
    assert bug_report.logs(tmp_path / "file") == {}


def test_it_says_what_computer_this_is_and_names_no_picture(tmp_path: Path) -> None:
    settings = Settings(
        recent=("/shop/secret.jpg",),
        export_folder="/shop/secret",
        catalogue=CatalogueChoice(folders=("/shop/secret",)),
    )
    found = bug_report.facts(settings, tmp_path / "not" / "there")
    text = bug_report.as_text(found)
    assert f"ProdEdit: {__version__}" in text
    assert "Network u2net: not here" in text
    assert found["numpy"][0].isdigit()
    assert "secret" not in text
    target = tmp_path / "report.zip"
    bug_report.write(target, [("report.txt", text)])
    with zipfile.ZipFile(target) as archive:
        assert archive.read("report.txt").decode() == text


def test_logs_do_not_name_the_persons_folder(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text(f"can't read {Path.home()}/photos/x.jpg\n")
    assert bug_report.logs(tmp_path)[LOG] == "can't read ~/photos/x.jpg\n"
