# SPDX-License-Identifier: Apache-2.0
"""What nobody foresaw is told as it is, and a lack of memory as one."""

from prodedit.catalogue.batch.mishaps import unexpected


def test_a_thread_without_a_stack_means_short_memory() -> None:
    assert unexpected(RuntimeError("can't start new thread")).code == "no-memory"
    other = unexpected(RuntimeError("boo"))
    assert other.code == "unexpected"
    assert "RuntimeError: boo" in str(other)
