"""What families read and what councils set, as checked data: :func:`load` reads it, :func:`check` judges it."""

from bot.content.checks import check
from bot.content.loader import Content, load
from bot.content.problems import ContentError, Problem

__all__ = ["Content", "ContentError", "Problem", "check", "load"]
