"""Reads ``data/levels/*.yml`` for training. (Rasa's environment has ruamel.yaml; serving never reads these.)"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.shared.utils.io import read_yaml_file

from bot.understanding.examples import Between, LevelExamples, Varies


def load(folder: Path) -> list[LevelExamples]:
    """All questions, in the order of their codes.

    :raises ValueError: naming the file, when one is not of the expected shape.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise ValueError(f"no level files in {folder}")
    return [_question(file) for file in files]


def fingerprint(folder: Path) -> str:
    """Changes when a level file or the code of understanding changes."""
    code = Path(__file__).parent.parent / "understanding"
    digest = hashlib.sha256()
    for file in [*sorted(folder.glob("*.yml")), *sorted(code.glob("*.py")), Path(__file__)]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _question(file: Path) -> LevelExamples:
    data: dict[str, Any] = read_yaml_file(file)
    try:
        levels = {int(level): tuple(str(text) for text in texts) for level, texts in data["levels"].items()}
        if set(levels) != {0, 1, 2, 3} or data["question"] != file.stem:
            raise ValueError("needs levels 0 to 3 and the question of its file name")
        return LevelExamples(
            question_id=data["question"],
            levels=(levels[0], levels[1], levels[2], levels[3]),
            between=tuple(
                Between(str(item["text"]), (int(item["levels"][0]), int(item["levels"][1])))
                for item in data.get("between") or ()
            ),
            varies=tuple(
                Varies(str(item["text"]), int(item["usual"]), int(item["hard"]), item.get("days"))
                for item in data.get("varies") or ()
            ),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError(f"{file}: {error}") from error
