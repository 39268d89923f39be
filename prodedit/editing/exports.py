# SPDX-License-Identifier: Apache-2.0
"""Picture files on their way to the disk, on a thread of their own: a slow one keeps nobody from
opening and saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from prodedit.core.document import Document
from prodedit.core.export_setting import ExportSetting
from prodedit.editing.errands import Errand, Errands
from prodedit.files.encoding_aside import encode_aside
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop
from prodedit.render.export import export_picture

Write = Callable[[Path, Stop], int]
"""Writes the file, whole or not at all, until it is stopped; the number of its bytes. Raises
Problem, Cancelled."""


@dataclass(frozen=True)
class Exported:
    """source: the file that the picture was opened from, if there is one."""

    path: Path
    nbytes: int
    source: Path | None = None


class Exports(QObject):
    """Makes one file after the other; each can be stopped."""

    exporting = Signal(object, object)
    """(Path, Errand): a file is being made; `stop(errand)` ends that."""
    exported = Signal(object)
    """Exported"""
    failed = Signal(object)
    """A Problem to tell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands("making", self)
        self._stops: dict[Errand, Stop] = {}

    @property
    def busy(self) -> bool:
        return self._errands.busy

    def export(
        self,
        document: Document,
        path: Path,
        setting: ExportSetting,
        metadata: Metadata | None,
        source: Path | None = None,
    ) -> None:
        """Write a picture file; `exported` or `failed` comes. source: told with it."""
        self.write(path, partial(_picture, document, setting, metadata), source)

    def write(self, path: Path, write: Write, source: Path | None = None) -> None:
        """The same for a file that is made in another way."""
        stop = Stop()
        errand = self._errands.run(partial(_exported, path, write, stop, source))
        self._stops[errand] = stop
        errand.done.connect(self.exported)
        errand.failed.connect(self.failed)
        for ended in (errand.done, errand.failed):
            ended.connect(partial(self._forget, errand))
        self.exporting.emit(path, errand)

    def stop(self, errand: Errand) -> None:
        """Nothing is written then, unless it is just done."""
        if errand in self._stops:
            self._stops[errand].want()

    def make(self, work: Callable[[], object]) -> Errand:
        """Another errand on the same thread; nobody misses it when the program ends."""
        return self._errands.run(work, optional=True)

    def wait(self) -> None:
        """Until all that was asked for is made and told."""
        self._errands.wait()

    def close(self) -> None:
        """An export that was begun is finished. May be repeated."""
        self._errands.close()

    def _forget(self, errand: Errand, _result: object) -> None:
        del self._stops[errand]


def _exported(path: Path, write: Write, stop: Stop, source: Path | None) -> Exported:
    return Exported(path, write(path, stop), source)


def _picture(
    document: Document, setting: ExportSetting, metadata: Metadata | None, path: Path, stop: Stop
) -> int:
    encode = partial(encode_aside, stop=stop)
    return export_picture(document, path, setting, metadata, encode, stop)
