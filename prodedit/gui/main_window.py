# SPDX-License-Identifier: Apache-2.0
"""The window: it puts the parts in their places and passes on what one has to tell another."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Problem
from prodedit.editing.jobs_model import JobsModel
from prodedit.editing.session import EditSession, Order
from prodedit.editing.settings import Settings
from prodedit.editing.workspace import Exported, Workspace
from prodedit.engine.results import Result
from prodedit.gui.actions import MENUS, Actions, Needs
from prodedit.gui.canvas import Canvas
from prodedit.gui.commands.cutout import CutoutCommands
from prodedit.gui.commands.editing import EditCommands, image_tiles, pasted_image
from prodedit.gui.commands.files import FileCommands
from prodedit.gui.commands.layers import LayerCommands
from prodedit.gui.commands.view import ViewCommands
from prodedit.gui.document_tabs import DocumentTabs
from prodedit.gui.document_view import DocumentView
from prodedit.gui.icons import recolour, set_icon
from prodedit.gui.jobs_bar import JobsBar
from prodedit.gui.notices import Choice, Notices
from prodedit.gui.panels.background import BackgroundPanel
from prodedit.gui.panels.export import ExportPanel
from prodedit.gui.panels.history import HistoryPanel
from prodedit.gui.panels.jobs import JobsPanel
from prodedit.gui.panels.layers import LayersPanel
from prodedit.gui.side_rail import WIDTH, PanelEntry, SideRail
from prodedit.gui.start_page import StartPage
from prodedit.gui.status_line import StatusLine
from prodedit.gui.theme import Palette, apply_theme
from prodedit.gui.tool_bar import ToolColumn
from prodedit.gui.top_bar import TopBar
from prodedit.gui.translation import note_text, translate


class MainWindow(QMainWindow):
    """One window with all open pictures as tabs."""

    def __init__(self, workspace: Workspace, palette: Palette) -> None:
        super().__init__()
        self.workspace = workspace
        self._palette = palette
        self._theme = workspace.settings.theme
        self._views: dict[EditSession, DocumentView] = {}
        self._before_full_screen = Qt.WindowState.WindowNoState
        self.jobs = JobsModel(self)
        self.files = FileCommands(workspace, self)
        self._commands = (
            self.files,
            EditCommands(workspace, self),
            CutoutCommands(workspace, self),
            LayerCommands(workspace, self),
            ViewCommands(workspace, self, self),
        )
        self.actions_ = Actions(self._commands, self)
        self._build()
        self._fill_menus()
        self._connect()
        self._current_changed(None)
        self.setAcceptDrops(True)
        self.setWindowTitle("ProdEdit")
        self.resize(1366, 768)
        self.restoreGeometry(QByteArray.fromBase64(workspace.settings.window.encode()))

    @property
    def canvas(self) -> Canvas | None:
        view = self.view
        return None if view is None else view.canvas

    @property
    def view(self) -> DocumentView | None:
        current = self.workspace.current
        return None if current is None else self._views.get(current)

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

    def reset_layout(self) -> None:
        self.side.show()
        self.tools.show()
        self.centre.setSizes([self.width() - WIDTH - 96, WIDTH + 48])

    def open_dropped(self, paths: list[Path]) -> None:
        """Files are opened; of a folder, the files in it."""
        for path in paths:
            for file in sorted(path.iterdir()) if path.is_dir() else (path,):
                if file.is_file():
                    self.workspace.open(file)

    # Building

    def _build(self) -> None:
        workspace, palette = self.workspace, self._palette
        self.top = TopBar(self.actions_, palette, self)
        self.tools = ToolColumn(palette, self)
        self.tabs = DocumentTabs(workspace, palette, self)
        self.start = StartPage(palette, self)
        self.start.show_recent(workspace.settings.recent)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.start)
        self.notices = Notices(self.stack)
        self.layers = LayersPanel(workspace, self.actions_, palette, self)
        self.background = BackgroundPanel(workspace, self.actions_, self)
        self.export = ExportPanel(workspace, self)
        self.history = HistoryPanel(self)
        self.jobs_panel = JobsPanel(self.jobs, self)
        self.side = SideRail(self._panels(), self.layers, palette, self)
        self.jobs_bar = JobsBar(self.jobs, self)
        self.status = StatusLine(self)
        self.status.addPermanentWidget(self.jobs_bar)
        self.setStatusBar(self.status)
        self._lay_out()

    def _panels(self) -> tuple[PanelEntry, ...]:
        return (
            PanelEntry("background", self.tr("Background"), "background", self.background),
            PanelEntry("export", self.tr("Export"), "file-export", self.export),
            PanelEntry("history", self.tr("History"), "history", self.history),
            PanelEntry("jobs", self.tr("Jobs"), "list", self.jobs_panel),
        )

    def _lay_out(self) -> None:
        picture = QWidget(self)
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.centre = QSplitter(Qt.Orientation.Horizontal, self)
        self.centre.addWidget(picture)
        self.centre.addWidget(self.side)
        self.centre.setStretchFactor(0, 1)
        self.centre.setChildrenCollapsible(False)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.tools)
        middle.addWidget(self.centre, 1)
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top)
        rows.addLayout(middle, 1)
        self.setCentralWidget(whole)
        self.side.setMinimumWidth(WIDTH + 44)

    def _fill_menus(self) -> None:
        for title, entries in MENUS.items():
            menu = self.menuBar().addMenu(translate("Menu", title))
            for entry in entries:
                if not entry.id:
                    menu.addSeparator()
                    continue
                action = self.actions_[entry.id]
                if entry.icon:
                    set_icon(action, entry.icon, self._palette)
                menu.addAction(action)
        recent = QMenu(self)
        recent.aboutToShow.connect(partial(self._fill_recent, recent))
        self.actions_["open_recent"].setMenu(recent)
        self.addActions(list(self.actions_.values()))

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for name in self.workspace.settings.recent:
            action = menu.addAction(name, partial(self.workspace.open, Path(name)))
            action.setEnabled(Path(name).exists())
        if not self.workspace.settings.recent:
            menu.addAction(self.tr("Nothing yet")).setEnabled(False)

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.settings_changed.connect(self._dress)
        workspace.session_opened.connect(self._session_opened)
        workspace.session_closed.connect(self._session_closed)
        workspace.current_changed.connect(self._current_changed)
        workspace.failed.connect(self.notices.tell_problem)
        workspace.damaged.connect(self._tell_damaged)
        workspace.opened_with_notes.connect(self._tell_notes)
        workspace.exported.connect(self._tell_exported)
        workspace.saved.connect(self._tell_saved)
        workspace.worker.job_moved.connect(self.jobs.job_moved)
        self.jobs_bar.cancel_wanted.connect(workspace.worker.cancel)
        self.jobs_panel.cancel_wanted.connect(workspace.worker.cancel)
        self.start.open_wanted.connect(self.files.open)
        self.start.chosen.connect(workspace.open)
        self.tabs.close_wanted.connect(self.files.close_session)
        self.tools.chosen.connect(self._tool_chosen)
        self.background.tool_wanted.connect(self._tool_wanted)
        self.files.export_wanted.connect(self._open_export)

    # What happens

    @Slot(object)
    def _session_opened(self, session: EditSession) -> None:
        view = DocumentView(session, self)
        self._views[session] = view
        self.stack.addWidget(view)
        view.canvas.cursor_moved.connect(self.status.show_place)
        view.canvas.zoom_changed.connect(self.top.show_zoom)
        view.canvas.before_changed.connect(self.top.show_before)
        session.changed.connect(self._document_changed)
        session.active_changed.connect(self._document_changed)
        session.file_changed.connect(self._document_changed)
        session.result_homeless.connect(partial(self._offer_result, session))
        view.choose_tool(self.tools.tool_id)
        for key, method in (("Tab", self.toggle_panels), ("F", self.toggle_full_screen)):
            # On the canvas only: elsewhere Tab goes to the next field.
            shortcut = QShortcut(QKeySequence(key), view.canvas)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(method)

    @Slot(object)
    def _session_closed(self, session: EditSession) -> None:
        view = self._views.pop(session)
        self.stack.removeWidget(view)
        view.deleteLater()
        self.start.show_recent(self.workspace.settings.recent)

    @Slot(object)
    def _current_changed(self, session: EditSession | None) -> None:
        view = self.view
        self.stack.setCurrentWidget(view or self.start)
        self.layers.set_session(session)
        self.history.set_session(session)
        self.export.set_session(session)
        self.background.set_view(view)
        self.tabs.setVisible(session is not None)
        self.tools.setEnabled(session is not None)
        if view is not None:
            view.choose_tool(self.tools.tool_id)
            view.canvas.setFocus()
            self.top.show_zoom(view.canvas.viewport.zoom)
        self._document_changed()

    @Slot()
    def _document_changed(self, *_ignored: object) -> None:
        session = self.workspace.current
        self.actions_.enable(_there(session))
        self.status.show_document(session)
        if session is None:
            self.setWindowTitle("ProdEdit")
            return
        self.setWindowTitle(f"{session.name}[*] – ProdEdit")
        self.setWindowModified(session.is_dirty)

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
            self.status.show_hint(self.view.tool(tool_id).hint)

    @Slot(str)
    def _tool_wanted(self, tool_id: str) -> None:
        self.tools.choose(tool_id)
        self._tool_chosen(tool_id)

    @Slot()
    def _open_export(self) -> None:
        self.side.show()
        self.side.open("export")

    # What is told

    def _tell_damaged(self, path: Path, problem: Problem) -> None:
        open_rest = partial(self.workspace.open, path, accept_damaged=True)
        self.notices.tell_problem(problem, Choice(self.tr("Open what is left"), open_rest))

    def _tell_notes(self, session: EditSession, notes: tuple[object, ...]) -> None:
        for note in notes:
            self.notices.tell(note_text(note))  # type: ignore[arg-type]

    def _tell_exported(self, exported: Exported) -> None:
        text = self.tr("Exported: {name}, {size}")
        size = self.locale().formattedDataSize(exported.nbytes, 1)
        self.notices.tell(text.format(name=exported.path.name, size=size))

    def _tell_saved(self, session: EditSession) -> None:
        self.notices.tell(self.tr("Saved: {name}").format(name=session.name))

    def _offer_result(self, session: EditSession, order: Order, result: Result) -> None:
        self.notices.tell(
            self.tr("The layer was changed in the meantime, so the result was not put on it."),
            Choice(self.tr("Add as new layer"), partial(session.insert_result, order, result)),
        )

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.jobs.active:
            self.jobs_bar.cancel_first()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._light_up(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light_up(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light_up(False)
        event.acceptProposedAction()
        if event.mimeData().hasUrls():
            names = (url.toLocalFile() for url in event.mimeData().urls())
            self.open_dropped([Path(name) for name in names if name])
            return
        image = pasted_image(event.mimeData())
        if not image.isNull():
            tiles, alpha = image_tiles(image)
            self.workspace.open_pixels(tiles, self.tr("Dropped picture"), alpha)

    def closeEvent(self, event: QCloseEvent) -> None:
        for session in self.workspace.sessions:
            self.workspace.make_current(session)
            if not self.files.close_session(session):
                event.ignore()
                return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.workspace.change_settings(window=geometry)
        event.accept()

    def _light_up(self, lit: bool) -> None:
        if self.canvas is None:
            self.start.set_drop_target(lit)
        else:
            self.canvas.set_drop_target(lit)


def _there(session: EditSession | None) -> frozenset[Needs]:
    """What there is to work on, for what can be done."""
    if session is None:
        return frozenset()
    layer = session.active_layer
    present: dict[Needs, bool] = {
        "document": True,
        "pixels": layer is not None and layer.tiles is not None,
        "mask": layer is not None and layer.mask is not None,
        "undo": session.stack.canUndo(),
        "redo": session.stack.canRedo(),
    }
    return frozenset(name for name, there in present.items() if there)
