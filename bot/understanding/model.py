"""Everything that was learnt, in one file: ``understanding.npz``, plain arrays and JSON, never pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Features
from bot.understanding.linear import Linear

FORMAT = 2


@dataclass(frozen=True)
class Model:
    """One vocabulary and the classifiers over it."""

    features: Features
    intents: Linear
    """Labels: the intents of data/nlu."""
    tells: Linear
    """Labels: "answer", "other"; whether a message tells of the child's needs, or steers, asks or chats."""
    topics: Linear
    """Labels: question codes, "any" and "none"; which question a sentence speaks about."""
    varies: Linear
    """Labels: "steady", "varies"; whether an answer says that it changes."""
    levels: dict[str, Linear]
    """By question code. Labels: "0" to "3"."""

    def save(self, path: Path) -> None:
        """Write the file. Weights go as 16-bit floats, a third of a thousandth of precision that nobody notices."""
        parts = {"intents": self.intents, "tells": self.tells, "topics": self.topics, "varies": self.varies}
        parts |= {f"level.{code}": linear for code, linear in self.levels.items()}
        meta = {
            "format": FORMAT,
            "parts": {
                name: {"labels": linear.labels, "temperature": linear.temperature} for name, linear in parts.items()
            },
        }
        arrays: dict[str, NDArray[Any]] = {
            "meta": _bytes(json.dumps(meta)),
            "vocabulary": _bytes("\n".join(self.features.vocabulary)),
            "idf": self.features.idf,
        }
        for name, linear in parts.items():
            arrays[f"{name}.weights"] = linear.weights.astype(np.float16)
            arrays[f"{name}.bias"] = linear.bias
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type] # numpy 2.5 types **kwds by its own flag

    @classmethod
    def load(cls, source: Path | IO[bytes]) -> Model:
        """Read the file. Raises ValueError for a file of another format."""
        with np.load(source, allow_pickle=False) as stored:
            meta = json.loads(_text(stored["meta"]))
            if meta["format"] != FORMAT:
                raise ValueError(
                    f"understanding model of format {meta['format']}, this code reads {FORMAT}: train again"
                )
            grams = _text(stored["vocabulary"]).split("\n")
            parts = {
                name: Linear(
                    labels=tuple(part["labels"]),
                    weights=stored[f"{name}.weights"].astype(np.float32),
                    bias=stored[f"{name}.bias"],
                    temperature=part["temperature"],
                )
                for name, part in meta["parts"].items()
            }
            return cls(
                features=Features({gram: index for index, gram in enumerate(grams)}, stored["idf"]),
                intents=parts["intents"],
                tells=parts["tells"],
                topics=parts["topics"],
                varies=parts["varies"],
                levels={name[6:]: part for name, part in parts.items() if name.startswith("level.")},
            )


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(array: NDArray[np.uint8]) -> str:
    return bytes(array).decode()
