# SPDX-License-Identifier: Apache-2.0
"""What was found in a folder of pictures: how many can be learned from, and each that can't be."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from prodedit.engine.training.report import REASONS, DataReport
from prodedit.gui.translation import translate


class FoundView(QTreeWidget):
    """Reasons with their number; the files below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setMaximumHeight(150)
        self.setAccessibleName(self.tr("What was found"))
        self.hide()

    def show_report(self, report: DataReport) -> None:
        self.clear()
        used = self.tr("{used} of {found} pictures are learned from")
        head = QTreeWidgetItem(self, [used.format(used=report.used, found=len(report.entries))])
        for name, count in sorted(report.classes.items()):
            few = (
                " – " + self.tr("too few to be learned well")
                if name in report.small_classes
                else ""
            )
            QTreeWidgetItem(head, [f"{name}: {count}{few}"])
        files = defaultdict(list)
        for entry in report.left_out:
            files[entry.verdict].append(
                f"{entry.name} ({entry.more})" if entry.more else entry.name
            )
        for verdict, names in sorted(files.items(), key=lambda item: -len(item[1])):
            reason = translate("Training", REASONS[verdict])
            left_out = self.tr("{count} left out: {reason}").format(count=len(names), reason=reason)
            row = QTreeWidgetItem(self, [left_out])
            for name in names:
                QTreeWidgetItem(row, [name])
        self.show()
