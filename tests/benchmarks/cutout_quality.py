# SPDX-License-Identifier: Apache-2.0
"""The quality table: IoU and edge error of each model on pictures with known alpha.

`python -m tests.benchmarks.cutout_quality FOLDER` keeps the pictures in FOLDER and writes
CUTOUT_QUALITY.md beside this file: a part of the pictures the rules were chosen on and all that
were held out, in about six minutes of two cores; `--all` takes every picture. Measures are kept in
FOLDER too, for the same sources, so that a run that was stopped goes on where it was (`--seconds N`
stops it). Garment composites need masks, made once with both networks from photos on which they
agree (`--garments`).
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import Problem
from prodedit.engine import families
from prodedit.engine.cards import ModelCard
from prodedit.engine.context import never, quiet
from prodedit.engine.families.background import remove_background
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from tests.benchmarks.cutout_sets import DATA, HELD, Case, cases

Bytes = NDArray[np.uint8]

MODELS = ("u2net", "isnet", "auto")
BAND = 10
Measures = dict[str, dict[str, list["Measure"]]]
"""By set and model."""
REPORT = Path(__file__).with_name("CUTOUT_QUALITY.md")


class Measure(NamedTuple):
    iou: float
    edge: float  # mean alpha error, 0..1, within BAND pixels of the true edge
    colour: float  # mean error of the edge's colour, 0..255


class Remembering:
    """The program's own store, whose networks are not asked twice for one picture: "auto" asks what
    its two networks were asked alone."""

    def __init__(self) -> None:
        self._store = default_store()
        self._answers: dict[tuple[str, str], NDArray[np.float32]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def use(self, card: ModelCard, device: Any) -> Any:
        return _Asked(self._store.use(card, device), card.id, self._answers)

    def forget(self) -> None:
        self._answers.clear()


class _Asked(NamedTuple):
    network: Any
    id: str
    answers: dict[tuple[str, str], NDArray[np.float32]]

    def run(self, tensor: NDArray[np.float32], cancelled: Any) -> NDArray[np.float32]:
        key = (self.id, hashlib.sha256(tensor.tobytes()).hexdigest())
        if key not in self.answers:
            self.answers[key] = self.network.run(tensor, cancelled)
        return self.answers[key]


class Bench:
    """A context for tasks outside of the engine process."""

    report = staticmethod(quiet)
    cancelled = staticmethod(never)

    def __init__(self) -> None:
        self.store = Remembering()
        self.device = best_device()


def measure(case: Case, alpha: Bytes, foreground: Bytes | None) -> Measure:
    """How far a cut-out is from the truth."""
    ours, true = alpha > 127, case.alpha > 127
    iou = float((ours & true).sum() / max(1, (ours | true).sum()))
    near = _distance(true) <= BAND
    edge = float(np.abs(alpha[near].astype(int) - case.alpha[near]).mean() / 255)
    soft = (case.alpha > 20) & (case.alpha < 235) & (alpha > 20)
    shown = case.picture.copy()
    if foreground is not None:
        np.copyto(shown, foreground[..., 2::-1], where=foreground[..., 3:] > 0)
    colour = np.abs(shown[soft].astype(int) - case.foreground[soft])
    return Measure(iou, edge, float(colour.mean()) if colour.size else 0.0)


def _distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    within = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)
    beyond = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(within + beyond, np.float32)


def opaque(picture: Bytes) -> Bytes:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA), np.uint8)


def keep_garment_masks(folder: Path, context: Any, split: str, each: int = 2) -> None:
    """Masks of photos on which both networks agree: composites get new grounds."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in sorted((DATA / "clothing" / split).iterdir()):
        photos = np.random.default_rng(5).permutation(sorted(map(str, kind.glob("*.jpg"))))
        kept = len(list(folder.glob(f"{kind.name}-*.png")))
        for name in photos[:12]:
            if kept >= each:
                break
            picture = np.asarray(cv2.imread(str(name)), np.uint8)
            mask = _agreed(picture, context)
            if mask is not None:
                cv2.imwrite(str(folder / f"{kind.name}-{kept}.png"), np.dstack([picture, mask]))
                kept += 1
            context.store.forget()


def _agreed(picture: Bytes, context: Any) -> Bytes | None:
    source = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
    masks = []
    for model in ("u2net", "isnet"):
        try:
            task = RemoveBackground(model, refine=False)
            masks.append(remove_background(task, {"source": source}, context).alpha > 127)
        except Problem:
            return None
    first, second = masks
    rim = first[[0, -1]].any() or first[:, [0, -1]].any()
    alike = (first != second).sum() < 0.03 * first.sum()
    if rim or not alike or not 0.15 < first.mean() < 0.7:
        return None
    return np.asarray(second * np.uint8(255))


def run(folder: Path, every: bool, seconds: float) -> tuple[Measures, bool]:
    """Measures by set and model, and whether all are there; cut out as the program does."""
    context: Any = Bench()
    end = time.monotonic() + seconds
    kept = folder / f"measured-{_sources()}.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    found: Measures = defaultdict(lambda: defaultdict(list))
    for case in cases(folder, every):
        if case.name not in known:
            if time.monotonic() > end:
                return found, False
            known[case.name] = _measured(case, context)
            kept.write_text(json.dumps(known))
        for model, measures in known[case.name].items():
            found[case.set][model].append(Measure(*measures))
    return found, True


def _measured(case: Case, context: Any) -> dict[str, Measure]:
    inputs, measures = {"source": opaque(case.picture)}, {}
    for model in MODELS:
        result = remove_background(RemoveBackground(model), inputs, context)
        measures[model] = measure(case, result.alpha, result.foreground)
    context.store.forget()
    done = " ".join(f"{m} {v.iou:.3f}" for m, v in measures.items())
    print(case.set, case.name, done, file=sys.stderr, flush=True)
    return measures


def _sources() -> str:
    """A name for the state of the sources that take a background away."""
    files = [p for p in sorted(Path(families.__path__[0]).glob("*.py")) if p.stem != "seeded"]
    texts = [p.read_bytes() for p in files]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:12]


def table(found: Measures) -> str:
    """The table in Markdown, with the means over the two kinds of sets last."""
    lines = ["| set | pictures | " + " | ".join(MODELS) + " |", "|---" * (len(MODELS) + 2) + "|"]
    means = {model: [] for model in MODELS}  # type: dict[str, list[NDArray[Any]]]
    for name, models in found.items():
        row = [name, str(len(models[MODELS[0]]))]
        for model in MODELS:
            means[model].append(np.mean(models[model], axis=0))
            row.append(_figures(means[model][-1]))
        lines.append("| " + " | ".join(row) + " |")
    for kind, held in (("sets the rules were chosen on", False), ("held-out sets", True)):
        rows = [k for k, name in enumerate(found) if (HELD in name) == held]
        last = [_figures(np.mean([means[model][k] for k in rows], axis=0)) for model in MODELS]
        lines.append(f"| **mean of the {kind}** | | " + " | ".join(last) + " |")
    return "\n".join(lines)


def _figures(mean: NDArray[Any]) -> str:
    return f"{mean[0]:.4f} / {mean[1]:.4f} / {mean[2]:.1f}"


def main(arguments: list[str]) -> int:
    """Measure, and write the report; 1 where time was up before the end."""
    folder = Path(arguments[0])
    if "--garments" in arguments:
        keep_garment_masks(folder / "garments", Bench(), "train")
        keep_garment_masks(folder / "garments held out", Bench(), "test", 1)
    limit = arguments[arguments.index("--seconds") + 1] if "--seconds" in arguments else "inf"
    found, complete = run(folder, "--all" in arguments, float(limit))
    if not complete:
        return 1
    head, _, _ = REPORT.read_text(encoding="utf-8").partition("<!-- table -->")
    REPORT.write_text(f"{head}<!-- table -->\n{table(found)}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
