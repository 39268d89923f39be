# SPDX-License-Identifier: Apache-2.0
"""Pixels that two processes see: arrays in shared memory, owned by the process that made them.

The owner creates and unlinks; the other process only attaches. `multiprocessing.shared_memory`
alone cannot do that before Python 3.13: attaching registers the memory with a resource tracker,
which removes it when the attaching process ends (https://bugs.python.org/issue38119). So:

- Linux: an anonymous memory file (memfd), found by others through /proc. The kernel frees it when
  the last user ends, even after a kill, and the size of /dev/shm (64 MB in containers) is no limit.
- macOS: a POSIX segment made by SharedMemory (its tracker cleans up after a killed owner), mapped
  by us without a tracker.
- Windows: a named mapping, freed by the system with its last user.

An array stays valid as long as anybody refers to it, also after `close` and `unlink`.
"""

import errno
import importlib
import mmap
import os
import sys
import uuid
from collections.abc import Mapping
from multiprocessing import shared_memory
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from prodedit.files.refusals import refusal

_OUT_OF_MEMORY = frozenset({errno.ENOSPC, errno.ENOMEM, errno.EMFILE, errno.ENFILE, None})
_COMMITTED = 1455  # ERROR_COMMITMENT_LIMIT of Windows, which Python gives no errno of its own


class _Segment(Protocol):
    """A piece of memory with a name that another process can open."""

    name: str

    def unlink(self) -> None: ...


class SharedArray:
    """One array in shared memory. Make it with `create` (owner) or `attach` (guest)."""

    def __init__(self, array: NDArray[Any], name: str, segment: _Segment | None) -> None:
        self._array: NDArray[Any] | None = array
        self._segment = segment
        self.name = name
        self.shape: tuple[int, ...] = array.shape
        self.dtype = array.dtype

    @classmethod
    def create(cls, shape: tuple[int, ...], dtype: DTypeLike = np.uint8) -> Self:
        """A new array of zeros, owned by this process; memory is taken as it is written to.

        Raises Problem("no-memory") where the system refuses.
        """
        size = _bytes(shape, dtype)
        segment: _Segment | None = None
        try:
            segment = _SEGMENTS(size)
            array = _view(segment.name, size, shape, dtype)
        except OSError as error:
            if segment is not None:
                segment.unlink()
            if error.errno not in _OUT_OF_MEMORY and getattr(error, "winerror", None) != _COMMITTED:
                raise
            raise refusal("no-memory", details=str(error)) from error
        return cls(array, segment.name, segment)

    @classmethod
    def attach(cls, name: str, shape: tuple[int, ...], dtype: DTypeLike = np.uint8) -> Self:
        """Another process's array, by the `name` it told. Raises OSError when it is gone."""
        return cls(_view(name, _bytes(shape, dtype), shape, dtype), name, None)

    @classmethod
    def attach_described(cls, description: Mapping[str, Any]) -> Self:
        """`attach` to what `describe` told, after its journey as JSON."""
        shape = tuple(int(side) for side in description["shape"])
        return cls.attach(str(description["name"]), shape, str(description["dtype"]))

    def describe(self) -> dict[str, Any]:
        """What another process needs to attach; JSON-able."""
        return {"name": self.name, "shape": list(self.shape), "dtype": self.dtype.str}

    @property
    def array(self) -> NDArray[Any]:
        """The array itself, writable for owner and guest. ValueError after `close`."""
        if self._array is None:
            raise ValueError("This shared array is closed.")
        return self._array

    def close(self) -> None:
        """Let go of this process's view; arrays handed out before stay valid. May be repeated."""
        self._array = None

    def unlink(self) -> None:
        """Take the name away, so that nobody can attach any more. Does nothing for a guest."""
        if self._segment is not None:
            self._segment.unlink()
            self._segment = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        self.unlink()


def _bytes(shape: tuple[int, ...], dtype: DTypeLike) -> int:
    """Size of such an array; at least one byte, since nothing can be mapped of an empty file."""
    count = 1
    for side in shape:
        count *= side
    return max(1, count * np.dtype(dtype).itemsize)


def _view(name: str, size: int, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array that keeps the mapping below it alive for as long as it lives itself."""
    return np.ndarray(shape, dtype, buffer=_map(name, size))


class _MemoryFile:
    """Linux: an anonymous file in memory; its name is the way to it through /proc."""

    def __init__(self, size: int) -> None:
        mark = f"prodedit-{uuid.uuid4().hex}"
        self._descriptor: int | None = None  # should the next line fail, `__del__` looks at it
        self._descriptor = os.memfd_create(mark)
        try:
            os.ftruncate(self._descriptor, size)
        except OSError:
            self.unlink()
            raise
        self.name = f"{os.getpid()}/{self._descriptor}/{mark}"

    def unlink(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.unlink()


def _open_memory_file(name: str) -> int:
    """Descriptor of a living _MemoryFile.

    The owner may have closed it and used the number for another file, hence the look at the mark.
    """
    process, descriptor, mark = name.split("/")
    opened = os.open(f"/proc/{int(process)}/fd/{int(descriptor)}", os.O_RDWR | os.O_CLOEXEC)
    if not str(Path(f"/proc/self/fd/{opened}").readlink()).startswith(f"/memfd:{mark}"):
        os.close(opened)
        raise FileNotFoundError(errno.ENOENT, "The owner has removed this shared array", name)
    return opened


class _PosixSegment:
    """macOS: a named segment; the tracker of SharedMemory removes it should the owner be killed."""

    def __init__(self, size: int) -> None:
        self._memory = shared_memory.SharedMemory(create=True, size=size)
        self.name = self._memory.name
        self._memory.close()

    def unlink(self) -> None:
        self._memory.unlink()


def _open_posix_segment(name: str) -> int:
    posix: Any = importlib.import_module("_posixshmem")  # what SharedMemory itself stands on
    return int(posix.shm_open("/" + name.lstrip("/"), os.O_RDWR, mode=0o600))


class _NamedMapping:
    """Windows: a mapping that lives while anybody has it open."""

    def __init__(self, size: int) -> None:
        self.name = f"prodedit-{uuid.uuid4().hex}"
        self._mapping: mmap.mmap | None = _map(self.name, size)

    def unlink(self) -> None:
        self._mapping = None


if sys.platform == "win32":
    _SEGMENTS = _NamedMapping

    def _map(name: str, size: int) -> mmap.mmap:
        return mmap.mmap(-1, size, tagname=name)

else:
    _SEGMENTS = _MemoryFile if sys.platform == "linux" else _PosixSegment
    _OPEN = _open_memory_file if sys.platform == "linux" else _open_posix_segment

    def _map(name: str, size: int) -> mmap.mmap:
        descriptor = _OPEN(name)
        try:
            return mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
