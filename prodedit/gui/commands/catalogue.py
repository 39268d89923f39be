# SPDX-License-Identifier: Apache-2.0
"""Entries of the menus about the open folder."""

from __future__ import annotations

from PySide6.QtCore import QObject

from prodedit.gui.catalogue.desk import CatalogueDesk


class CatalogueCommands(QObject):
    def __init__(self, desk: CatalogueDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def open_folder(self) -> None:
        self._desk.choose_folder()

    def catalogue_strip(self) -> None:
        self._desk.toggle_strip()

    def similar_pictures(self) -> None:
        self._desk.show_similar()

    def next_photo(self) -> None:
        self._desk.step(1)

    def previous_photo(self) -> None:
        self._desk.step(-1)

    def rate_0(self) -> None:
        self._desk.rate(0)

    def rate_1(self) -> None:
        self._desk.rate(1)

    def rate_2(self) -> None:
        self._desk.rate(2)

    def rate_3(self) -> None:
        self._desk.rate(3)

    def rate_4(self) -> None:
        self._desk.rate(4)

    def rate_5(self) -> None:
        self._desk.rate(5)
