"""Understanding as a component of Rasa's graph: trained by ``rasa train``, kept in the model, asked on every message."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine import level_files, talk_files
from bot.understanding.archive import MODEL_FILE
from bot.understanding.model import Model
from bot.understanding.reader import Reader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FamilyUnderstanding(IntentClassifier, GraphComponent):
    """Reads an intent, and a level of the question being asked, from one message.

    Sets ``intent`` and ``intent_ranking`` as any classifier does, and the property ``reading``
    (:meth:`bot.understanding.reading.Reading.to_json`), which actions find in ``latest_message``. The question and
    who is speaking come with the message's metadata (``question``, ``who``).
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Optional[Model]):
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader = Reader(model) if model else None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``levels``: folder with the level utterances, one file for each question. ``talk``: patterns of files with what
        is said beside."""
        return {"levels": "data/levels", "talk": list(talk_files.PATTERNS)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FamilyUnderstanding:
        """A component to be trained."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FamilyUnderstanding:
        """A component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Model.load(folder / MODEL_FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """Level files and our own code are no Rasa training data, so Rasa would not notice that they changed."""
        # Rasa also asks with the config of a cached value, which has no levels
        levels = config.get("levels")
        if not levels:
            return None
        return level_files.fingerprint(Path(levels)) + talk_files.fingerprint(config.get("talk") or ())

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the intent examples that Rasa read and on the level utterances."""
        from bot.understanding.training import train  # needs scikit-learn, which serving does not load

        examples = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
        levels = level_files.load(Path(self._config["levels"]))
        talk = talk_files.load(self._config["talk"], [question.question_id for question in levels])
        model = train(examples, levels, talk).model
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / MODEL_FILE)
        self._reader = Reader(model)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Understand each message."""
        if self._reader is None:
            raise RuntimeError("FamilyUnderstanding is asked before it is trained")
        for message in messages:
            text = message.get(TEXT) or ""
            metadata = message.get(METADATA) or {}
            question = metadata.get("question")
            reading = self._reader.read(text, question, metadata.get("who") or "parent")
            name = reading.intent or DEFAULT_NLU_FALLBACK_INTENT_NAME
            intent = {"name": name, "confidence": reading.confidence}
            ranking = [{"name": name, "confidence": share} for name, share in self._reader.ranking(text, question)[:5]]
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set("reading", reading.to_json(), add_to_output=True)
        return messages
