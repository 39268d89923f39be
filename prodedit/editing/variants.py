# SPDX-License-Identifier: Apache-2.0
"""One picture in several colours, each written to a file of its own."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

import msgspec
from PySide6.QtCore import QObject, Signal

from prodedit.core import edits
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.export_setting import SUFFIXES, ExportSetting
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import Result
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import ExportVariants, Task
from prodedit.files.encoding_aside import encode_aside
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop
from prodedit.render.export import export_picture


@dataclass(eq=False)
class _Run:
    """left: what is still to be written."""

    job: Job
    left: list[tuple[Document, Path]]
    setting: ExportSetting
    metadata: Metadata | None
    stop: Stop = field(default_factory=Stop)
    written: list[Path] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.written) / max(1, len(self.written) + len(self.left))


class VariantExports(QObject):
    """One file after the other on the thread that exports, so that a cancel comes in between."""

    job_moved = Signal(object)
    """A Job, for the lists of those."""
    told = Signal(str)
    """A sentence in the window's language, at the end."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runs: dict[str, _Run] = {}

    def start(
        self,
        session: EditSession,
        layer_id: str,
        recolour: Recolour,
        colours: tuple[Colour, ...],
        folder: Path,
    ) -> str:
        """The job's id. Files are named by the picture and the colour, and none is replaced."""
        setting = self._workspace.settings.export
        stem, suffix = Path(session.name).stem, SUFFIXES[setting.format]
        left: list[tuple[Document, Path]] = []
        for colour in colours:
            value = msgspec.structs.replace(recolour, target=colour)
            document = edits.apply(session.document, edits.SetAdjustment(layer_id, value))
            name = f"{stem}-{colour.hex[1:7].lower()}"
            left.append((document, _free(folder, name, suffix, [path for _, path in left])))
        task = cast(Task, ExportVariants(len(colours)))  # the engine never sees it
        job = Job(uuid.uuid4().hex, task, layer=layer_id).started(time.monotonic())
        metadata = self._workspace.metadata_of(session)
        run = self._runs[job.id] = _Run(job, left, setting, metadata)
        self._workspace.change_settings(export_folder=str(folder))
        self.job_moved.emit(job)
        self._next(run)
        return job.id

    def cancel(self, job_id: str) -> None:
        """Nothing where that is no job of these, or is over."""
        run = self._runs.pop(job_id, None)
        if run is not None:
            run.stop.want()
            self.job_moved.emit(run.job.cancelled())
            self._tell(run)

    def _next(self, run: _Run) -> None:
        if not run.left:
            del self._runs[run.job.id]
            self.job_moved.emit(run.job.finished(cast(Result, None)))
            self._tell(run)
            return
        document, path = run.left[0]
        work = partial(_written, document, path, run.setting, run.metadata, run.stop)
        errand = self._workspace.make(work)
        errand.done.connect(partial(self._written, run))
        errand.failed.connect(partial(self._failed, run))

    def _written(self, run: _Run, path: Path) -> None:
        run.written.append(path)
        run.left.pop(0)
        if run.job.id not in self._runs:
            return
        run.job = run.job.progressed(run.share, "", time.monotonic())
        self.job_moved.emit(run.job)
        self._next(run)

    def _failed(self, run: _Run, problem: Problem) -> None:
        if self._runs.pop(run.job.id, None) is not None:
            self.job_moved.emit(run.job.failed(problem))
            self._workspace.failed.emit(problem)

    def _tell(self, run: _Run) -> None:
        if run.written:
            folder = run.written[0].parent.name or str(run.written[0].parent)
            text = self.tr("{count} variants are in “{folder}”.")
            self.told.emit(text.format(count=len(run.written), folder=folder))


def _free(folder: Path, name: str, suffix: str, taken: list[Path]) -> Path:
    """No file of that name is there, nor will be."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists() or path in taken:
        path = folder / f"{name}-{number}{suffix}"
        number += 1
    return path


def _written(
    document: Document,
    path: Path,
    setting: ExportSetting,
    metadata: Metadata | None,
    stop: Stop,
) -> Path:
    stop.check()
    export_picture(document, path, setting, metadata, partial(encode_aside, stop=stop), stop)
    return path
