# SPDX-License-Identifier: Apache-2.0
"""What went wrong, kept in small files that a bug report can bring along. They are sent nowhere."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

_MOST_BYTES = 512 << 10
LOG, CRASH = "prodedit.log", "crash.log"
_log = logging.getLogger("prodedit")
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_folder() -> Path:
    """Of this user."""
    return platformdirs.user_log_path("prodedit", False)


def keep_log(folder: Path) -> None:
    """From now on warnings, errors, what nobody caught, and where a crash came from. Nothing where
    the folder can't be written to: the program is not worse for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        crash = (folder / CRASH).open("a", encoding="utf-8")
        handler = RotatingFileHandler(
            folder / LOG, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError as error:
        _log.warning("no log is kept: %s", error)
        return
    if crash.tell() > _MOST_BYTES:
        crash.truncate(0)
    faulthandler.enable(crash)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_FORM))
    logging.getLogger().addHandler(handler)
    _listen()


def _listen() -> None:
    said = sys.excepthook

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.error("not caught", exc_info=(kind, error, trace))
        said(kind, error, trace)

    def uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            uncaught(given.exc_type, given.exc_value, given.exc_traceback)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
