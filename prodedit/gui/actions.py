# SPDX-License-Identifier: Apache-2.0
"""Every command a person can give, in one table: text, keys, icon, menu, and when it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.aids_menu import AIDS
from prodedit.gui.catalogue_menu import SIMILAR, STEPS, STRIP
from prodedit.gui.entry import SEPARATOR, Entry
from prodedit.gui.entry import Needs as Needs
from prodedit.gui.file_menu import FILE
from prodedit.gui.filter_menu import FILTER
from prodedit.gui.picture_menu import MANY
from prodedit.gui.translation import translate

if TYPE_CHECKING:  # comes with numpy
    from prodedit.editing.session import EditSession

_T = QT_TRANSLATE_NOOP
_NEW, _MASK = _T("Action", "&New"), _T("Action", "&Mask")
_EFFECTS, _LOCK = _T("Action", "&Effects"), _T("Action", "L&ock")
_ARRANGE, _ALIGN = _T("Action", "&Arrange"), _T("Action", "Al&ign")
_TURN, _FLIP = _T("Action", "T&urn and flip"), _T("Action", "Flip")
_COLOURS = _T("Action", "C&olours")
COLOURS = (
    Entry(
        "fill_foreground",
        _T("Action", "Fill with the foreground colour"),
        ("Alt+Backspace",),
        needs="layer",
        menu=_COLOURS,
    ),
    Entry(
        "fill_background",
        _T("Action", "Fill with the background colour"),
        ("Ctrl+Backspace",),
        needs="layer",
        menu=_COLOURS,
    ),
    Entry("swap_colours", _T("Action", "Swap colours"), ("X",), "", "", menu=_COLOURS),
    Entry("reset_colours", _T("Action", "Black and white colours"), ("D",), "", "", menu=_COLOURS),
)
LAYER = (
    Entry("new_layer", _T("Action", "Empty layer"), ("Ctrl+Shift+N",), "square-plus", menu=_NEW),
    Entry("new_colour", _T("Action", "Colour layer"), (), "color-swatch", menu=_NEW),
    Entry("new_gradient", _T("Action", "Gradient layer"), (), "gradienter", menu=_NEW),
    Entry("new_pattern", _T("Action", "Pattern layer…"), (), "texture", menu=_NEW),
    Entry("duplicate", _T("Action", "&Duplicate"), ("Ctrl+J",), "copy", "layer"),
    Entry("via_cut", _T("Action", "New layer from a &cut"), ("Ctrl+Shift+J",), "", "selection"),
    Entry("delete", _T("Action", "De&lete"), (), "trash", "layer"),
    Entry("show_layer", _T("Action", "Show or hide la&yer"), (), "eye", "layer"),
    SEPARATOR,
    Entry("group", _T("Action", "&Group"), ("Ctrl+G",), "folder-plus", "layer"),
    Entry("ungroup", _T("Action", "&Ungroup"), ("Ctrl+Shift+G",), "", "group"),
    Entry("isolate_group", _T("Action", "Group on its o&wn"), (), "", "group"),
    Entry(
        "clip",
        _T("Action", "Cli&p to the layer below"),
        ("Ctrl+Alt+G",),
        "corner-left-down",
        "clip",
    ),
    SEPARATOR,
    Entry("mask_show_all", _T("Action", "Mask that shows all"), (), "mask", "bare", _MASK),
    Entry("mask_hide_all", _T("Action", "Mask that hides all"), (), "mask-off", "bare", _MASK),
    Entry("mask_selected", _T("Action", "Mask from the selection"), (), "", "selection", _MASK),
    Entry("mask_from_transparency", _T("Action", "Mask from transparency"), (), "", "bare", _MASK),
    Entry("link_mask", _T("Action", "Mask moves with its layer"), (), "link", "masked", _MASK),
    Entry("layer_mask_on", _T("Action", "Mask on or off"), (), "", "masked", _MASK),
    Entry("apply_mask", _T("Action", "Apply mask for good"), (), "", "masked", _MASK),
    Entry("layer_mask_remove", _T("Action", "Remove mask"), (), "trash", "masked", _MASK),
    Entry("drop_shadow", _T("Action", "Drop shadow"), (), "", "layer", _EFFECTS),
    Entry("contact_shadow", _T("Action", "Contact shadow"), (), "", "layer", _EFFECTS),
    Entry("cast_shadow", _T("Action", "Cast shadow"), (), "", "layer", _EFFECTS),
    Entry("reflection", _T("Action", "Reflection"), (), "", "layer", _EFFECTS),
    Entry("outline", _T("Action", "Outline"), (), "", "layer", _EFFECTS),
    Entry("glow", _T("Action", "Glow"), (), "", "layer", _EFFECTS),
    Entry("colour_overlay", _T("Action", "Colour overlay"), (), "", "layer", _EFFECTS),
    Entry("copy_effects", _T("Action", "Copy effects"), (), "", "effects", _EFFECTS),
    Entry("paste_effects", _T("Action", "Paste effects"), (), "", "layer", _EFFECTS),
    Entry("clear_effects", _T("Action", "Remove effects"), (), "", "effects", _EFFECTS),
    Entry("blend_mode", _T("Action", "&Blend mode"), (), "", "layer"),
    Entry("lock_pixels", _T("Action", "Lock pixels"), (), "brush", "layer", _LOCK),
    Entry("lock_position", _T("Action", "Lock position"), (), "arrows-move", "layer", _LOCK),
    Entry("lock_alpha", _T("Action", "Lock transparency"), ("/",), "grid-pattern", "layer", _LOCK),
    SEPARATOR,
    Entry("raise_layer", _T("Action", "Raise"), ("Ctrl+]",), "arrow-up", "layer", _ARRANGE),
    Entry("lower_layer", _T("Action", "Lower"), ("Ctrl+[",), "arrow-down", "layer", _ARRANGE),
    Entry("raise_to_top", _T("Action", "To the top"), ("Ctrl+Shift+]",), "", "layer", _ARRANGE),
    Entry(
        "lower_to_bottom", _T("Action", "To the bottom"), ("Ctrl+Shift+[",), "", "layer", _ARRANGE
    ),
    Entry("align_left", _T("Action", "Align left"), (), "layout-align-left", "layer", _ALIGN),
    Entry("align_centre", _T("Action", "Align centre"), (), "layout-align-center", "layer", _ALIGN),
    Entry("align_right", _T("Action", "Align right"), (), "layout-align-right", "layer", _ALIGN),
    Entry("align_top", _T("Action", "Align top"), (), "layout-align-top", "layer", _ALIGN),
    Entry("align_middle", _T("Action", "Align middle"), (), "layout-align-middle", "layer", _ALIGN),
    Entry("align_bottom", _T("Action", "Align bottom"), (), "layout-align-bottom", "layer", _ALIGN),
    Entry(
        "distribute_across",
        _T("Action", "Same distance across"),
        (),
        "layout-distribute-vertical",
        "layer",
        _ALIGN,
    ),
    Entry(
        "distribute_down",
        _T("Action", "Same distance down"),
        (),
        "layout-distribute-horizontal",
        "layer",
        _ALIGN,
    ),
    Entry("flip_layer_across", _T("Action", "Flip layer left to right"), (), "", "layer", _FLIP),
    Entry("flip_layer_down", _T("Action", "Flip layer upside down"), (), "", "layer", _FLIP),
    SEPARATOR,
    Entry("merge_down", _T("Action", "Me&rge"), ("Ctrl+E",), "arrow-merge", "merge"),
    Entry("merge_visible", _T("Action", "Merge what s&hows"), ("Ctrl+Shift+E",), "", "layer"),
    Entry("flatten", _T("Action", "&Flatten"), (), "", "layer"),
    Entry("rasterise", _T("Action", "Ra&sterise"), (), "", "drawn"),
    SEPARATOR,
    Entry("layer_above", _T("Action", "Choose the layer abo&ve"), ("Alt+]",), "", "layer"),
    Entry("layer_below", _T("Action", "Choose &the layer below"), ("Alt+[",), "", "layer"),
)

FRAME = (
    Entry("image_size", _T("Action", "Image si&ze…"), ("Ctrl+Alt+I",), "photo-edit"),
    Entry("canvas_size", _T("Action", "C&anvas size…"), ("Ctrl+Alt+C",), "artboard"),
    Entry("turn_left", _T("Action", "Turn left"), (), "rotate", menu=_TURN),
    Entry("turn_right", _T("Action", "Turn right"), (), "rotate-clockwise", menu=_TURN),
    Entry("turn_round", _T("Action", "Turn by 180°"), menu=_TURN),
    Entry("flip_across", _T("Action", "Flip left to right"), (), "flip-horizontal", menu=_TURN),
    Entry("flip_down", _T("Action", "Flip upside down"), (), "flip-vertical", menu=_TURN),
)

MENUS: Mapping[str, tuple[Entry, ...]] = {
    _T("Menu", "&File"): FILE,
    _T("Menu", "&Edit"): (
        Entry("undo", _T("Action", "&Undo"), ("Ctrl+Z",), "arrow-back-up", "undo"),
        Entry(
            "redo", _T("Action", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "arrow-forward-up", "redo"
        ),
        SEPARATOR,
        Entry("cut", _T("Action", "Cu&t"), ("Ctrl+X",), "scissors", "selection"),
        Entry("copy", _T("Action", "&Copy"), ("Ctrl+C",), "copy"),
        Entry("copy_merged", _T("Action", "Copy as it &shows"), ("Ctrl+Shift+C",)),
        Entry("paste", _T("Action", "&Paste"), ("Ctrl+V",), "clipboard", ""),
        Entry("paste_in_place", _T("Action", "Paste &in place"), ("Ctrl+Shift+V",), "", ""),
        Entry("clear", _T("Action", "C&lear"), ("Delete", "Backspace"), "eraser"),
        Entry(
            "fill", _T("Action", "Fill &with colour…"), ("Shift+Backspace",), "droplet", "pixels"
        ),
        *COLOURS,
        SEPARATOR,
        Entry("transform", _T("Action", "Tra&nsform"), ("Ctrl+T",), "scale", "layer"),
        Entry("transform_handles", _T("Action", "Transform handles of the Move tool")),
        SEPARATOR,
        Entry("preferences", _T("Action", "Pre&ferences…"), ("Ctrl+K",), "settings", ""),
    ),
    _T("Menu", "&Picture"): (
        Entry(
            "remove_background",
            _T("Action", "&Remove background"),
            ("Ctrl+Alt+1",),
            "background",
            "pixels",
        ),
        Entry("enhance", _T("Action", "&Enhance…"), ("Ctrl+Alt+2",), "sparkles", "pixels"),
        Entry("transfer_style", _T("Action", "St&yle…"), ("Ctrl+Alt+3",), "palette", "pixels"),
        Entry("generate", _T("Action", "Ge&nerate…"), ("Ctrl+Alt+4",), "photo-spark", ""),
        Entry("train_generator", _T("Action", "Train a generator…"), (), "", ""),
        *SIMILAR,
        SEPARATOR,
        Entry("apply_recipe", _T("Action", "Apply reci&pe"), (), "bookmark"),
        Entry("keep_recipe", _T("Action", "Sa&ve as recipe…"), (), "", "undo"),
        Entry("edit_recipes", _T("Action", "E&dit recipes…"), (), "", ""),
        *MANY,
        SEPARATOR,
        *FRAME,
        SEPARATOR,
        Entry("invert_mask", _T("Action", "&Invert cut-out"), (), "arrows-exchange", "mask"),
        Entry("grow_mask", _T("Action", "&Grow cut-out"), (), "", "mask"),
        Entry("shrink_mask", _T("Action", "&Shrink cut-out"), (), "", "mask"),
        Entry("feather_mask", _T("Action", "&Feather cut-out"), (), "", "mask"),
        Entry("defringe", _T("Action", "Remove &colour fringe"), (), "", "mask"),
        SEPARATOR,
        Entry("import_mask", _T("Action", "I&mport mask…"), (), "database-import", "pixels"),
        Entry("export_mask", _T("Action", "E&xport mask…"), (), "", "mask"),
        Entry("toggle_mask", _T("Action", "Cut-out on or &off"), (), "", "mask"),
        Entry("remove_mask", _T("Action", "&Throw the cut-out away"), (), "", "mask"),
    ),
    _T("Menu", "&Layer"): LAYER,
    _T("Menu", "&Select"): (
        Entry("select_all", _T("Action", "&All"), ("Ctrl+A",), "select-all"),
        Entry("deselect", _T("Action", "&Deselect"), ("Ctrl+D",), "deselect", "selection"),
        Entry("reselect", _T("Action", "&Reselect"), ("Ctrl+Shift+D",)),
        Entry("invert_selection", _T("Action", "&Inverse"), ("Ctrl+Shift+I",), "", "selection"),
        SEPARATOR,
        Entry("select_product", _T("Action", "&Product"), (), "sparkles", "pixels"),
        Entry("select_layer", _T("Action", "What shows of the &layer")),
        Entry("select_colour", _T("Action", "By &colour…"), (), "color-picker"),
        SEPARATOR,
        Entry("grow_selection", _T("Action", "&Grow…"), (), "", "selection"),
        Entry("shrink_selection", _T("Action", "&Shrink…"), (), "", "selection"),
        Entry("feather_selection", _T("Action", "&Feather…"), ("Shift+F6",), "", "selection"),
        Entry("smooth_selection", _T("Action", "S&mooth…"), (), "", "selection"),
        Entry("border_selection", _T("Action", "&Border…"), (), "", "selection"),
        SEPARATOR,
        Entry("mask_from_selection", _T("Action", "Sa&ve as mask"), (), "mask", "selection"),
        Entry("selection_from_mask", _T("Action", "L&oad from mask"), (), "", "mask"),
        Entry("quick_mask", _T("Action", "&Quick mask"), ("Q",), "brush"),
    ),
    _T("Menu", "Fil&ter"): FILTER,
    _T("Menu", "&View"): (
        Entry("zoom_in", _T("Action", "Zoom &in"), ("Ctrl++", "Ctrl+="), "zoom-in"),
        Entry("zoom_out", _T("Action", "Zoom &out"), ("Ctrl+-",), "zoom-out"),
        Entry("zoom_fit", _T("Action", "&Fit in window"), ("Ctrl+0",), "zoom-scan"),
        Entry("zoom_full", _T("Action", "Actual &pixels (100 %)"), ("Ctrl+1",)),
        Entry("straight_view", _T("Action", "View not turned"), (), "rotate-360"),
        SEPARATOR,
        Entry("before_after", _T("Action", "&Before / after"), ("Ctrl+Shift+B",), "square-half"),
        Entry("mask_overlay", _T("Action", "Hidden part in r&ed"), ("\\",), "", "mask"),
        Entry("mask_view", _T("Action", "Next cut-out &view"), (), "", "mask"),
        Entry("extras", _T("Action", "E&xtras: selection, guides, grid"), ("Ctrl+H",)),
        SEPARATOR,
        *AIDS,
        SEPARATOR,
        Entry("histogram", _T("Action", "&Histogram"), (), "chart-histogram"),
        *STRIP,
        Entry("panels", _T("Action", "Show or hide p&anels"), ("F9",), "", ""),
        Entry("full_screen", _T("Action", "F&ull screen"), ("F11", "F"), "maximize", ""),
    ),
    _T("Menu", "&Window"): (
        Entry("next_document", _T("Action", "&Next picture"), ("Ctrl+Tab",)),
        Entry("previous_document", _T("Action", "&Previous picture"), ("Ctrl+Shift+Tab",)),
        *STEPS,
        Entry("next_area", _T("Action", "Next &area"), ("F6",), "", ""),
        Entry("reset_layout", _T("Action", "&Reset layout"), (), "", ""),
    ),
    _T("Menu", "&Help"): (
        Entry(
            "search_commands",
            _T("Action", "&Search commands…"),
            ("Ctrl+F", "Ctrl+Shift+P"),
            "search",
            "",
        ),
        Entry("keys", _T("Action", "&Keys"), ("F1",), "keyboard", ""),
        Entry("tour", _T("Action", "&Tour of the window"), (), "", ""),
        Entry("report_problem", _T("Action", "&Report a problem…"), (), "", ""),
        Entry("about", _T("Action", "&About ProdEdit"), (), "info-circle", ""),
    ),
}


REASONS: Mapping[Needs, str] = {
    "document": _T("Action", "Open a photo first."),
    "pixels": _T("Action", "Choose a layer that is a picture first."),
    "mask": _T("Action", "Remove the background first."),
    "selection": _T("Action", "Select a part of the picture first."),
    "layer": _T("Action", "There is no layer. Add one first."),
    "group": _T("Action", "Choose a group first."),
    "clip": _T("Action", "There is no layer below."),
    "merge": _T("Action", "Choose two layers, a group, or a layer with another one below."),
    "drawn": _T("Action", "These layers are plain pixels already."),
    "bare": _T("Action", "This layer has a mask already."),
    "masked": _T("Action", "This layer has no mask."),
    "effects": _T("Action", "This layer has no effects."),
    "adjustment": _T("Action", "Choose an adjustment layer first."),
    "undo": _T("Action", "Nothing was done yet."),
    "redo": _T("Action", "Nothing was undone."),
}
"""Why something can't be done: what is lacking."""


def entries() -> tuple[Entry, ...]:
    return tuple(entry for menu in MENUS.values() for entry in menu if entry.id)


class Actions(QObject):
    """The QActions of one window, by id. Keys and tooltips come with what they do, in `serve`:
    before that the window has to be seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._serves = False
        self._keys: Mapping[str, tuple[str, ...]] = {}
        self._entries = {entry.id: entry for entry in entries()}
        self._actions = {entry.id: self._made(entry) for entry in self._entries.values()}

    def serve(self, commands: tuple[QObject, ...]) -> None:
        """From now on each has its keys, and calls the method of its name of one of `commands`.

        Raises AttributeError where none of them has it: a menu with nothing behind it."""
        for action_id, action in self._actions.items():
            action.triggered.connect(_method(commands, action_id))
        self._serves = True
        self.set_keys({action_id: entry.keys for action_id, entry in self._entries.items()})

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Each action's, by its id; to be called once they serve."""
        from PySide6.QtGui import QKeySequence  # see `key_text`

        self._keys = keys
        for action_id, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in keys[action_id]])
            reason = action.toolTip().partition("\n")[2]
            self._tell(action_id, reason)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """What it has now; none before it serves."""
        return self._keys.get(action_id, ())

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def values(self) -> tuple[QAction, ...]:
        return tuple(self._actions.values())

    def enable(self, there: frozenset[Needs]) -> None:
        """Only what can be done now; `there` is what there is. The tooltips of the rest say why."""
        for action_id, action in self._actions.items():
            entry = self._entries[action_id]
            lacking = _lacking(entry.needs, there)
            action.setEnabled(not lacking)
            if self._serves:
                self._tell(action_id, translate("Action", REASONS[lacking]) if lacking else "")

    def _tell(self, action_id: str, reason: str) -> None:
        action = self._actions[action_id]
        tip = tooltip(action.text(), self.keys(action_id)[:1])
        action.setToolTip(f"{tip}\n{reason}" if reason else tip)

    def _made(self, entry: Entry) -> QAction:
        action = QAction(translate("Action", entry.text), self)
        action.setObjectName(entry.id)
        return action


def _lacking(needs: Needs, there: frozenset[Needs]) -> Needs:
    """What is to be told first of what is missing; "" where nothing is."""
    if needs and "document" not in there:
        return "document"
    if needs == "mask" and "mask" not in there and "pixels" not in there:
        return "pixels"
    return "" if needs in there else needs


def _method(commands: tuple[QObject, ...], name: str) -> Callable[[], None]:
    owner = next((one for one in commands if name in vars(type(one))), None)
    if owner is None:
        raise AttributeError(f"no command {name!r}")
    method: Callable[[], None] = getattr(owner, name)
    return method


def present(session: EditSession | None) -> frozenset[Needs]:
    """What there is to work on, for what can be done."""
    if session is None:
        return frozenset()
    from prodedit.gui.layer_needs import layer_needs  # it comes with numpy, too

    layer = session.active_layer
    there: dict[Needs, bool] = {
        "document": True,
        "pixels": layer is not None and layer.tiles is not None,
        "mask": layer is not None and layer.mask is not None,
        "selection": session.document.selection is not None,
        "undo": session.stack.canUndo(),
        "redo": session.stack.canRedo(),
        **layer_needs(session),
    }
    return frozenset(name for name, is_there in there.items() if is_there)


def tooltip(text: str, keys: tuple[str, ...]) -> str:
    """ "Save (Ctrl+S)": the text without its mnemonic, and the key."""
    plain = text.replace("&", "").removesuffix("…")
    if "(" in plain and plain.endswith(")") and len(plain.rsplit("(", 1)[1]) == 2:
        plain = plain.rsplit("(", 1)[0]  # Chinese mnemonics stand behind the text: 打开(O)
    return f"{plain} ({key_text(keys[0])})" if keys else plain


def key_text(keys: str) -> str:
    """As this system writes it: "Ctrl+S", "⌘S"."""
    # Here, because its lists of keys take longer to make than the menus: after the first paint.
    from PySide6.QtGui import QKeySequence

    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
