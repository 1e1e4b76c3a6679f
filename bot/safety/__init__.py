"""Screening of every message by local rules, the fixed texts, alerts, and redaction of personal data.

Nothing here uses a model, the network, a database or a clock.
"""

from bot.safety.levels import Alert, Level, Speaker, highest, is_amber, is_red, rank
from bot.safety.screening import GREEN, Screening, screen, screen_answer

__all__ = [
    "GREEN",
    "Alert",
    "Level",
    "Screening",
    "Speaker",
    "highest",
    "is_amber",
    "is_red",
    "rank",
    "screen",
    "screen_answer",
]
