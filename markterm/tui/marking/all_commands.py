"""Everything that can be done on the marking screen, in the order in which key bar and help tell of it."""

from __future__ import annotations

from typing import Any

from markterm.tui.command import Command
from markterm.tui.evidence import commands as evidence
from markterm.tui.evidence import moving
from markterm.tui.marking.commands import (
    cite,
    close,
    countersign,
    decide,
    hand_in,
    look,
    settle_sheet,
    tasks,
    withdraw,
)

COMMANDS: tuple[type[Command[Any]], ...] = (
    decide.Pass,
    decide.Refer,
    cite.Cite,
    decide.Note,
    decide.Bank,
    evidence.FindNext,
    evidence.FindPrevious,
    look.NextOpen,
    withdraw.Withdraw,
    close.Close,
    look.ReadFeedback,
    evidence.Find,
    evidence.FindInAll,
    evidence.PreviousFile,
    evidence.NextFile,
    evidence.Reference,
    evidence.ReadOn,
    evidence.Files,
    evidence.ShowWhatChanged,
    evidence.Outline,
    tasks.ByTask,
    tasks.Brief,
    tasks.PassTask,
    tasks.Marks,
    countersign.Countersign,
    look.Across,
    look.ShowHistory,
    look.ShowMatrix,
    hand_in.Submit,
    hand_in.Declare,
    evidence.PageAsItLooks,
    evidence.OpenOutside,
    moving.NextCriterion,
    moving.PreviousCriterion,
    evidence.NextPassage,
    evidence.PreviousPassage,
    evidence.Select,
    cite.GoToCited,
    evidence.PageDown,
    evidence.PageUp,
    look.NextLearner,
    look.PreviousLearner,
    moving.Zoom,
    moving.NextPane,
    moving.PreviousPane,
    evidence.KeepFind,
    evidence.LeaveFind,
    evidence.StopReading,
    look.Leave,
    evidence.AllReferences,
    settle_sheet.SettleSheet,
)
