"""The service understands by the very same model as the engine: it takes it out of Rasa's model archive."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from bot.understanding.model import Model

MODEL_FILE = "understanding.npz"


def newest(models: Path) -> Path:
    """The newest model archive in a folder, as Rasa itself chooses it. Raises FileNotFoundError."""
    archives = sorted(models.glob("*.tar.gz"), key=lambda path: (path.stat().st_mtime, path.name))
    if not archives:
        raise FileNotFoundError(f"no trained model in {models}: run `bin/sevensteps train`")
    return archives[-1]


def load(models: Path) -> Model:
    """The understanding model of the newest archive in ``models``, or of ``models`` itself when it is an archive."""
    archive = models if models.is_file() else newest(models)
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            if member.isfile() and Path(member.name).name == MODEL_FILE:
                file = tar.extractfile(member)
                if file is not None:
                    return Model.load(io.BytesIO(file.read()))
    raise ValueError(f"{archive} holds no {MODEL_FILE}: it was not trained with this project's config.yml")
