# SPDX-License-Identifier: Apache-2.0
"""All of the window that works on pictures; it comes in after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from prodedit.editing.jobs_model import JobsModel
from prodedit.editing.workspace import Workspace
from prodedit.engine.generators.library import default_library
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.gui.batch.desk import BatchDesk
from prodedit.gui.blend_menu import BlendMenu
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.check.desk import CheckDesk
from prodedit.gui.commands.adjust import AdjustCommands
from prodedit.gui.commands.aids import AidCommands
from prodedit.gui.commands.arranging import ArrangingCommands
from prodedit.gui.commands.batch import BatchCommands
from prodedit.gui.commands.catalogue import CatalogueCommands
from prodedit.gui.commands.check import CheckCommands
from prodedit.gui.commands.clipboard import ClipboardCommands
from prodedit.gui.commands.colours import ColourCommands
from prodedit.gui.commands.cutout import CutoutCommands
from prodedit.gui.commands.documents import DocumentCommands
from prodedit.gui.commands.editing import EditCommands
from prodedit.gui.commands.effects import EffectCommands
from prodedit.gui.commands.files import FileCommands
from prodedit.gui.commands.help import HelpCommands
from prodedit.gui.commands.layer_masks import LayerMaskCommands
from prodedit.gui.commands.layers import LayerCommands
from prodedit.gui.commands.looks import LookCommands
from prodedit.gui.commands.merging import MergingCommands
from prodedit.gui.commands.new_layers import NewLayerCommands
from prodedit.gui.commands.paper import PaperCommands
from prodedit.gui.commands.picture import PictureCommands
from prodedit.gui.commands.recipes import RecipeCommands
from prodedit.gui.commands.selection import SelectionCommands
from prodedit.gui.commands.separating import SeparatingCommands
from prodedit.gui.commands.task_panels import TaskPanelCommands
from prodedit.gui.commands.training import TrainingCommands
from prodedit.gui.commands.view import ViewCommands
from prodedit.gui.document_tabs import DocumentTabs
from prodedit.gui.gpu.desk import GpuDesk
from prodedit.gui.jobs_bar import JobsBar
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.panels.background import BackgroundPanel
from prodedit.gui.panels.enhance import EnhancePanel
from prodedit.gui.panels.export import ExportPanel
from prodedit.gui.panels.history import HistoryPanel
from prodedit.gui.panels.jobs import JobsPanel
from prodedit.gui.panels.layers import LayersPanel
from prodedit.gui.panels.navigator import NavigatorPanel
from prodedit.gui.panels.paths import PathsPanel
from prodedit.gui.panels.properties import PropertiesPanel
from prodedit.gui.panels.style import StylePanel
from prodedit.gui.presets.desk import PresetDesk
from prodedit.gui.recipes.desk import RecipeDesk
from prodedit.gui.recipes.menu import RecipeMenu
from prodedit.gui.side_rail import PanelEntry, SideRail
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.theme import Palette
from prodedit.gui.tool_bar import ToolColumn
from prodedit.gui.tools import SHAPE_TOOLS, TextTool
from prodedit.gui.training.desk import TrainingDesk
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.main_window import MainWindow


_DRAWING = {TextTool.id, *(tool.id for tool in SHAPE_TOOLS)}
"""Tools of which the Properties panel has the settings."""


class Panels(NamedTuple):
    """One attribute of the window each."""

    jobs: JobsModel
    tools: ToolColumn
    tabs: DocumentTabs
    layers: LayersPanel
    adjust: AdjustPanel
    background: BackgroundPanel
    properties: PropertiesPanel
    style: StylePanel
    enhance: EnhancePanel
    studio: StudioPanel
    export: ExportPanel
    history: HistoryPanel
    jobs_panel: JobsPanel
    jobs_bar: JobsBar


def panels(window: MainWindow, workspace: Workspace, palette: Palette) -> Panels:
    """Not in their places yet."""
    actions, jobs = window.actions_, JobsModel(window, workspace.whose)
    adjust, jobs_bar = AdjustPanel(workspace, window), JobsBar(jobs, window)
    jobs_panel = JobsPanel(jobs, window)
    tools = ToolColumn(palette, window)
    tools.colours.show_pair(workspace.settings.colours)
    tools.colours.changed.connect(lambda pair: workspace.change_settings(colours=pair))
    workspace.settings_changed.connect(lambda now: tools.colours.show_pair(now.colours))
    adjust.told.connect(window.notices.tell)
    adjust.exports.job_moved.connect(jobs.job_moved)
    window.recipes.runs.job_moved.connect(jobs.job_moved)
    window.catalogue.work.runs.job_moved.connect(jobs.job_moved)
    for listed in (jobs_bar, jobs_panel):
        listed.cancel_wanted.connect(adjust.exports.cancel)
        listed.cancel_wanted.connect(window.recipes.runs.cancel)
        listed.cancel_wanted.connect(window.catalogue.work.runs.cancel)
    return Panels(
        jobs=jobs,
        tools=tools,
        tabs=DocumentTabs(workspace, palette, window),
        layers=LayersPanel(workspace, actions, palette, window),
        adjust=adjust,
        background=BackgroundPanel(workspace, actions, window),
        properties=PropertiesPanel(window),
        style=StylePanel(workspace, window),
        enhance=EnhancePanel(workspace, window),
        studio=StudioPanel(workspace, window),
        export=ExportPanel(workspace, window),
        history=HistoryPanel(window),
        jobs_panel=jobs_panel,
        jobs_bar=jobs_bar,
    )


def side(window: MainWindow, palette: Palette) -> SideRail:
    """The rail with the panels that `panels` made."""
    navigator = NavigatorPanel(window.workspace, window)
    paths = PathsPanel(window.workspace, window)
    window.workspace.current_changed.connect(lambda _session: navigator.set_view(window.view))
    window.workspace.current_changed.connect(lambda _session: paths.set_view(window.view))
    entries = (
        PanelEntry(
            "background", translate("MainWindow", "Background"), "background", window.background
        ),
        PanelEntry("adjust", translate("MainWindow", "Adjust"), "adjustments", window.adjust),
        PanelEntry(
            "properties",
            translate("MainWindow", "Properties"),
            "adjustments-horizontal",
            window.properties,
        ),
        PanelEntry(
            "style",
            translate("MainWindow", "Style"),
            "palette",
            window.style_panel,
            window.style_panel.foot,
        ),
        PanelEntry(
            "enhance",
            translate("MainWindow", "Enhance"),
            "sparkles",
            window.enhance,
            window.enhance.foot,
        ),
        PanelEntry(
            "generate",
            translate("MainWindow", "Generate"),
            "photo-spark",
            window.studio,
            window.studio.foot,
        ),
        PanelEntry(
            "export",
            translate("MainWindow", "Export"),
            "file-export",
            window.export,
            window.export.foot,
        ),
        PanelEntry("paths", translate("MainWindow", "Paths"), "vector-bezier-2", paths),
        PanelEntry("navigator", translate("MainWindow", "Navigator"), "compass", navigator),
        PanelEntry("history", translate("MainWindow", "History"), "history", window.history),
        PanelEntry("jobs", translate("MainWindow", "Jobs"), "list", window.jobs_panel),
    )
    rail = SideRail(entries, window.layers, palette, window)

    def show_settings(tool_id: str) -> None:
        if tool_id in _DRAWING:
            rail.open("properties")

    def take(tool_id: str) -> None:
        window.tools.choose(tool_id)
        window.tools.chosen.emit(tool_id)

    def write(layer_id: str) -> None:
        take(TextTool.id)
        tool = None if window.view is None else window.view.tool(TextTool.id)
        if isinstance(tool, TextTool):
            tool.change(layer_id)

    window.history.recipe_wanted.connect(window.recipes.keep_history)
    for panel in (window.background, window.style_panel, window.enhance):
        panel.recipe_wanted.connect(window.recipes.keep)
    _offer_training(window, rail)
    window.export.presets_wanted.connect(window.presets.open)
    window.presets.changed.connect(window.export.load_presets)
    paths.tool_wanted.connect(take)
    window.layers.text_wanted.connect(write)
    window.tools.chosen.connect(show_settings)
    window.layers.settings_wanted.connect(rail.open)
    for fill in ("new_colour", "new_gradient"):
        window.actions_[fill].triggered.connect(lambda: rail.open("properties"))
    return rail


def commands(window: MainWindow, workspace: Workspace, files: FileCommands) -> tuple[QObject, ...]:
    """What the actions of the menus call."""
    window.recipes = RecipeDesk(workspace, RecipeLibrary(), window.notices, window)
    window.actions_["apply_recipe"].setMenu(RecipeMenu(window.recipes, window))
    window.catalogue = CatalogueDesk(workspace, window.notices, window, window.recipes)
    window.trainings = TrainingDesk(workspace, default_library(), window)
    window.gpu = GpuDesk(workspace, window)
    window.batches = BatchDesk(workspace, window.notices, window)
    window.checks = CheckDesk(workspace, window.notices, window)
    window.presets = PresetDesk(PresetLibrary(), window)
    window.checks.presets_wanted.connect(window.presets.open)
    for shown in (window.batches, window.checks):
        window.presets.changed.connect(shown.load)
    window.catalogue.batch_wanted.connect(window.batches.open)
    window.catalogue.check_wanted.connect(window.checks.open)
    window.batches.made.connect(window.catalogue.keeper.made_elsewhere)
    window.actions_["blend_mode"].setMenu(BlendMenu(workspace, window))
    return (
        files,
        DocumentCommands(workspace, files, window.notices, window),
        PaperCommands(workspace, window.catalogue, window.notices, window),
        LookCommands(workspace, window.catalogue, window.notices, window),
        SeparatingCommands(workspace, window.notices, window),
        EditCommands(workspace, window.gpu, window),
        ColourCommands(workspace, window, window),
        ClipboardCommands(workspace, window, window),
        SelectionCommands(workspace, window, window),
        CutoutCommands(workspace, window),
        TaskPanelCommands(window, window),
        LayerCommands(workspace, window),
        NewLayerCommands(workspace, window),
        LayerMaskCommands(workspace, window),
        MergingCommands(workspace, window),
        ArrangingCommands(workspace, window),
        EffectCommands(workspace, window, window),
        AdjustCommands(window, window),
        AidCommands(workspace, window, window.actions_, window),
        PictureCommands(workspace, window, window),
        CatalogueCommands(window.catalogue, window),
        RecipeCommands(window.recipes, window),
        TrainingCommands(window.trainings, window),
        BatchCommands(window.batches, window),
        CheckCommands(window.checks, window.presets, window),
        ViewCommands(workspace, window, window),
        HelpCommands(workspace, window),
    )


def _offer_training(window: MainWindow, rail: SideRail) -> None:
    """The studio asks for it, and gets what it makes."""
    panel, desk = window.studio, window.trainings

    def use(name: str) -> None:
        panel.studio.use(name)
        rail.open("generate")

    panel.offer_training()
    panel.train_wanted.connect(desk.open)
    panel.odd_wanted.connect(desk.find_odd)
    desk.made.connect(panel.studio.load)
    desk.open_wanted.connect(use)
