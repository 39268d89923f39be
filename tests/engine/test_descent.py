# SPDX-License-Identifier: Apache-2.0
"""Our Adam is torch's, without what that one loads."""

from __future__ import annotations

from pathlib import Path

import torch

from prodedit.engine import generators
from prodedit.engine.generators.descent import Descent


def test_steps_are_those_of_torch() -> None:
    torch.manual_seed(1)
    start = torch.randn(3, 4)
    theirs = start.clone().requires_grad_()
    adam = torch.optim.Adam([theirs], 0.05)
    ours = Descent(start.clone().requires_grad_(), 0.05)
    for _ in range(5):
        adam.zero_grad()
        (theirs**4).sum().backward()
        adam.step()
        (gradient,) = torch.autograd.grad((ours.values**4).sum(), ours.values)
        ours.step(gradient)

    assert torch.allclose(ours.values, theirs, atol=1e-6)
    assert not torch.equal(ours.values, start)


def test_what_a_person_waits_for_makes_no_optimiser_of_torch() -> None:
    files = list(Path(generators.__path__[0]).glob("*.py"))

    assert len(files) > 10
    assert not [file.name for file in files if "torch.optim" in file.read_text(encoding="utf-8")]
