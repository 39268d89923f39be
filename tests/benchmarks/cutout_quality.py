# SPDX-License-Identifier: Apache-2.0
"""The quality table: IoU and edge error of each model on pictures with known alpha.

`python -m tests.benchmarks.cutout_quality FOLDER` keeps the pictures in FOLDER and writes
CUTOUT_QUALITY.md beside this file. Garment composites need masks, made once with both networks
from training photos on which they agree (`--garments`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import Problem
from prodedit.engine.families.background import remove_background
from prodedit.engine.service.device import best_device
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from tests.benchmarks.cutout_sets import DATA, Case, cases

Bytes = NDArray[np.uint8]

MODELS = ("u2net", "isnet", "auto")
BAND = 10
REPORT = Path(__file__).with_name("CUTOUT_QUALITY.md")


class Measure(NamedTuple):
    iou: float
    edge: float  # mean alpha error, 0..1, within BAND pixels of the true edge
    colour: float  # mean error of the edge's colour, 0..255


class Bench:
    """A context for tasks outside of the engine process."""

    def __init__(self) -> None:
        self.store = default_store()
        self.device = best_device()

    def report(self, fraction: float, text: str) -> None:
        """Nobody is told."""

    def cancelled(self) -> bool:
        """Nobody can."""
        return False


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


def keep_garment_masks(folder: Path, context: Any, each: int = 2) -> None:
    """Masks of training photos on which both networks agree: composites get new grounds."""
    (folder / "garments").mkdir(parents=True, exist_ok=True)
    for kind in sorted((DATA / "clothing" / "train").iterdir()):
        photos = np.random.default_rng(5).permutation(sorted(map(str, kind.glob("*.jpg"))))
        kept = 0
        for name in photos[:12]:
            picture = cv2.imread(str(name))
            mask = _agreed(np.asarray(picture, np.uint8), context)
            if mask is not None and kept < each:
                path = folder / "garments" / f"{kind.name}-{kept}.png"
                cv2.imwrite(str(path), np.dstack([picture, mask]))
                kept += 1


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


def run(folder: Path) -> dict[str, dict[str, list[Measure]]]:
    """Measures by set and model; each cut-out goes the way of the program's own."""
    context: Any = Bench()
    found: dict[str, dict[str, list[Measure]]] = defaultdict(lambda: defaultdict(list))
    for case in cases(folder):
        inputs = {"source": opaque(case.picture)}
        for model in MODELS:
            result = remove_background(RemoveBackground(model), inputs, context)
            found[case.set][model].append(measure(case, result.alpha, result.foreground))
        done = " ".join(f"{m} {found[case.set][m][-1].iou:.3f}" for m in MODELS)
        print(case.set, case.name, done, file=sys.stderr, flush=True)
    return found


def table(found: dict[str, dict[str, list[Measure]]]) -> str:
    """The table in Markdown, with the mean over the sets last."""
    lines = ["| set | pictures | " + " | ".join(MODELS) + " |", "|---" * (len(MODELS) + 2) + "|"]
    means = {model: [] for model in MODELS}  # type: dict[str, list[NDArray[Any]]]
    for name, models in found.items():
        row = [name, str(len(models[MODELS[0]]))]
        for model in MODELS:
            means[model].append(np.mean(models[model], axis=0))
            row.append(_figures(means[model][-1]))
        lines.append("| " + " | ".join(row) + " |")
    last = [_figures(np.mean(means[model], axis=0)) for model in MODELS]
    lines.append("| **mean of the sets** | | " + " | ".join(last) + " |")
    return "\n".join(lines)


def _figures(mean: NDArray[Any]) -> str:
    return f"{mean[0]:.4f} / {mean[1]:.4f} / {mean[2]:.1f}"


def main(arguments: list[str]) -> None:
    """Measure, and write the report."""
    folder = Path(arguments[0])
    if "--garments" in arguments:
        keep_garment_masks(folder, Bench())
    text = table(run(folder))
    head, _, _ = REPORT.read_text(encoding="utf-8").partition("<!-- table -->")
    REPORT.write_text(f"{head}<!-- table -->\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
