"""Everything that can be done with a sample, in the order in which key bar and help tell of it."""

from __future__ import annotations

from typing import Any

from markterm.tui.command import Command
from markterm.tui.evidence import commands as evidence
from markterm.tui.evidence import moving
from markterm.tui.verifying.commands import answer, decide_first, finish, look

COMMANDS: tuple[type[Command[Any]], ...] = (
    look.GoToCited,
    answer.Agree,
    answer.NotAgreed,
    decide_first.OwnPass,
    decide_first.OwnRefer,
    evidence.FindNext,
    evidence.FindPrevious,
    look.NextUnanswered,
    finish.Finish,
    answer.AgreeToAll,
    finish.Countersign,
    finish.LetPass,
    look.NextSample,
    evidence.Reference,
    evidence.Find,
    evidence.FindInAll,
    evidence.PreviousFile,
    evidence.NextFile,
    evidence.ReadOn,
    evidence.Files,
    evidence.ShowWhatChanged,
    evidence.Outline,
    look.Wider,
    look.Why,
    look.ByTask,
    decide_first.DecideFirst,
    evidence.PageAsItLooks,
    evidence.OpenOutside,
    moving.NextCriterion,
    moving.PreviousCriterion,
    evidence.NextPassage,
    evidence.PreviousPassage,
    evidence.PageDown,
    evidence.PageUp,
    moving.Zoom,
    moving.NextPane,
    moving.PreviousPane,
    moving.Wider,
    moving.Narrower,
    moving.Higher,
    moving.Lower,
    evidence.KeepFind,
    evidence.LeaveFind,
    evidence.StopReading,
    look.Leave,
    evidence.AllReferences,
)
