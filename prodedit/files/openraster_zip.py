# SPDX-License-Identifier: Apache-2.0
"""The members of a zip that nobody vouches for: by exact name, within limits, never on the disk.

A file that was cut has lost the directory at its end; its whole members are found from their own
headers then, because everything this program writes is stored and tells its length beforehand.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

_PIECE = 1 << 20
_LOCAL = struct.Struct("<4s5H3I2H")
_PLAIN_NAME = re.compile(r"[^\x00-\x1f\\:/]+(/[^\x00-\x1f\\:/]+)*")


class ZipLimits(NamedTuple):
    """members: at most so many; ratio: unpacked to packed; unpacked: bytes of all members."""

    members: int = 10_000
    ratio: int = 200
    unpacked: int = 16 << 30


class Member(NamedTuple):
    """offset: of the local header; method: as zip numbers them."""

    name: str
    offset: int
    packed: int
    size: int
    crc: int
    method: int


class Members:
    """An open project file. Raises Problem where it is no zip, or one made to do harm."""

    def __init__(self, path: Path, limits: ZipLimits | None = None) -> None:
        self.path = path
        self.is_cut = False
        self._file = path.open("rb")
        try:
            self._length = self._file.seek(0, 2)
            self._members = self._directory(limits or ZipLimits())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def sum_of(self, name: str) -> tuple[int, int] | None:
        """(CRC-32, bytes) as the directory says: they differ once another program wrote it."""
        member = self._members.get(name)
        return None if member is None else (member.crc, member.size)

    def text(self, name: str, most: int = 64 << 20) -> bytes | None:
        """The whole member, checked against its CRC; None where it is missing or damaged."""
        member = self._members.get(name)
        if member is None or member.size > most:
            return None
        try:
            data = self._unpack(member)
        except (zlib.error, ValueError, struct.error):
            return None
        return data if len(data) == member.size and zlib.crc32(data) == member.crc else None

    def is_intact(self, name: str) -> bool:
        """Whether the member's bytes have the CRC that the directory says; takes no memory."""
        member = self._members.get(name)
        if member is None:
            return False
        crc, length = 0, 0
        try:
            for piece in self._pieces(member):
                crc, length = zlib.crc32(piece, crc), length + len(piece)
        except (zlib.error, ValueError, struct.error):
            return False
        return (crc, length) == (member.crc, member.size)

    def picture(self, name: str, most: int = 64 << 20) -> bytes | None:
        """The member with what damage it may have; None where it cannot be had at all, or has more
        than `most` bytes."""
        member = self._members.get(name)
        if member is None or member.size > most:
            return None
        try:
            return self._unpack(member)
        except (zlib.error, ValueError, struct.error):
            return None

    def head(self, name: str, length: int) -> bytes:
        """The first bytes of a member, for a look before all of it is read."""
        try:
            return next(self._pieces(self._members[name]), b"")[:length]
        except (zlib.error, ValueError, struct.error):
            return b""

    def _read(self, offset: int, length: int) -> bytes:
        """Not through mmap: a file that shrinks meanwhile would end the program."""
        self._file.seek(offset)
        return self._file.read(length)

    def _directory(self, limits: ZipLimits) -> dict[str, Member]:
        try:
            with zipfile.ZipFile(self._file) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
            return self._scan(limits)
        if len(infos) > limits.members:
            raise _refused(f"{len(infos)} members")
        return _by_name([_member(info) for info in infos], limits)

    def _scan(self, limits: ZipLimits) -> dict[str, Member]:
        """What a cut file still holds in full, and the beginning of the member that was cut."""
        if self._read(0, 4) != b"PK\x03\x04":
            raise _refused(QT_TRANSLATE_NOOP("Reason", "it is not a zip"))
        self.is_cut = True
        return _by_name(list(self._local_headers(limits.members)), limits)

    def _local_headers(self, most: int) -> Iterator[Member]:
        at = 0
        for _ in range(most):
            header = self._read(at, _LOCAL.size)
            if header[:4] != b"PK\x03\x04" or len(header) < _LOCAL.size:
                return
            _, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(header)
            if flags & 0x9 or method != zipfile.ZIP_STORED or packed != size:
                return
            text = self._read(at + _LOCAL.size, name).decode("utf-8", "replace")
            yield Member(text, at, packed, size, crc, method)
            at += _LOCAL.size + name + extra + packed

    def _start(self, member: Member) -> int:
        fields = _LOCAL.unpack(self._read(member.offset, _LOCAL.size))
        return member.offset + _LOCAL.size + int(fields[9]) + int(fields[10])

    def _unpack(self, member: Member) -> bytes:
        packed = self._read(self._start(member), member.packed)
        if member.method == zipfile.ZIP_STORED:
            return packed
        unpacker = zlib.decompressobj(-15)
        return unpacker.decompress(packed, member.size + 1)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        """The unpacked bytes a piece at a time; they end soon after what the directory promised."""
        at, left = self._start(member), member.size
        end = at + member.packed
        unpack = _as_it_is if member.method == zipfile.ZIP_STORED else _inflate()
        while at < end:
            packed = self._read(at, min(_PIECE, end - at))
            if not packed:
                return  # the file is shorter than it says
            at += len(packed)
            for piece in unpack(packed):
                yield piece
                left -= len(piece)
                if left < 0:
                    return


def _as_it_is(stored: bytes) -> Iterator[bytes]:
    yield stored


def _inflate() -> Callable[[bytes], Iterator[bytes]]:
    """Call it with piece after piece of a raw deflate stream."""
    unpacker = zlib.decompressobj(-15)

    def unpack(packed: bytes) -> Iterator[bytes]:
        piece = unpacker.decompress(packed, _PIECE)
        while piece:  # also without further bytes in: the end of the last match may still be owed
            yield piece
            piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)

    return unpack


def _member(info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & 0x1:
        raise _refused(f"“{info.filename}” is encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _refused(f"“{info.filename}” is a link")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(f"“{info.filename}” is packed in an unknown way")
    return Member(
        info.orig_filename,
        info.header_offset,
        info.compress_size,
        info.file_size,
        info.CRC,
        info.compress_type,
    )


def _by_name(members: list[Member], limits: ZipLimits) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        _check(member, limits)
        if member.name in found:
            raise _refused(f"“{member.name}” is in it twice")
        found[member.name] = member
    if not found:
        raise _refused(QT_TRANSLATE_NOOP("Reason", "it is empty"))
    if sum(member.size for member in members) > limits.unpacked:
        raise _refused(QT_TRANSLATE_NOOP("Reason", "it unpacks to more than fits into memory"))
    return found


def _check(member: Member, limits: ZipLimits) -> None:
    name = member.name.removesuffix("/")
    if not _PLAIN_NAME.fullmatch(name) or {".", ".."} & set(name.split("/")):
        raise _refused(f"the name “{member.name!r}” leads out of it")
    if member.size > max(member.packed, 1) * limits.ratio:
        raise _refused(f"“{member.name}” unpacks to {member.size} bytes")
    if member.method == zipfile.ZIP_STORED and member.size != member.packed:
        raise _refused(f"“{member.name}” lies about its size")


def _refused(why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This is not a project file that can be opened: {why}."),
        code="not-a-project",
        why=why,
    )
