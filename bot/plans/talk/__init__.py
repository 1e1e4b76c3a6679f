"""Building the plan by talking: one prompt a turn, any order, in people's own words. Pure: state in, state and messages out."""

from bot.plans.talk.advance import advance, begin
from bot.plans.talk.ask import ask
from bot.plans.talk.interpret import interpret, interrupts
from bot.plans.talk.steering import command
from bot.plans.talk.turn import PlanTurn

__all__ = ["PlanTurn", "advance", "ask", "begin", "command", "interpret", "interrupts"]
