# SPDX-License-Identifier: Apache-2.0
import errno
import os
import stat
import zipfile
from pathlib import Path
from typing import IO

import pytest

from prodedit.core.problem import Problem
from prodedit.files.atomic import put_atomic, remove_leftovers, write_atomic
from prodedit.files.operating_system import OperatingSystem
from tests.ordinary_user import as_ordinary_user


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_new_and_over_old(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    for data in (b"one", b"", b"three" * 1_000_000):
        write_atomic(path, data)
        assert path.read_bytes() == data
    assert names(tmp_path) == ["a.png"]


def test_any_buffer(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", memoryview(bytearray(b"abc")))
    assert (tmp_path / "a").read_bytes() == b"abc"


def test_a_writer_may_seek_as_zip_files_do(tmp_path: Path) -> None:
    def pack(stream: IO[bytes]) -> None:
        with zipfile.ZipFile(stream, "w") as archive, archive.open("member", "w") as member:
            member.write(b"content" * 300_000)

    write_atomic(tmp_path / "a.zip", pack)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("member") == b"content" * 300_000


def test_a_failing_writer_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(stream: IO[bytes]) -> None:
        stream.write(b"half")
        raise KeyError("our own mistake")

    with pytest.raises(KeyError):
        write_atomic(path, fail)
    assert (names(tmp_path), path.read_bytes()) == (["a"], b"old")


def test_those_with_their_own_sentences_get_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        put_atomic(tmp_path / "nowhere" / "a", b"one")


def test_a_share_without_permissions_can_be_saved_to(tmp_path: Path) -> None:
    class Share(OperatingSystem):
        def set_mode(self, path: Path, mode: int) -> None:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    (tmp_path / "a").write_bytes(b"old")
    write_atomic(tmp_path / "a", b"new", system=Share())
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"new")


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.png"
    link.symlink_to(tmp_path / "there" / "real.png")
    write_atomic(link, b"one")
    write_atomic(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.png").read_bytes() == b"two"


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_new_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_the_previous_version_is_kept_on_wish(tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    for data in (b"one", b"two", b"three"):
        write_atomic(path, data, keep_previous=1)
    assert names(tmp_path) == ["a.ora", "a.ora.bak"]
    assert (tmp_path / "a.ora.bak").read_bytes() == b"two"


def test_the_previous_version_is_copied_where_links_do_not_exist(tmp_path: Path) -> None:
    class Fat(OperatingSystem):
        def link(self, source: Path, target: Path) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    path = tmp_path / "a.ora"
    for data in (b"one", b"two"):
        write_atomic(path, data, keep_previous=1, system=Fat())
    assert (path.read_bytes(), (tmp_path / "a.ora.bak").read_bytes()) == (b"two", b"one")
    assert names(tmp_path) == ["a.ora", "a.ora.bak"]


def test_verify_refuses(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def verify(written: Path) -> None:
        assert written.read_bytes() == b"new"
        raise ValueError("a layer is missing")

    with pytest.raises(Problem, match="not what was written") as caught:
        write_atomic(path, b"new", verify=verify)
    assert (caught.value.code, caught.value.details) == (
        "not-verified",
        "ValueError: a layer is missing",
    )
    assert (names(tmp_path), path.read_bytes()) == (["a"], b"old")


def test_a_disk_that_changes_bytes_is_noticed(tmp_path: Path) -> None:
    class Lying(OperatingSystem):
        def write(self, descriptor: int, data: memoryview) -> int:
            return super().write(descriptor, memoryview(b"\0" * len(data)))

    with pytest.raises(Problem) as caught:
        write_atomic(tmp_path / "a", b"new", system=Lying())
    assert (caught.value.code, names(tmp_path)) == ("not-verified", [])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing/a.png", "folder-gone"),
        ("a" * 300, "name-too-long"),
        ("folder", "is-folder"),
        ("file/a.png", "folder-gone"),
    ],
)
def test_sentences(tmp_path: Path, path: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match="was not saved") as caught:
        write_atomic(tmp_path / path, b"data")
    assert (caught.value.code, caught.value.values["file"]) == (code, Path(path).name)


def test_the_longest_name_that_the_disk_takes(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    write_atomic(path, b"data")
    assert path.read_bytes() == b"data"


@as_ordinary_user
def test_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(Problem, match="protected"):
        write_atomic(path, b"new")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(Problem, match="not allowed"):
            write_atomic(tmp_path / "b", b"new")
    finally:
        tmp_path.chmod(0o755)


@as_ordinary_user
def test_a_folder_whose_names_can_t_be_read_can_be_saved_to(tmp_path: Path) -> None:
    """As where everybody may put files for one person."""
    folder = tmp_path / "letter box"
    folder.mkdir(mode=0o300)
    write_atomic(folder / "a", b"new")
    assert (folder / "a").read_bytes() == b"new"
    folder.chmod(0o700)
    assert names(folder) == ["a"]


def test_leftovers_of_killed_programs_go(tmp_path: Path) -> None:
    for name, age in ((".prodedit-1.part", 100), (".prodedit-2.part", 0), ("mine.part", 100)):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    assert remove_leftovers(tmp_path, older_than=999_950) == 1
    assert names(tmp_path) == [".prodedit-2.part", "mine.part"]
