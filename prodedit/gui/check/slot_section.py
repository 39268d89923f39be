# SPDX-License-Identifier: Apache-2.0
"""The part of the Export panel about marketplaces: for which one, and what it says of the file."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.check.findings import Verdict
from prodedit.catalogue.check.slot import SlotOrder, Tried, alone, has_more, product_layer
from prodedit.core.document import Document
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.slot_choice import SlotChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import PresetLibrary
from prodedit.files.metadata import Metadata
from prodedit.gui.check.findings import MARK, FindingsView, outcome_icon
from prodedit.gui.icons import set_icon
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.presets.choice import PresetChoice
from prodedit.gui.presets.words import slot_text
from prodedit.gui.style_sheet import set_look, set_role
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text


class SlotSection(QWidget):
    """What is chosen is remembered with the settings."""

    changed = Signal()
    """The file is to be another one."""
    presets_wanted = Signal()
    """The person's own presets are to be shown."""

    def __init__(
        self, workspace: Workspace, library: PresetLibrary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._library = workspace, library
        self._has_more = False
        self._long_side = 0
        self._verdict: Verdict | None = None
        self.choice = PresetChoice(self)
        self.own = QToolButton(self)
        self.own.setToolTip(self.tr("Own presets…"))
        self.own.setAccessibleName(self.tr("Own presets…"))
        set_icon(self.own, "settings", palette_now())
        self.told = secondary("", self)
        self.fitted = QCheckBox(self.tr("Frame, size and write it as demanded"), self)
        self.alone = QCheckBox(self.tr("The product alone: no other layers, no effects"), self)
        self.enlarge = QCheckBox(self.tr("Enlarge small photos by a network"), self)
        self.mark = QLabel(self)
        self.mark.setFixedSize(MARK, MARK)
        self.mark.setScaledContents(True)
        self.sum = QLabel(self)
        self.sum.setWordWrap(True)
        self.fix = QPushButton(self.tr("Fix"), self)
        self.fix.setAutoDefault(False)
        self.rough = secondary("", self)
        self.check = QPushButton(self.tr("Check fully"), self)
        self.check.setAutoDefault(False)
        self.check.setToolTip(self.tr("By the networks, as the file will be made"))
        self.findings = FindingsView(self)
        self._lay_out()
        self._connect()
        self.load()

    @property
    def wanted(self) -> SlotChoice:
        return self._workspace.settings.slot

    @property
    def fits(self) -> bool:
        """A marketplace decides what the file is, and not the panel."""
        return self.choice.preset is not None and self.wanted.fitted

    def load(self) -> None:
        """The presets that there are now."""
        self.choice.load(self._library.entries())
        self.choice.choose(self.wanted.preset)
        self._show_wanted()

    def order(
        self, session: EditSession, setting: ExportSetting, metadata: Metadata | None
    ) -> SlotOrder | None:
        """What is to be made of the picture and judged; None where no marketplace is chosen."""
        preset = self.choice.preset
        if preset is None:
            return None
        layer = product_layer(session.document, session.active_id)
        document = session.document
        if self.wanted.alone and self.wanted.fitted and self._has_more:
            document = alone(document, layer)
        return SlotOrder(
            document,
            self.choice.preset_id,
            preset,
            Path(session.name).stem,
            layer,
            metadata,
            None if self.wanted.fitted else setting,
            self.wanted.enlarge,
        )

    def follow(self, document: Document | None, active: str = "") -> None:
        """The picture is this now; what is known of the one before is not shown for it."""
        self._has_more = document is not None and has_more(
            document, product_layer(document, active)
        )
        self._long_side = 0 if document is None else max(document.size)
        self._show_offers()
        if document is None:
            self.show_nothing()

    def show_nothing(self) -> None:
        self._show(None, "")

    def show_waiting(self, share: float = 0.0) -> None:
        """share: so much of it is done."""
        told = self.tr("Checking…")
        self._show(None, f"{told} {round(100 * share)} %" if share else told)

    @Slot(float)
    def show_progress(self, share: float) -> None:
        """Only while it is waited for."""
        if self._verdict is None and self.sum.isVisible() and not self.sum.property("role"):
            self.show_waiting(share)

    def show_problem(self, problem: Problem) -> None:
        self._show(None, problem_text(problem), is_error=True)

    def show_costly(self, why: Problem) -> None:
        """It is not looked at by itself."""
        self._show(None, "")
        self._show_rough(problem_text(why))

    def show_tried(self, tried: Tried) -> None:
        """And what was spared for it."""
        self.show_verdict(tried.verdict)
        if not tried.is_exact:
            self._show_rough(
                self.tr("Shown enlarged without the network; the file is enlarged by it.")
            )
        elif tried.spared:
            self._show_rough(self.tr("Looked at without cutting out the product."))

    def show_verdict(self, verdict: Verdict) -> None:
        fails, asked = len(verdict.of("fails")), len(verdict.of("confirm"))
        text = self.tr("Passes all that can be measured.")
        if fails:
            text = self.tr("Fails {count} of {all} rules.")
        elif asked:
            text = self.tr("Nothing fails. Please look at {asked} of {all} rules.")
        told = text.format(count=fails, asked=asked, all=len(verdict.findings))
        self._show(verdict, told)

    def _show(self, verdict: Verdict | None, text: str, *, is_error: bool = False) -> None:
        self._verdict = verdict
        self.findings.show_verdict(verdict)
        self.sum.setText(text)
        self.sum.setVisible(bool(text))
        set_role(self.sum, "error" if is_error else "")
        self.mark.setVisible(verdict is not None)
        if verdict is not None:
            icon = outcome_icon(verdict.outcome, palette_now())
            self.mark.setPixmap(icon.pixmap(2 * MARK, 2 * MARK))
        self.fix.setVisible(verdict is not None and self._cure() is not None)
        self._show_rough("")

    def _show_rough(self, text: str) -> None:
        """Why only a full check tells all; "": this one did."""
        self.rough.setText(text)
        self.rough.setVisible(bool(text))
        self.check.setVisible(bool(text))

    def _cure(self) -> SlotChoice | None:
        """What would put right something that fails; None: nothing that is done here."""
        if self._verdict is None or not self._verdict.can_be_cured:
            return None
        if not self.wanted.fitted:
            return msgspec.structs.replace(self.wanted, fitted=True)
        if self._has_more and not self.wanted.alone:
            return msgspec.structs.replace(self.wanted, alone=True)
        return None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = in_row(self.choice, self.own)
        row.setStretch(0, 1)
        column.addLayout(row)
        for widget in (self.told, self.fitted, self.alone, self.enlarge):
            column.addWidget(widget)
        outcome = QHBoxLayout()
        outcome.setSpacing(8)
        outcome.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        outcome.addWidget(self.sum, 1)
        outcome.addWidget(self.fix)
        column.addLayout(outcome)
        rest = in_row(self.rough, self.check)
        rest.setStretch(0, 1)
        column.addLayout(rest)
        column.addWidget(self.findings)
        set_look(self.fix, "primary")
        self.show_nothing()

    def _connect(self) -> None:
        self.choice.chosen.connect(lambda chosen: self._change(preset=chosen))
        self.fitted.clicked.connect(lambda on: self._change(fitted=on))
        self.alone.clicked.connect(lambda on: self._change(alone=on))
        self.enlarge.clicked.connect(lambda on: self._change(enlarge=on))
        self.fix.clicked.connect(self._fix)
        self.own.clicked.connect(lambda _checked: self.presets_wanted.emit())

    def _fix(self) -> None:
        cure = self._cure()
        if cure is not None:
            self._change(**msgspec.structs.asdict(cure))

    def _change(self, **changes: object) -> None:
        wanted = msgspec.structs.replace(self.wanted, **changes)
        self._workspace.change_settings(slot=wanted)
        self.show_nothing()
        self._show_wanted()
        self.changed.emit()

    def _show_wanted(self) -> None:
        preset = self.choice.preset
        self.told.setText("" if preset is None else slot_text(preset.making))
        self.told.setVisible(self.fits)
        self.fitted.setVisible(preset is not None)
        self.fitted.setChecked(self.wanted.fitted)
        self.alone.setChecked(self.wanted.alone)
        self.enlarge.setChecked(self.wanted.enlarge)
        self._show_offers()

    def _show_offers(self) -> None:
        """What would change nothing is not offered."""
        preset = self.choice.preset
        self.alone.setVisible(self.fits and self._has_more)
        small = preset is not None and self._long_side < max(preset.making.size)
        self.enlarge.setVisible(self.fits and small)
