"""What understanding is trained on, in plain shapes. Reading the files is the caller's."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Between:
    """Words for which two neighbouring levels are both fair."""

    text: str
    levels: tuple[int, int]


@dataclass(frozen=True)
class Varies:
    """Words that say it changes: the usual level, the level on hard days, and how many days a week if said."""

    text: str
    usual: int
    hard: int
    days: int | None = None


@dataclass(frozen=True)
class LevelExamples:
    """Utterances for one question, as in ``data/levels/<code>.yml``."""

    question_id: str
    levels: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    between: tuple[Between, ...] = field(default=())
    varies: tuple[Varies, ...] = field(default=())

    def labelled(self) -> list[tuple[str, int]]:
        """Every line that has one clear level."""
        return [(text, level) for level, texts in enumerate(self.levels) for text in texts]

    def texts(self) -> list[str]:
        """Every line, of whatever sort."""
        lines = [text for text, _ in self.labelled()]
        return lines + [item.text for item in self.between] + [item.text for item in self.varies]


@dataclass(frozen=True)
class Talk:
    """What is said while a question is open, and belongs to no question by itself."""

    any_question: tuple[str, ...] = ()
    """Short answers that make sense at any question: "a bit"."""
    no_question: tuple[str, ...] = ()
    """Ordinary talk that answers none."""
    beside: tuple[str, ...] = ()
    """Of the latter, what asks nothing and steers nothing either."""
