# SPDX-License-Identifier: Apache-2.0
"""The window's language: which one, its files, and sentences made elsewhere in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import resources_folder

if TYPE_CHECKING:
    from prodedit.engine.results import Fidelity, PixelsResult, Remark

LANGUAGES = ("en", "zh_CN")
SYSTEM_REASONS = (
    QT_TRANSLATE_NOOP("Reason", "No space left on device"),
    QT_TRANSLATE_NOOP("Reason", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Reason", "Permission denied"),
    QT_TRANSLATE_NOOP("Reason", "Read-only file system"),
    QT_TRANSLATE_NOOP("Reason", "Input/output error"),
    QT_TRANSLATE_NOOP("Reason", "No such file or directory"),
    QT_TRANSLATE_NOOP("Reason", "File name too long"),
    QT_TRANSLATE_NOOP("Reason", "Too many open files"),
)
"""What the system says of a file; a Problem carries it as its value `why`."""

QT_LEFT_OUT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)
"""Texts of Qt's own dialogs that its Chinese translation lacks."""


class Told(Protocol):
    """A note about a picture: an English template and what fills it."""

    @property
    def text(self) -> str: ...

    @property
    def values(self) -> Iterable[tuple[str, str | int]] | Mapping[str, str]: ...


def translate(context: str, text: str) -> str:
    """`text` in the window's language; the text itself where no translation is loaded."""
    return QCoreApplication.translate(context, text)


def problem_text(problem: Problem) -> str:
    values = dict(problem.values)
    if isinstance(why := values.get("why"), str):
        values["why"] = translate("Reason", why)
    if isinstance(step := values.get("step"), str):
        values["step"] = translate("Task", translate("Edit", step))
    return translate("Problem", problem.text).format(**values)


def note_text(note: Told) -> str:
    return translate("Note", note.text).format(**dict(note.values))


def remark_text(remark: Remark) -> str:
    """What the engine remarks on a result, in the window's language."""
    return translate("Remark", remark.text).format(**remark.values)


def fidelity_text(fidelity: Fidelity) -> str:
    """How much of the product is as it was."""
    text = translate(
        "Fidelity",
        "The product keeps {percent} % of its structure; its colours differ by {delta} (seen "
        "from 2.3 on).",
    )
    return text.format(percent=round(100 * fidelity.ssim), delta=f"{fidelity.delta_e:.1f}")


def result_text(result: PixelsResult) -> str:
    """What is to be told of new pixels, a line each."""
    lines = [] if result.fidelity is None else [fidelity_text(result.fidelity)]
    return "\n".join([*lines, *map(remark_text, result.remarks)])


def file_size(locale: QLocale, nbytes: int) -> str:
    """ "223.1 kB", as people and marketplaces write it, 1024 bytes to the kB."""
    return locale.formattedDataSize(nbytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def chosen_language(setting: str) -> str:
    """ "en" or "zh_CN" for a setting of these or "system" (Chinese of any kind reads zh_CN)."""
    if setting in LANGUAGES:
        return setting
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def install_language(application: QCoreApplication, language: str) -> None:
    """Load the program's and Qt's own texts. To be called before any widget is made."""
    QLocale.setDefault(QLocale(language))
    if language == "en":
        return
    ours = str(resources_folder() / "translations")
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"prodedit_{language}", ours), (f"qtbase_{language}", qt)):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
