# SPDX-License-Identifier: Apache-2.0
"""What the system says about a monitor's colours: the bytes of its ICC profile.

X11: the property _ICC_PROFILE of the root window, with _1, _2 for further screens ("ICC Profiles
in X", freedesktop.org). Windows: the profile of the screen's device context. macOS: the colour
space of the main display. Elsewhere nobody can be asked; Wayland's compositors correct by
themselves.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)
_LONGEST = 1 << 22  # of a property, in units of four bytes
_XA_CARDINAL = 6


def system_profile(window_system: str, screen: int) -> bytes:
    """window_system: as Qt names it. screen: its number, from 0. b"" where nothing is known; never
    raises."""
    if window_system == "windows" and sys.platform == "win32":
        return _careful(_of_windows)
    if window_system == "cocoa" and sys.platform == "darwin":
        return _careful(_of_macos)
    if window_system == "xcb":
        return _careful(lambda: _of_x11(screen))
    return b""


def _careful(ask: Callable[[], bytes]) -> bytes:
    try:
        return ask()
    except (OSError, AttributeError, ctypes.ArgumentError) as error:
        _log.warning("the monitor's profile is not known: %s", error)
        return b""


def _of_x11(screen: int) -> bytes:
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display.value:
        return b""
    try:
        root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
        name = b"_ICC_PROFILE" if screen == 0 else b"_ICC_PROFILE_%d" % screen
        atom = ctypes.c_ulong(x11.XInternAtom(display, name, True))
        return _property(x11, display, root, atom) if atom.value else b""
    finally:
        x11.XCloseDisplay(display)


def _property(
    x11: ctypes.CDLL, display: ctypes.c_void_p, root: ctypes.c_ulong, atom: ctypes.c_ulong
) -> bytes:
    kind, form = ctypes.c_ulong(), ctypes.c_int()
    count, left = ctypes.c_ulong(), ctypes.c_ulong()
    data = ctypes.POINTER(ctypes.c_ubyte)()
    failed = x11.XGetWindowProperty(
        display, root, atom, ctypes.c_long(0), ctypes.c_long(_LONGEST), 0,
        ctypes.c_ulong(_XA_CARDINAL), ctypes.byref(kind), ctypes.byref(form),
        ctypes.byref(count), ctypes.byref(left), ctypes.byref(data),
    )  # fmt: skip
    if failed or ctypes.cast(data, ctypes.c_void_p).value is None:
        return b""
    try:
        return ctypes.string_at(data, count.value) if form.value == 8 else b""
    finally:
        x11.XFree(data)


def _of_windows() -> bytes:
    # CDLL and not windll, which there is on Windows only; on 64 bits they call alike.
    user, gdi = ctypes.CDLL("user32"), ctypes.CDLL("gdi32")
    user.GetDC.restype = ctypes.c_void_p
    context = ctypes.c_void_p(user.GetDC(None))
    try:
        room = ctypes.c_ulong(1 << 15)
        name = ctypes.create_unicode_buffer(room.value)
        if not gdi.GetICMProfileW(context, ctypes.byref(room), name):
            return b""
    finally:
        user.ReleaseDC(None, context)
    with suppress(OSError):
        return Path(name.value).read_bytes()
    return b""


def _of_macos() -> bytes:
    graphics = ctypes.CDLL(ctypes.util.find_library("CoreGraphics"))
    core = ctypes.CDLL(ctypes.util.find_library("CoreFoundation"))
    for ask in (graphics.CGDisplayCopyColorSpace, graphics.CGColorSpaceCopyICCData):
        ask.restype = ctypes.c_void_p
    core.CFDataGetBytePtr.restype = ctypes.c_void_p
    core.CFDataGetLength.restype = ctypes.c_long
    space = ctypes.c_void_p(graphics.CGDisplayCopyColorSpace(graphics.CGMainDisplayID()))
    if not space.value:
        return b""
    data = ctypes.c_void_p(graphics.CGColorSpaceCopyICCData(space))
    core.CFRelease(space)
    if not data.value:
        return b""
    try:
        return ctypes.string_at(core.CFDataGetBytePtr(data), core.CFDataGetLength(data))
    finally:
        core.CFRelease(data)
