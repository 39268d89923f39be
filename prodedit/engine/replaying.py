# SPDX-License-Identifier: Apache-2.0
"""Steps on a document, one after the other: one way for the window, the command line and batches,
so that their bytes agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, free_ids
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.layer_names import LayerNames
from prodedit.engine.recipe import Done
from prodedit.engine.replay import RunTask, Step, TaskInputs, edit_for, inputs_for
from prodedit.engine.results import Result
from prodedit.engine.tasks import Task

NOTHING: Mapping[int, edits.Inputs] = {}


class Replay:
    """`document` as far as the steps are done. Edits are done by `advance`, which stops at each
    Task until its result is handed in by `land`.

    inputs: by step number, the pixels that a step needs and JSON cannot carry (a picture as
    background or style). layer_id: the layer that Tasks are done to.
    """

    def __init__(
        self,
        document: Document,
        steps: Sequence[Step],
        inputs: Mapping[int, edits.Inputs] = NOTHING,
        layer_id: str = PHOTO,
    ) -> None:
        self.document = document
        self.steps = tuple(steps)
        self.history: list[Done] = []
        """What is done, with layers named as they are in this document."""
        self._inputs = inputs
        self._layer = layer_id
        self._names = LayerNames()
        if layer_id != PHOTO:
            self._names.pair(PHOTO, layer_id)

    @property
    def done(self) -> int:
        """So many steps are."""
        return len(self.history)

    def advance(self) -> Task | None:
        """Do all edits up to the next Task; None: nothing is left. Raises Problem where an edit
        can't be done to this document."""
        while self.done < len(self.steps):
            step = self.steps[self.done]
            if isinstance(step, Task):
                return step
            edit = self._names.renamed(step, self._ids())
            self.document = self._after(edit)
            self.history.append(Done(edit))
        return None

    def _after(self, edit: edits.Edit) -> Document:
        try:
            return edits.apply(self.document, edit, self._pixels)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            # A recipe may come from anybody, with numbers that no person could have set.
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "The step “{step}” of the recipe can't be done with what it is set to.",
                ),
                code="senseless-step",
                step=edits.title(edit),
                details=f"{type(error).__name__}: {error}",
            ) from error

    def inputs(self) -> TaskInputs:
        """The pixels for the Task that is waited for. Raises Problem where it can't be done to this
        document."""
        step = self.steps[self.done]
        assert isinstance(step, Task)
        return inputs_for(step, self.document, self._layer, self._pixels)

    def land(self, result: Result, landing: tuple[edits.Edit, edits.Inputs] | None = None) -> None:
        """Put the result of the Task that was waited for into the document; `landing`: how, where
        that is known already."""
        step, before = self.steps[self.done], self._ids()
        assert isinstance(step, Task)
        edit, pixels = landing or edit_for(result, step, self._layer)
        self.document = edits.apply(self.document, edit, pixels)
        made = tuple(self._ids() - before)
        for layer in made:
            self._names.pair(free_ids(self._names.before, 1)[0], layer)
        self.history.append(Done(step, self._layer, made))

    @property
    def _pixels(self) -> edits.Inputs:
        return self._inputs.get(self.done, edits.NO_INPUTS)

    def _ids(self) -> set[str]:
        return {layer.id for layer in self.document.walk()}


def replay(
    document: Document,
    steps: Sequence[Step],
    run: RunTask,
    inputs: Mapping[int, edits.Inputs] | None = None,
    layer_id: str = PHOTO,
) -> Document:
    """`document` after all `steps`; `run` does a Task and waits. See Replay."""
    whole = Replay(document, steps, inputs or NOTHING, layer_id)
    while (task := whole.advance()) is not None:
        whole.land(run(task, whole.inputs()))
    return whole.document
