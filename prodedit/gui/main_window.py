# SPDX-License-Identifier: Apache-2.0
"""The window: it puts the parts in their places and passes on what one has to tell another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from prodedit.gui import menus
from prodedit.gui.actions import Actions, present
from prodedit.gui.focus_order import focus_next_area, order_tabs
from prodedit.gui.icons import recolour
from prodedit.gui.late import soon
from prodedit.gui.start_page import StartPage
from prodedit.gui.status_line import StatusLine
from prodedit.gui.theme import Palette, apply_theme
from prodedit.gui.top_bar import TopBar
from prodedit.gui.window_frame import WindowFrame

if TYPE_CHECKING:  # what takes long to load, numpy and Qt's lists of keys too: see `furnish`
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
    )

    from prodedit.editing.appearance import Appearance
    from prodedit.editing.session import EditSession
    from prodedit.editing.settings import Settings
    from prodedit.editing.workspace import Workspace
    from prodedit.gui.batch.desk import BatchDesk
    from prodedit.gui.canvas import Canvas
    from prodedit.gui.catalogue.desk import CatalogueDesk
    from prodedit.gui.check.desk import CheckDesk
    from prodedit.gui.document_view import DocumentView
    from prodedit.gui.gpu.desk import GpuDesk
    from prodedit.gui.presets.desk import PresetDesk
    from prodedit.gui.recipes.desk import RecipeDesk
    from prodedit.gui.training.desk import TrainingDesk


class MainWindow(QMainWindow):
    """One window with all open pictures as tabs.

    It begins with what is light to load, so that it is seen soon: bars and the start page. The
    rest takes its place in `furnish`, which is to be called once.
    """

    workspace: Workspace
    batches: BatchDesk
    checks: CheckDesk
    presets: PresetDesk
    catalogue: CatalogueDesk
    recipes: RecipeDesk
    trainings: TrainingDesk
    gpu: GpuDesk

    def __init__(self, settings: Appearance | Settings, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._theme = settings.theme
        self._furnished = False
        self._early: Callable[[], None] | None = None  # what was clicked before all was there
        self._before_full_screen = Qt.WindowState.WindowNoState
        self.actions_ = Actions(self)
        self._build(settings)
        self._menus = menus.add_titles(self.menuBar())
        self.actions_.enable(frozenset())
        self.actions_["open"].triggered.connect(self._open_later)
        self.start.open_wanted.connect(self._open)
        self.start.chosen.connect(self._open_path)
        self.setWindowTitle("ProdEdit")
        self.resize(1366, 768)
        if settings.window:
            self.restoreGeometry(QByteArray.fromBase64(settings.window.encode()))

    def furnish(self, workspace: Workspace) -> None:
        """Everything that works on pictures."""
        # Here, because it loads numpy, OpenCV and half of the program: after the first paint.
        from prodedit.gui.announcer import Announcer
        from prodedit.gui.commands.files import FileCommands
        from prodedit.gui.document_views import DocumentViews
        from prodedit.gui.documents.drop_places import DropPlaces
        from prodedit.gui.documents.recents import RecentMenu, Recents
        from prodedit.gui.dropping import Dropping
        from prodedit.gui.furniture import commands, panels
        from prodedit.gui.kept_brushes import KeptBrushes
        from prodedit.gui.key_map import Keys
        from prodedit.gui.monitor_colours import MonitorColours
        from prodedit.gui.notices import Notices
        from prodedit.gui.opening_views import OpeningViews

        self.start.show_samples()
        self.notices = Notices(self.stack)
        self.workspace = workspace
        self.files = FileCommands(workspace, self)
        self.actions_.serve(commands(self, workspace, self.files))
        self.actions_["open_recent"].setMenu(RecentMenu(Recents(workspace, self.start), self))
        menus.fill(self, self._menus, self.actions_, self._palette)
        (
            self.jobs, self.tools, self.tabs, self.layers,
            self.adjust, self.background, self.properties, self.style_panel, self.enhance,
            self.studio, self.export, self.history, self.jobs_panel, self.jobs_bar,
        ) = panels(self, workspace, self._palette)  # fmt: skip
        self.views = DocumentViews(workspace, self.stack)
        MonitorColours(workspace, self.views, self)
        KeptBrushes(workspace, self.views, self)
        self.openings = OpeningViews(workspace, self.stack, self.views.canvas_of)
        self.keys = Keys(workspace, self.actions_, self.tools, self)
        self._move_in()
        self._dropping = Dropping(
            workspace, self.files, self.adjust.takes, self, DropPlaces(self.stack)
        )
        self._furnished = True
        Announcer(workspace, self.notices, self.files, self)
        self._connect()
        self._current_changed(None)
        if self._early is not None:
            soon(self, self._early)

    @property
    def canvas(self) -> Canvas | None:
        view = self.view
        return None if view is None else view.canvas

    @property
    def view(self) -> DocumentView | None:
        return self.views.current

    def toggle_panels(self) -> None:
        shown = self.side.isVisible()
        self.side.setVisible(not shown)
        self.tools.setVisible(not shown)

    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.setWindowState(self._before_full_screen)
        else:
            self._before_full_screen = self.windowState()
            self.showFullScreen()

    def next_area(self) -> None:
        focus_next_area(self, self._areas())

    def reset_layout(self) -> None:
        self.side.show()
        self.tools.show()
        self._frame.reset()
        self.side.reset()

    def search_commands(self) -> None:
        from prodedit.gui.dialogs.command_search import CommandSearch  # see `furnish`

        if self.findChild(CommandSearch) is None:
            CommandSearch(self.actions_, self).open_below(self.top.search)

    # Building

    def _build(self, settings: Appearance | Settings) -> None:
        self.top = TopBar(self.actions_, self._palette, self)
        self.start = StartPage(self._palette, self)
        self.start.show_recent(settings.recent)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.start)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self._frame = WindowFrame(self.top, self.stack, settings.side_width, self)
        self.setCentralWidget(self._frame)

    def _move_in(self) -> None:
        """Put the rest where room was kept for it: nothing that is seen already moves."""
        from prodedit.gui.furniture import side  # see `furnish`

        self.side = side(self, self._palette)
        self._frame.move_in(self.tools, self.tabs, self.side, self.catalogue.strip)
        self.side.set_heights(self.workspace.settings.side_heights)
        self.status.addPermanentWidget(self.jobs_bar)
        order_tabs(self, self._areas())

    def _areas(self) -> tuple[QWidget, ...]:
        """The window's parts as the eye reads them, a part within another before it."""
        export = (self.export, self.export.foot)
        first, last = (self.background, self.adjust, self.properties), (self.history,)
        made = (self.style_panel, self.style_panel.foot, self.enhance, self.enhance.foot)
        generated = (self.studio, self.studio.foot)
        panels = (*first, *made, *generated, *export, *last, self.jobs_panel)
        canvas = (self.notices, self.stack)
        strip = self.catalogue.strip
        return (self.top, self.tools, self.tabs, *canvas, strip, *panels, self.layers, self.side)

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.settings_changed.connect(self._dress)
        self.views.added.connect(self._view_added)
        workspace.session_closed.connect(self._session_closed)
        workspace.current_changed.connect(self._current_changed)
        workspace.worker.job_moved.connect(self.jobs.job_moved)
        self.jobs_bar.cancel_wanted.connect(workspace.worker.cancel)
        self.jobs_panel.cancel_wanted.connect(workspace.worker.cancel)
        self.top.zoom_wanted.connect(self._zoom)
        self.tabs.close_wanted.connect(self.files.close_session)
        self.tools.chosen.connect(self._tool_chosen)
        self._dropping.lit.connect(self._light_up)
        self.background.tool_wanted.connect(self._tool_wanted)
        self.files.export_wanted.connect(self._open_export)
        self.files.folders_wanted.connect(self.catalogue.open)

    # What happens

    @Slot()
    def _open(self) -> None:
        if self._furnished:
            self.files.open()
        self._open_later()

    @Slot()
    def _open_later(self) -> None:
        """Nothing where it can be done, and is, by its action."""
        self._early = None if self._furnished else self._open

    @Slot(object)
    def _open_path(self, path: Path) -> None:
        if self._furnished:
            self.workspace.open(path)
        else:
            self._early = partial(self._open_path, path)

    @Slot(object)
    def _view_added(self, view: DocumentView) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut  # see `furnish`

        from prodedit.gui.canvas_menu import CanvasMenu

        session = view.session
        CanvasMenu(view, self.actions_)
        order_tabs(self, self._areas())
        view.canvas.cursor_moved.connect(self.status.show_place)
        view.canvas.zoom_changed.connect(self.top.show_zoom)
        view.canvas.before_changed.connect(self.top.show_before)
        view.canvas.tool_changed.connect(lambda tool: self.status.show_hint(tool.hint))
        chosen = (session.active_changed, session.chosen_changed)
        undone = session.stack.indexChanged  # only then it is known what can be redone
        for signal in (session.changed, session.file_changed, undone, *chosen):
            signal.connect(self._document_changed)
        view.choose_tool(self.tools.tool_id)
        for key, method in (
            ("Tab", self.toggle_panels),
            ("PgDown", partial(self.catalogue.step, 1)),
            ("PgUp", partial(self.catalogue.step, -1)),
        ):
            # On the canvas only: elsewhere Tab goes to the next field, PgDown through a list.
            shortcut = QShortcut(QKeySequence(key), view.canvas)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(method)

    @Slot(object)
    def _session_closed(self, _session: EditSession) -> None:
        self.start.show_recent(self.workspace.settings.recent)

    @Slot(object)
    def _current_changed(self, session: EditSession | None) -> None:
        view = self.view
        self.stack.setCurrentWidget(view or self.openings.current or self.start)
        self.notices.raise_()  # a page that is new lies over them
        self.layers.set_session(session)
        self.history.set_session(session)
        self.properties.set_session(session)
        self.style_panel.set_session(session)
        self.studio.set_session(session)
        self.export.set_session(session)
        self.background.set_view(view)
        self.adjust.set_view(view)
        self.enhance.set_view(view)
        self.tabs.setVisible(self.tabs.count() > 0)
        self.tools.setEnabled(session is not None)
        self.top.show_before(view is not None and view.canvas.is_before)
        if view is not None:
            view.choose_tool(self.tools.tool_id)
            view.canvas.setFocus()
            self.top.show_zoom(view.canvas.viewport.zoom)
        self.status.show_hint("" if view is None else view.tool(self.tools.tool_id).hint)
        self._document_changed()

    @Slot()
    def _document_changed(self, *_ignored: object) -> None:
        session = self.workspace.current
        self.actions_.enable(present(session))
        self.status.show_document(session)
        if session is None:
            self.setWindowTitle("ProdEdit")
            return
        self.setWindowTitle(f"{session.name}[*] – ProdEdit")
        self.setWindowModified(session.is_dirty)

    @Slot(float)
    def _zoom(self, zoom: float) -> None:
        if self.canvas is not None:
            self.canvas.set_viewport(self.canvas.viewport.zoom_to(zoom))

    @Slot(object)
    def _dress(self, settings: Settings) -> None:
        """Wear the theme that was chosen."""
        app = QApplication.instance()
        if settings.theme != self._theme and isinstance(app, QApplication):
            self._theme = settings.theme
            self._palette = apply_theme(app, settings.theme)
            recolour(self, self._palette)

    @Slot(str)
    def _tool_chosen(self, tool_id: str) -> None:
        if self.view is not None:
            self.view.choose_tool(tool_id)
            self.view.canvas.setFocus()

    @Slot(str)
    def _tool_wanted(self, tool_id: str) -> None:
        self.tools.choose(tool_id)
        self._tool_chosen(tool_id)

    @Slot()
    def _open_export(self) -> None:
        self.side.show()
        self.side.open("export")

    @Slot(bool)
    def _light_up(self, lit: bool) -> None:
        if self.canvas is None:
            self.start.set_drop_target(lit)
        else:
            self.canvas.set_drop_target(lit)

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._furnished and self.jobs.active:
            self.jobs_bar.cancel_first()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._dropping.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._dropping.move(event)
        super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dropping.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._furnished:
            return
        for session in self.workspace.sessions:
            self.workspace.make_current(session)
            if not self.files.close_session(session):
                event.ignore()
                return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        kept = self.workspace.settings  # where a part is hidden now
        self.workspace.change_settings(
            window=geometry,
            side_width=self._frame.side_width or kept.side_width,
            side_heights=self.side.heights or kept.side_heights,
        )
        event.accept()
        self.export.close_down()
        self.hide()  # what a training has learned takes a while to be kept
        self.catalogue.close()
        self.trainings.close()
        self.batches.close()
        self.checks.close()
        self.recipes.close()
