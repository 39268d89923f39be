# SPDX-License-Identifier: Apache-2.0
"""The Export panel: for a marketplace, or by format, quality and background; with the real size and
look of the file, and what the marketplace would say of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.check.looking import MISSING
from prodedit.catalogue.check.slot import SlotOrder
from prodedit.core.document import Document
from prodedit.core.export_setting import (
    HAS_ALPHA,
    HAS_LAYERS,
    HAS_PATHS,
    SUFFIXES,
    ExportSetting,
    Format,
)
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour
from prodedit.core.presets import Preset
from prodedit.core.problem import Problem
from prodedit.core.provenance import source_type
from prodedit.editing.errands import Errand
from prodedit.editing.session import EditSession
from prodedit.editing.slot_choice import SlotChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.files.stop import Stop
from prodedit.gui.check.slot_section import SlotSection
from prodedit.gui.check.trials import SlotTrials
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.commands.files import with_suffix
from prodedit.gui.late import while_there
from prodedit.gui.panels.cutout_section import PreviewPicture
from prodedit.gui.panels.export_sample import Sample, plain_sample, slot_sample
from prodedit.gui.panels.section import Choices, secondary
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import file_size
from prodedit.render.export_layers import BIG_SUFFIX, LONGEST_PSD_SIDE
from prodedit.render.photoshop import became_pixels

HAS_QUALITY: frozenset[Format] = frozenset({"jpeg", "webp", "avif"})
PREVIEW = 160
"""Height with which nothing scrolls on a screen of 768 pixels."""
_DELAY = 250
"""Milliseconds of rest before the file is made to see its size: it is work for a second or so."""


class Wish(NamedTuple):
    """By what the file would be made: slot, preset: for a marketplace."""

    document: Document
    setting: ExportSetting
    slot: SlotChoice | None
    preset: Preset | None


class ExportPanel(QWidget):
    """Changes the setting that is remembered; the file is written by the workspace."""

    presets_wanted = Signal()
    """The person's own presets are to be shown."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self._asked: Wish | None = None
        self._known: tuple[Wish, bytes] | None = None
        self._trials = SlotTrials(workspace, self)
        self._is_making = False
        self._is_offered = False
        self._wholly = False
        self._stop = Stop()
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._make_sample)
        self.preview = PreviewPicture(self)
        self.preview.setFixedHeight(PREVIEW)
        self.slot = SlotSection(workspace, PresetLibrary(), self)
        self.plain = QWidget(self)
        self.formats = Choices(
            {
                "jpeg": "JPEG",
                "png": "PNG",
                "webp": "WebP",
                "avif": "AVIF",
                "tiff": "TIFF",
                "psd": "PSD",
            },
            6,
            self.tr("Format"),
            self,
        )
        self.quality = SliderRow(self.tr("Quality"), 1, 100, 92, "", self)
        self._on = QLabel(self.tr("Transparent parts become:"), self)
        self._on.setProperty("role", "secondary")
        self.colour = ColourButton(self.tr("Colour under transparent parts"), _WHITE, self)
        self.becomes = QLabel(self)
        self.becomes.setProperty("role", "secondary")
        self.becomes.setWordWrap(True)
        self.keep = QCheckBox(self.tr("Keep camera data (never the place)"), self)
        self.clipping = QCheckBox(self.tr("With the clipping path"), self)
        self.generated = secondary(
            self.tr("Something in this picture was generated. The file says so, as shops require."),
            self,
        )
        self.foot = QWidget(self)
        self.told = QLabel(self.foot)
        self.told.setProperty("role", "secondary")
        self.button = QPushButton(self.tr("Export…"), self.foot)
        self.button.setProperty("look", "primary")
        self._lay_out()
        self._connect()
        self._show_setting()

    @property
    def setting(self) -> ExportSetting:
        return self._workspace.settings.export

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._stale)
        self._session = session
        self._asked = None
        if session is not None:
            session.changed.connect(self._stale)
        self.setEnabled(session is not None)
        self.foot.setEnabled(session is not None)
        self._stale()

    def export_to(self, path: Path) -> None:
        """Write the current picture to `path` with the setting shown."""
        if self._session is not None:
            order = self._order() if self.slot.fits else None
            self._let_go()  # it would be waited for
            if order is None:
                self._workspace.export(self._session, path, self.setting)
                return
            known = self._known[1] if self._known and self._known[0] == self._wish() else None
            work = partial(self._trials.write, order, known)
            self._workspace.export_by(self._session, path, work)

    def load_presets(self) -> None:
        """There may be other ones now."""
        self.slot.load()
        self._show_setting()

    def close_down(self) -> None:
        """Before the program ends. May be repeated."""
        self._stop.want()
        self._trials.close()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(12)
        column.addWidget(self.preview)
        column.addWidget(self.slot)
        column.addWidget(self.plain)
        plain = QVBoxLayout(self.plain)
        plain.setContentsMargins(0, 0, 0, 0)
        plain.setSpacing(12)
        plain.addWidget(self.formats)
        plain.addWidget(self.quality)
        under = QHBoxLayout()
        under.addWidget(self._on, 1)
        under.addWidget(self.colour)
        plain.addLayout(under)
        plain.addWidget(self.becomes)
        plain.addWidget(self.keep)
        plain.addWidget(self.clipping)
        column.addWidget(self.generated)
        column.addStretch(1)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(0, 0, 12, 12)
        below.setSpacing(8)
        below.addWidget(self.told)
        below.addWidget(self.button)

    def _connect(self) -> None:
        self.formats.chosen.connect(lambda chosen: self._change(format=chosen))
        self.quality.finished.connect(lambda value: self._change(quality=value))
        self.colour.picked.connect(lambda colour: self._change(background=colour.hex[:7]))
        self.keep.toggled.connect(lambda on: self._change(metadata="keep" if on else "none"))
        self.clipping.clicked.connect(lambda on: self._change(clipping=on))
        self.button.clicked.connect(self.choose_file)
        self.slot.changed.connect(self._change_slot)
        self.slot.presets_wanted.connect(self.presets_wanted)
        self.slot.check.clicked.connect(self._check_wholly)
        self._trials.progressed.connect(self.slot.show_progress)

    def _change(self, **changes: object) -> None:
        setting = msgspec.structs.replace(self.setting, **changes)
        self._workspace.change_settings(export=setting)
        self._show_setting()

    def _change_slot(self) -> None:
        self._asked = None  # what was said of it is not shown any more
        self._show_setting()

    def _show_setting(self) -> None:
        setting = self.setting
        self.plain.setHidden(self.slot.fits)
        self.formats.show_choice(setting.format)
        self.quality.set_value(setting.quality)
        self.quality.setVisible(setting.format in HAS_QUALITY)
        self.colour.set_colour(Colour.from_hex(setting.background))
        for widget in (self._on, self.colour):
            widget.setVisible(setting.format not in HAS_ALPHA)
        blocked = self.keep.blockSignals(True)
        self.keep.setChecked(setting.metadata == "keep")
        self.keep.blockSignals(blocked)
        self.clipping.setChecked(setting.clipping)
        self._stale()

    def choose_file(self) -> None:
        """Ask where, beside the photo at first, and write the file."""
        session = self._session
        if session is None:
            return
        kind, suffix = self._kind(session)
        folder = Path(self._workspace.settings.export_folder or _folder(session))
        proposed = folder / f"{Path(session.name).stem}{suffix}"
        if proposed.exists():  # the photo itself, perhaps
            proposed = proposed.with_stem(f"{proposed.stem}-edited")
        filters = f"{kind.upper()} (*{suffix})"
        title = self.tr("Export picture")
        name, _ = QFileDialog.getSaveFileName(self, title, str(proposed), filters)
        if name:
            also = _ALSO.get(kind, ())
            self.export_to(with_suffix(Path(name), suffix, *also))

    def _kind(self, session: EditSession) -> tuple[Format, str]:
        """The format of the file, and the ending of its name."""
        preset = self.slot.choice.preset
        if preset is not None and self.slot.fits:
            kind = preset.making.format
            return kind, SUFFIXES[kind]
        return self.setting.format, suffix_of(self.setting.format, session.document.size)

    # The sample: the file as it would be

    def _wish(self) -> Wish | None:
        if self._session is None:
            return None
        preset = self.slot.choice.preset
        slot = None if preset is None else self.slot.wanted
        return Wish(self._session.document, self.setting, slot, preset)

    def _order(self) -> SlotOrder | None:
        if self._session is None:
            return None
        metadata = self._workspace.metadata_of(self._session)
        return self.slot.order(self._session, self.setting, metadata)

    def _let_go(self) -> None:
        self._stop.want()
        self._trials.let_go()

    def _check_wholly(self) -> None:
        """With all that takes long."""
        self._wholly = True
        self._asked = None
        self._make_sample()

    def _stale(self, *_ignored: object) -> None:
        self._let_go()
        self._wholly = False
        session = self._session
        self.slot.follow(*((None,) if session is None else (session.document, session.active_id)))
        clips = session is not None and any(path.is_clipping for path in session.document.paths)
        made = session is not None and bool(source_type(session.document))
        self.generated.setVisible(made)
        self._tell_what_becomes_pixels()
        self.clipping.setVisible(clips and self.setting.format in HAS_PATHS)
        if self._session is None:
            self.preview.show_image(None)
            self.told.clear()
        elif self.isVisible():
            self.told.setText(self.tr("Computing the size…"))
            self._timer.start()

    def _tell_what_becomes_pixels(self) -> None:
        shown = self._session is not None and self.setting.format in HAS_LAYERS
        self.becomes.setVisible(shown)
        if self._session is None or not shown:
            return
        names = became_pixels(self._session.document)
        told = self.tr("Layers, masks and groups are kept.")
        if names:
            text = self.tr("These become pixels: {layers}.")
            told = f"{told} {text.format(layers=named(names))}"
        self.becomes.setText(told)

    def _make_sample(self) -> None:
        asked = self._wish()
        if self._session is None or asked is None or not self.isVisible() or asked == self._asked:
            return
        if self._is_making:  # one at a time, or a save would wait for all that were outdated
            self._timer.start()
            return
        self._asked = asked
        self._is_making = True
        self.told.setText(self.tr("Computing the size…"))
        errand = self._sample_errand(asked, self._session)
        errand.done.connect(while_there(self, self._show_sample, asked))
        errand.failed.connect(while_there(self, self._no_sample, asked))

    def _sample_errand(self, asked: Wish, session: EditSession) -> Errand:
        order = self._order()
        if order is not None:
            self.slot.show_waiting()
            sparing = not self._wholly
            return self._trials.run(partial(slot_sample, self._trials, order, sparing=sparing))
        self._stop = Stop()
        metadata = self._workspace.metadata_of(session)
        work = partial(plain_sample, asked.document, asked.setting, metadata, self._stop)
        return self._workspace.make(work)

    def _show_sample(self, asked: Wish, sample: Sample) -> None:
        self._is_making = False
        if asked is not self._asked:
            return
        self.preview.show_image(sample.image)
        if sample.costly is not None:
            self.told.clear()
            self.slot.show_costly(sample.costly)
            return
        about = "" if sample.tried is None or sample.tried.is_exact else "≈ "
        nbytes = about + file_size(self.locale(), sample.nbytes) if sample.nbytes else ""
        self.told.setText(f"{sample.size.width} × {sample.size.height}   {nbytes}".rstrip())
        if sample.tried is not None:
            self._known = None if about else (asked, sample.tried.data)
            self.slot.show_tried(sample.tried)

    def _no_sample(self, asked: Wish, problem: Problem) -> None:
        self._is_making = False
        if asked is not self._asked:
            return
        if problem.code == "cancelled":
            self._asked = None
            self._stale()
        elif asked.preset is not None:
            self._asked = None  # it is tried again when the panel is shown the next time
            self.told.clear()
            self.slot.show_problem(problem)
            if problem.code == MISSING and not self._is_offered:
                self._is_offered = True
                self._workspace.failed.emit(problem)  # where there is a button that brings it
        else:
            self.told.setText(self.tr("This picture can't be written in this format."))

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load_presets()


_WHITE = Colour(255, 255, 255)
_ALSO: dict[Format, tuple[str, ...]] = {
    "jpeg": (".jpeg",),
    "tiff": (".tiff",),
    "psd": (BIG_SUFFIX,),
}
_NAMED = 4
"""Layers that are named; of more, their number is told."""


def suffix_of(kind: Format, size: Size) -> str:
    """The ending of a file of this format for a picture of this size."""
    is_big = kind in HAS_LAYERS and max(size) > LONGEST_PSD_SIDE
    return BIG_SUFFIX if is_big else SUFFIXES[kind]


def named(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} … ({len(names)})"


def _folder(session: EditSession) -> Path:
    return session.source.parent if session.source is not None else Path.home()
