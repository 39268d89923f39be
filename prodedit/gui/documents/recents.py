# SPDX-License-Identifier: Apache-2.0
"""The pictures that were open before, with what they look like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.thumbnails import SIDE, Thumbnail, ThumbnailCache, made_of
from prodedit.core.problem import Problem
from prodedit.editing.settings import RECENT
from prodedit.editing.workspace import Workspace
from prodedit.files.decoder import Decoder
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_read import SMALL, load_preview
from prodedit.files.pictures import is_project
from prodedit.gui.late import while_there
from prodedit.gui.start_page import RECENT_SIZE, StartPage
from prodedit.gui.translation import translate
from prodedit.render.images import image_of

MENU_SIZE = QSize(48, 36)
MOST = RECENT
"""Pictures that are kept in memory: files change while they are worked on, and each save is another
picture."""
_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class Recents(QObject):
    """Small pictures of recent files, made on the thread that exports; what can't be read has
    none."""

    made = Signal(object, object)
    """(Path, QImage)"""

    def __init__(
        self,
        workspace: Workspace,
        page: StartPage,
        cache: Callable[[], ThumbnailCache] = ThumbnailCache,
    ) -> None:
        super().__init__(page)
        self._workspace, self._page, self._cache = workspace, page, cache
        self._kept: ThumbnailCache | None = None
        self._known: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self.made.connect(self._show)
        page.recent_shown.connect(self.want)
        self.want(page.recent)

    @property
    def workspace(self) -> Workspace:
        return self._workspace

    @Slot(object)
    def want(self, paths: Iterable[Path]) -> None:
        """`made` comes for each that can be read: at once for those that are known."""
        for picture in filter(None, map(looked_at, paths)):
            if picture.key in self._known:
                image = self._known[picture.key] = self._known.pop(picture.key)
                self.made.emit(picture.path, image)
            elif picture.key not in self._asked:
                self._asked.add(picture.key)
                errand = self._workspace.make(partial(self._read, picture))
                errand.done.connect(while_there(self, self._take, picture))

    def _read(self, picture: Picture) -> QImage:
        """On another thread; null where it can't be read."""
        if self._kept is None:
            self._kept = self._cache()
        small = self._kept.get(picture)
        try:
            if small is None:
                small = _made(picture.path, self._workspace.decoder)
                self._kept.put(picture, small)
        except Problem:
            return QImage()
        finally:
            self._kept.close()
        return QImage.fromData(small.data)

    def _take(self, picture: Picture, image: QImage) -> None:
        if not image.isNull():
            self._asked.discard(picture.key)
            self._known[picture.key] = image
            for forgotten in list(self._known)[:-MOST]:
                del self._known[forgotten]
            self.made.emit(picture.path, image)

    @Slot(object, object)
    def _show(self, path: Path, image: QImage) -> None:
        self._page.show_small(path, fitted(image, RECENT_SIZE, self._page.devicePixelRatioF()))


class RecentMenu(QMenu):
    """Made anew each time it is shown."""

    def __init__(self, recents: Recents, parent: QWidget) -> None:
        super().__init__(parent)
        self.setStyleSheet(f"QMenu {{ icon-size: {MENU_SIZE.width()}px; }}")
        self._recents, self._workspace = recents, recents.workspace
        self.aboutToShow.connect(self._fill)
        recents.made.connect(self._show)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        paths = [Path(name) for name in self._workspace.settings.recent]
        for path in paths:
            open_it: Callable[[], None] = partial(self._workspace.open, path)
            action = self.addAction(str(path).replace("&", "&&"), open_it)
            action.setEnabled(path.exists())
            action.setIcon(QIcon(_empty()))
            action.setData(str(path))
        if paths:
            self.addSeparator()
            self.addAction(translate("MainWindow", "Forget these"), self._forget)
        else:
            self.addAction(translate("MainWindow", "Nothing yet")).setEnabled(False)
        self._recents.want(paths)

    def _forget(self) -> None:
        self._workspace.change_settings(recent=())

    @Slot(object, object)
    def _show(self, path: Path, image: QImage) -> None:
        for action in self.actions():
            if action.data() == str(path):
                action.setIcon(QIcon(fitted(image, MENU_SIZE, self.devicePixelRatioF())))


def looked_at(path: Path) -> Picture | None:
    """None where it is not there."""
    try:
        told = path.stat()
    except OSError:
        return None
    return Picture(path, told.st_size, told.st_mtime_ns)


def fitted(image: QImage, size: QSize, scale: float) -> QPixmap:
    """In the middle of a picture of that size, so that all stand on one line."""
    whole = QPixmap(size * scale)
    whole.fill(Qt.GlobalColor.transparent)
    small = image.scaled(whole.size(), _KEEP, _SMOOTH)
    painter = QPainter(whole)
    painter.drawImage(
        (whole.width() - small.width()) // 2, (whole.height() - small.height()) // 2, small
    )
    painter.end()
    whole.setDevicePixelRatio(scale)
    return whole


def _empty() -> QPixmap:
    pixmap = QPixmap(MENU_SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _made(path: Path, decoder: Decoder) -> Thumbnail:
    """Raises Problem."""
    if not is_project(path):
        return made_of(decoder.thumbnail(path, SIDE))
    pixels, size = load_preview(path, png=isolated(decoder), members=SMALL)
    small = image_of(pixels).scaled(SIDE, SIDE, _KEEP, _SMOOTH)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG")  # type: ignore[call-overload]  # bytes, as it is declared, fail
    return Thumbnail(bytes(buffer.data().data()), *size)
