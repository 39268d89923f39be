# SPDX-License-Identifier: Apache-2.0
"""Composition root of the window: everything is made here and handed what it works on."""

from __future__ import annotations

import argparse
import faulthandler
import importlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from prodedit import __version__
from prodedit.data_files import resources_folder
from prodedit.editing.appearance import read_appearance
from prodedit.gui.first_paint import AfterFirstPaint
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import apply_theme
from prodedit.gui.translation import chosen_language, install_language, translate

APPLICATION_ID = "io.prodedit.ProdEdit"
_LATER = (
    "prodedit.editing.workspace",
    "prodedit.engine.service.client",
    "prodedit.gui.furniture",
    "prodedit.gui.document_view",
)
"""What brings numpy, OpenCV, codecs and the engine's client with it."""


def main(arguments: list[str]) -> int:
    """Open the window with the files named; the exit code."""
    options = _parsed(arguments)
    faulthandler.enable()
    if options.screenshot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([sys.argv[0]])
    application.setApplicationName("prodedit")
    application.setApplicationDisplayName("ProdEdit")
    application.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(APPLICATION_ID)
    application.setWindowIcon(QIcon(str(resources_folder() / "icons" / "prodedit.svg")))
    _end_on_signals(application)
    chosen = read_appearance()
    language = chosen_language(options.language or chosen.language)
    install_language(application, language)
    palette = apply_theme(application, options.theme or chosen.theme)
    window = MainWindow(chosen, palette)
    with ExitStack() as closing:
        work = partial(_work, window, options, closing)
        if options.screenshot:
            work()
        else:
            whole = partial(_told, window, work)
            AfterFirstPaint(window, partial(_after_first_paint, window, whole))
            window.show()
        return application.exec()


def _after_first_paint(window: MainWindow, work: Callable[[], None]) -> None:
    """The samples' pictures are seen before the rest is loaded, and that by a thread, so that the
    window answers meanwhile; `work` follows in the window's own."""
    window.start.show_samples()
    window.start.repaint()
    loading = threading.Thread(target=_load, name="loading", daemon=True)
    loading.start()
    timer = QTimer(window)
    timer.setInterval(15)

    def look() -> None:
        if not loading.is_alive():
            timer.stop()
            work()

    timer.timeout.connect(look)
    timer.start()


def _load() -> None:
    """Whatever fails here fails again where it is used, and is told there."""
    with suppress(Exception):
        for name in _LATER:
            importlib.import_module(name)


def _told(window: MainWindow, work: Callable[[], None]) -> None:
    """`work`, or one sentence and the end: never half a window."""
    try:
        work()
    except Exception as error:
        from PySide6.QtWidgets import QMessageBox  # which the first paint does not need

        logging.getLogger(__name__).exception("the window could not be furnished")
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText(
            translate(
                "Start",
                "ProdEdit could not start. Please install it again: a part of it is "
                "missing or damaged.",
            )
        )
        box.setDetailedText(f"{type(error).__name__}: {error}")
        box.exec()
        QApplication.exit(1)


def _work(window: MainWindow, options: argparse.Namespace, closing: ExitStack) -> None:
    """All that the first paint does not wait for; `closing` ends it."""
    # Here, because these load numpy, OpenCV, codecs and the engine's client.
    from prodedit.editing.log_file import keep_log, log_folder
    from prodedit.editing.recovery import RecoveryDesk
    from prodedit.editing.settings import SettingsFile
    from prodedit.editing.worker import Worker, engine_variables
    from prodedit.editing.workspace import Workspace
    from prodedit.engine.service.client import EngineClient
    from prodedit.engine.tasks import RemoveBackground
    from prodedit.files.decoder import Decoder
    from prodedit.gui.garbage import GarbageCollection
    from prodedit.gui.gpu.offer import offer_gpu
    from prodedit.gui.recovery_notice import offer_recoveries
    from prodedit.gui.screenshot import ScreenshotTaker
    from prodedit.gui.spare_memory import SpareMemory
    from prodedit.gui.tour import offer_tour

    keep_log(log_folder())
    SpareMemory(window)
    garbage = GarbageCollection(window)
    settings = SettingsFile()
    engine = partial(EngineClient, environment=engine_variables(settings.load(), os.environ))
    workspace = Workspace(Worker(engine), Decoder(), settings, RecoveryDesk(), translate)
    closing.callback(workspace.close)
    window.furnish(workspace)
    garbage.settle()
    closing.callback(window.catalogue.close)
    closing.callback(window.gpu.close)
    if not any(Path(name).is_dir() for name in options.files):
        window.catalogue.open_last()
    window.files.open_all(map(Path, options.files))
    if options.screenshot:
        taker = ScreenshotTaker(window, Path(options.screenshot), cut_out=bool(options.files))
        taker.start()
    else:
        QTimer.singleShot(0, partial(offer_recoveries, window))
        QTimer.singleShot(0, partial(offer_tour, window))
        QTimer.singleShot(1000, partial(offer_gpu, window))
        QTimer.singleShot(300, partial(workspace.worker.warm_up, RemoveBackground()))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="prodedit", description="Open the ProdEdit window.")
    parser.add_argument("files", nargs="*", help="photos, projects (.ora) or folders")
    parser.add_argument("--language", choices=("en", "zh_CN"), help="instead of the system's")
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the setting")
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        help="without a screen: open the photo, cut it out, write a picture of the window, end",
    )
    return parser.parse_args(arguments)


def _end_on_signals(application: QApplication) -> None:
    """SIGTERM and Ctrl+C end the program without a question that nobody may be there to answer:
    work that is not saved is offered at the next start. The timer lets Python see them."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_ignored: application.exit(0))
    timer = QTimer(application)
    timer.timeout.connect(_awake)
    timer.start(200)


def _awake() -> None:
    """Python runs its signal handlers between two of its own instructions only."""
