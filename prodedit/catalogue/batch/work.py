# SPDX-License-Identifier: Apache-2.0
"""One picture of a batch, all the way: read, cut out, made into its files, looked at again.

The functions are those of the window, so the bytes are the same. A Workshop stands on one computer,
with its decoder and its engine; what it is asked and what it answers are values that travel.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from prodedit.catalogue.batch.alike import fill_of, least_fill, light_of
from prodedit.catalogue.batch.asking import Asking, Engine, Watched
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.errand import Made, Work, latecomer
from prodedit.catalogue.batch.facts import facts_of
from prodedit.catalogue.batch.masks import inputs_of, read_mask, set_mask, write_mask
from prodedit.catalogue.batch.mishaps import make_folder, no_memory, unexpected
from prodedit.catalogue.batch.pipeline import checked_score
from prodedit.catalogue.batch.small import small_jpeg
from prodedit.catalogue.batch.states import (
    Mark,
    Sentence,
    State,
    Told,
    Written,
    mark_of,
)
from prodedit.catalogue.check.findings import Verdict, judged
from prodedit.catalogue.check.fixing import ForSlots
from prodedit.catalogue.check.looking import Eyes
from prodedit.catalogue.check.product import Product
from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Size
from prodedit.core.presets import Ask, Making, Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.preset_steps import cutting
from prodedit.engine.recipe import to_bytes
from prodedit.engine.replay import RunTask, Step
from prodedit.engine.replaying import replay
from prodedit.engine.results import Result
from prodedit.engine.tasks import RemoveBackground, Task
from prodedit.files.atomic import write_atomic
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import Opened, open_picture
from prodedit.render.export import export_picture

OnStage = Callable[[str, float], None]
TARGET_GONE = "target-gone"
"""Code of the Problem that the output folder is not there any more."""
_READ, _CUT, _MADE = 0.1, 0.6, 0.9
"""How far a picture is in all after each of its stages."""


class _Played(NamedTuple):
    """document: after the recipe. borrowed: its mask was made for the presets, not by the recipe.
    edges: of the photo that cut the product off."""

    document: Document
    borrowed: bool = False
    edges: int = 0


class Doer(Protocol):
    """Where the work is done: a Workshop on this computer, or a cluster of them. `do` is called by
    several threads at once."""

    def start(self) -> None: ...

    def do(self, work: Work, on_stage: OnStage) -> Made: ...

    def cut_out(self, work: Work) -> Document: ...

    def let_go(self) -> None: ...

    def close(self) -> None: ...


class Workshop:
    """A place where pictures are worked on, several at once, each in a thread of the caller's.
    able: what the engine can be asked to see (see Eyes)."""

    def __init__(
        self, doing: Doing, decoder: Decoder, engine: Engine, able: Collection[str] = ()
    ) -> None:
        self._doing = doing
        self._digests = doing.digests()
        self._decoder = decoder
        self._engine = engine
        self._stopped = threading.Event()
        self._asking = Asking(engine, self._stopped.is_set)
        rules = {rule.rule for preset in doing.presets.values() for rule in preset.rules}
        self._eyes = Eyes(decoder, engine, rules, able)

    def start(self) -> None:
        """Let the engine load what it will need, if it will be asked for anything at all."""
        tasks = self._tasks()
        if tasks:
            self._engine.start(*tasks)

    def do(self, work: Work, on_stage: OnStage = lambda stage, fraction: None) -> Made:
        """Raises Problem with what went wrong with this picture, whatever it was, and Cancelled."""
        start = time.monotonic()
        try:
            made = self._made(work, on_stage)
        except (Problem, Cancelled):
            if self._stopped.is_set():
                raise Cancelled from None
            raise
        except MemoryError:
            raise no_memory() from None
        except Exception as error:  # one picture must not end a night's run
            raise unexpected(error) from error
        return msgspec.structs.replace(made, seconds=time.monotonic() - start)

    def cut_out(self, work: Work) -> Document:
        """The photo with the cut-out that was kept, as a person is to look at it. Raises Problem,
        Cancelled."""
        opened = open_picture(Path(work.source), self._decoder)
        return self._cut_by(opened.document, work, self._ask)

    def let_go(self) -> None:
        """Whatever is under way ends with Cancelled, but for what is being written."""
        self._stopped.set()
        self._decoder.cancel()
        self._engine.close()

    def close(self) -> None:
        self.let_go()
        self._decoder.close()
        self._asking.close()

    def _made(self, work: Work, on_stage: OnStage) -> Made:
        source = Path(work.source)
        on_stage("reading", 0.0)
        _check_target(Path(work.target))
        for output in work.outputs.values():
            make_folder(Path(output))
        mark = mark_of(source)
        opened = open_picture(source, self._decoder)
        on_stage("cutting", _READ)
        run = Watched(
            self._asking,
            lambda share: on_stage("cutting", _between(share)),
            repeats=bool(work.keep_mask),
        )
        played = self._played(opened, work, run)
        score = checked_score(played.document)
        if work.keep_mask and score is not None and score < self._doing.review:
            return self._kept("needs-review", work, played.document, mark, run)
        if work.measures:
            return self._kept("measured", work, played.document, mark, run)
        self._check_wanted()
        written, product = self._written(work, opened, played, run, on_stage)
        return Made(
            "done",
            mark,
            score,
            (*_notes(opened), *latecomer(work, self._doing.alike), *run.remarks),
            run.fidelity,
            self._judged(written, product, on_stage),
            self._small(source, work),
        )

    def _played(self, opened: Opened, work: Work, run: Watched) -> _Played:
        """After the recipe, or where the cut-out has to be looked at or measured, only that."""
        stages, document = self._doing.stages, opened.document
        if work.mask and work.measures:
            return _Played(self._cut_by(document, work, run))
        if work.mask:
            return self._with_mask(document, work, read_mask(Path(work.mask)), run)
        if not work.keep_mask:
            return self._finished(replay(document, self._doing.steps, run), opened)
        first = replay(document, (*stages.before, *stages.cutting), run)
        if not stages.cutting:
            first = replay(first, self._cutting_for_presets(first), run)
        photo = first.find(PHOTO)
        score = checked_score(first)
        if work.measures or (score is not None and score < self._doing.review):
            return _Played(first)
        if photo is None or photo.mask is None or score is None:
            return self._finished(replay(document, self._doing.steps, run.again()), opened)
        given = set_mask(photo.mask.score, photo.mask.task), inputs_of(photo.mask)
        return self._with_mask(document, work, given, run.again())

    def _with_mask(
        self,
        document: Document,
        work: Work,
        given: tuple[edits.SetMask, edits.Inputs],
        run: RunTask,
    ) -> _Played:
        """The recipe with a mask in the place of its cut-out, and like others of its group."""
        edit, pixels = given
        stages = self._doing.stages
        after_it = (*self._light(work), *(self._framed(step, work) for step in stages.after))
        steps: tuple[Step, ...] = (*stages.before, edit, *after_it)
        after = replay(document, steps, run, {len(stages.before): pixels})
        return _Played(after, not stages.cutting, _edges(pixels["alpha"], document))

    def _finished(self, document: Document, opened: Opened) -> _Played:
        photo = document.find(PHOTO)
        if photo is None or photo.mask is None:
            return _Played(document)
        return _Played(document, False, _edges(photo.mask.alpha, opened.document))

    def _cutting_for_presets(self, document: Document) -> tuple[Step, ...]:
        """What the first preset does that cuts out: all of them do the same."""
        makings = (preset.making for preset in self._doing.presets.values())
        making = next((making for making in makings if making.cuts_out), None)
        return () if making is None else cutting(document, making)

    def _kept(self, state: State, work: Work, document: Document, mark: Mark, run: Watched) -> Made:
        """Its cut-out is kept until a person has looked, or the others are measured."""
        _check_target(Path(work.target))
        photo = document.find(PHOTO)
        if work.keep_mask and photo is not None and photo.mask is not None:
            write_mask(Path(work.keep_mask), photo.mask)
        return Made(
            state,
            mark,
            checked_score(document),
            run.remarks,
            small=self._small_photo(work.source),
            facts=facts_of(document) if work.measures else None,
        )

    def _cut_by(self, document: Document, work: Work, run: RunTask) -> Document:
        """A photo with the cut-out that was kept."""
        before = self._doing.stages.before
        edit, pixels = read_mask(Path(work.mask))
        return replay(document, (*before, edit), run, {len(before): pixels})

    def _light(self, work: Work) -> tuple[Step, ...]:
        """What makes its light that of its group."""
        alike = self._doing.alike
        if alike is None or not alike.light or work.facts is None or work.common is None:
            return ()
        curves = light_of(work.facts, work.common)
        return () if curves is None else (edits.AdjustPixels(PHOTO, curves),)

    def _framed(self, step: Step, work: Work) -> Step:
        if not isinstance(step, edits.FrameProduct):
            return step
        fill = self._fill(work, Size(step.width, step.height), step.fill)
        return msgspec.structs.replace(step, fill=fill)

    def _making(self, preset: Preset, work: Work) -> Making:
        making = preset.making
        if not making.cuts_out or not making.fill:
            return making
        fill = self._fill(work, making.wanted, making.fill, least_fill(preset))
        return msgspec.structs.replace(making, fill=fill)

    def _fill(self, work: Work, shape: Size, fill: float, least: float = 0.0) -> float:
        alike = self._doing.alike
        is_real = alike is not None and alike.scale == "real"
        if not is_real or work.facts is None or work.common is None:
            return fill
        return max(0.05, fill_of(work.facts, work.common, shape, fill, least))

    def _written(
        self, work: Work, opened: Opened, played: _Played, run: RunTask, on_stage: OnStage
    ) -> tuple[dict[str, Written], dict[str, Product | None]]:
        written: dict[str, Written] = {}
        products: dict[str, Product | None] = {}
        slots: dict[bool, ForSlots] = {}
        for number, (key, path) in enumerate(work.outputs.items()):
            on_stage("making", _CUT + (_MADE - _CUT) * number / len(work.outputs))
            output = Path(path)
            _check_target(Path(work.target))
            preset = self._doing.presets.get(key)
            if preset is None:
                export_picture(played.document, output, self._doing.export, opened.metadata)
            else:
                bare = played.borrowed and not preset.making.cuts_out
                if bare not in slots:
                    slots[bare] = self._slots(opened, played, run, bare=bare)
                products[key] = slots[bare].write(output, self._making(preset, work))
            self._keep_recipe(output, key)
            written[key] = Written(path, self._digests[key], output.stat().st_size)
            self._check_wanted()
        return written, products

    def _slots(self, opened: Opened, played: _Played, run: RunTask, *, bare: bool) -> ForSlots:
        """bare: the photo keeps its backdrop, and is only framed by the mask."""
        document = played.document
        if bare:
            document = edits.apply(document, edits.EnableMask(PHOTO, False))
        network, edges = self._doing.enlarge, played.edges
        return ForSlots(document, opened.metadata, run, network=network, edges=edges)

    def _keep_recipe(self, output: Path, key: str) -> None:
        """Beside the file, with the setting that it was written with."""
        recipe, preset = self._doing.recipe, self._doing.presets.get(key)
        if recipe is None or not self._doing.keep_recipe:
            return
        export = self._doing.export if preset is None else preset.making.setting
        done = msgspec.structs.replace(recipe, export=export)
        write_atomic(output.with_name(f"{output.name}.json"), to_bytes(done))

    def _judged(
        self,
        written: Mapping[str, Written],
        products: Mapping[str, Product | None],
        on_stage: OnStage,
    ) -> dict[str, Written]:
        """Each file, looked at again as it lies there."""
        if not self._doing.check:
            return dict(written)
        judged_ones = dict(written)
        for key, file in written.items():
            preset = self._doing.presets.get(key)
            if preset is not None:
                on_stage("checking", _MADE)
                look = self._eyes.look(Path(file.path), products[key])
                verdict = judged(look, key, preset)
                judged_ones[key] = msgspec.structs.replace(
                    file, outcome=verdict.outcome, told=told(verdict)
                )
            self._check_wanted()
        return judged_ones

    def _small(self, source: Path, work: Work) -> dict[str, bytes]:
        if not self._doing.small:
            return {}
        made = {
            key: small_jpeg(self._decoder, Path(path), self._doing.small)
            for key, path in work.outputs.items()
        }
        return {**self._small_photo(str(source)), **made}

    def _small_photo(self, source: str) -> dict[str, bytes]:
        if not self._doing.small:
            return {}
        return {"photo": small_jpeg(self._decoder, Path(source), self._doing.small)}

    def _ask(self, task: Task, inputs: Mapping[str, Any]) -> Result:
        return self._asking.run(task, inputs)

    def _check_wanted(self) -> None:
        if self._stopped.is_set():
            raise Cancelled

    def _tasks(self) -> tuple[Task, ...]:
        tasks = [step for step in self._doing.steps if isinstance(step, Task)]
        if not self._doing.stages.cutting and self._doing.cuts_out:
            tasks.append(RemoveBackground())
        return tuple(tasks)


def told(verdict: Verdict) -> tuple[Told, ...]:
    """What does not pass; questions are asked of every file, so they are left out."""
    return tuple(
        Told(each.rule.rule, each.rule.weight, each.outcome, each.measured)
        for each in verdict.findings
        if each.outcome != "passes" and not isinstance(each.rule, Ask)
    )


def _check_target(target: Path) -> None:
    """A folder that was there and is gone is not made anew: it may be a disk that was pulled."""
    if not target.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The output folder “{folder}” is not there any more. Bring it back, then go on.",
            ),
            code=TARGET_GONE,
            folder=str(target),
        )


def _edges(alpha: Tiles, photo: Document) -> int:
    """How many edges of a plain photo its product touches, whatever frame it has got since: `alpha`
    lies on the photo's own pixels. Nothing is known of a project's."""
    if len(photo.layers) != 1:
        return 0
    return Product(alpha.to_array(), "cut-out").edges_touched


def _notes(opened: Opened) -> tuple[Sentence, ...]:
    return tuple(Sentence("Note", note.text, dict(note.values)) for note in opened.notes)


def _between(share: float) -> float:
    return _READ + (_CUT - _READ) * share
