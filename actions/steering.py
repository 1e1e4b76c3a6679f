"""Commands that steer: back, change, skip, not sure, it varies, why, example, repeat, slower, progress, pause …"""

from __future__ import annotations

from datetime import date

from actions.base import Step
from actions.services import Services
from actions.step import Incoming
from bot.interview import Turn
from bot.interview.commands import command
from bot.interview.words import Words
from bot.understanding.reading import Command, from_json

COMMANDS: dict[str, Command] = {
    "action_go_back": "back",
    "action_change_answer": "change",
    "action_skip": "skip",
    "action_not_sure": "not_sure",
    "action_varies": "varies",
    "action_explain_question": "why",
    "action_example": "example",
    "action_repeat": "repeat",
    "action_slower": "slower",
    "action_progress": "progress",
    "action_pause": "pause",
    "action_start_again": "start_again",
    "action_person": "person",
    "action_help": "help",
}


class Steer(Step):
    """One command."""

    def __init__(self, services: Services, name: str, does: Command) -> None:
        super().__init__(services, name)
        self.does = does

    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        target = from_json(said.reading).target if said.reading else None
        return command(words, self.does, target)
