"""The settings of a council's language model: off by default, checked at the start, and known to the actions alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.serve import language_model
from bot.ops.config import NotConfigured, read
from bot.ops.processes import Process, Wiring, processes

URL = {"SEVENSTEPS_LLM_URL": "https://models.example.gov.uk/v1", "SEVENSTEPS_LLM_MODEL": "county/reader-7b"}


def started(folder: Path, **environ: str) -> dict[str, Process]:
    configuration = read({"DATA_DIR": str(folder), **environ})
    return {process.name: process for process in processes(configuration, Wiring(1, 2, "secret"))}


def test_off_by_default(tmp_path: Path) -> None:
    actions = started(tmp_path)["actions"].environment
    assert not [name for name in actions if "LLM" in name]
    assert language_model(actions) is None


def test_only_the_actions_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = URL | {"SEVENSTEPS_LLM_KEY": "very-secret", "SEVENSTEPS_LLM_SECONDS": "2.5"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    told = started(tmp_path, **settings)
    assert settings.items() <= told["actions"].environment.items()
    for other in ("service", "engine"):
        assert not [name for name in told[other].environment if "LLM" in name]
        assert "very-secret" not in str(told[other].environment)
    model = language_model(told["actions"].environment)
    assert model is not None
    assert model.name == "county/reader-7b"


def test_four_seconds_and_no_key_unless_set(tmp_path: Path) -> None:
    actions = started(tmp_path, **URL)["actions"].environment
    assert (actions["SEVENSTEPS_LLM_SECONDS"], actions["SEVENSTEPS_LLM_KEY"]) == ("4.0", "")
    assert language_model(actions) is not None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SEVENSTEPS_LLM_MODEL": ""}, "SEVENSTEPS_LLM_MODEL"),
        ({"SEVENSTEPS_LLM_MODEL": "our best model"}, "SEVENSTEPS_LLM_MODEL"),
        ({"SEVENSTEPS_LLM_URL": "models.example.gov.uk"}, "SEVENSTEPS_LLM_URL"),
        ({"SEVENSTEPS_LLM_URL": "file:///etc/passwd"}, "SEVENSTEPS_LLM_URL"),
        ({"SEVENSTEPS_LLM_URL": "http://[models/v1"}, "SEVENSTEPS_LLM_URL"),
        ({"SEVENSTEPS_LLM_URL": "http://models:port/v1"}, "SEVENSTEPS_LLM_URL"),
        ({"SEVENSTEPS_LLM_SECONDS": "soon"}, "SEVENSTEPS_LLM_SECONDS"),
        ({"SEVENSTEPS_LLM_SECONDS": "0"}, "SEVENSTEPS_LLM_SECONDS"),
        ({"SEVENSTEPS_LLM_SECONDS": "nan"}, "SEVENSTEPS_LLM_SECONDS"),
        ({"SEVENSTEPS_LLM_SECONDS": "60"}, "SEVENSTEPS_LLM_SECONDS"),
        ({"SEVENSTEPS_LLM_KEY": "schlüssel"}, "SEVENSTEPS_LLM_KEY"),
    ],
)
def test_what_is_wrong_is_named_at_the_start(tmp_path: Path, changed: dict[str, str], named: str) -> None:
    with pytest.raises(NotConfigured) as refused:
        read({"DATA_DIR": str(tmp_path), **URL, **changed})
    assert [line.split()[0] for line in refused.value.missing] == [named]
