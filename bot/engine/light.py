"""Start Rasa without the libraries it imports but we never use.

``import rasa.core.agent`` takes 22 s and 627 MB, nearly all of it TensorFlow, Keras, JAX, plotting and the client
libraries of chat providers. Our model is RulePolicy and one numpy component, so none of that ever runs. After
:func:`install`, importing one of those libraries gives a stand-in that can be imported from, subclassed, subscripted
and used as a decorator - all that Rasa does with it while loading - and that raises :class:`StandInUsed` the moment
anything tries to really use it.

Only our own entry points call this (:mod:`bot.engine.serve`, :mod:`bot.engine.train`). Plain ``rasa train``,
``rasa data validate`` and ``rasa test`` load the real libraries.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence
from typing import Any, Optional

UNUSED: frozenset[str] = frozenset(
    {
        # statistical models we do not train or load
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
        "tensorflow_probability",
        "keras",
        "jax",
        "matplotlib",
        "sklearn_crfsuite",
        # chat providers, databases and brokers that rasa.core.channels and the stock stores import at the top
        "aiogram",
        "boto3",
        "botocore",
        "fbmessenger",
        "mattermostwrapper",
        "pymongo",
        "redis",
        "rocketchat_API",
        "slack_sdk",
        "socketio",
        "twilio",
        "webexteamssdk",
        # the terminal chat of `rasa shell`
        "questionary",
        "prompt_toolkit",
    }
)
"""Top-level packages neither training nor serving of our model uses."""

UNUSED_WHEN_SERVING: frozenset[str] = frozenset({"sklearn"})
"""Needed to train, never to serve: inference is numpy (bot.understanding.linear)."""


class StandInUsed(RuntimeError):
    """Something tried to use a library that this process deliberately does not load."""


class _StandInType(type):
    """Type of every stand-in attribute: importable, subclassable, subscriptable, not usable."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__module__}.{name}", name)

    def __getitem__(cls, _key: Any) -> Any:
        return cls

    def __or__(cls, _other: Any) -> Any:
        return cls

    def __ror__(cls, _other: Any) -> Any:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
            return args[0]  # used as a bare decorator, e.g. @tf.function
        raise StandInUsed(
            f"{cls.__qualname__} belongs to a library the light engine does not load (bot/engine/light.py); "
            "start Rasa itself if you need it"
        )


def _stand_in(path: str, name: str) -> _StandInType:
    return _StandInType(name, (), {"__module__": path, "__qualname__": path})


class _StandInModule(types.ModuleType):
    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value: Any = _stand_in(f"{self.__name__}.{name}", name)
        if name.endswith(("Error", "Exception", "Failure")):
            # real exception classes, so that `except redis.RedisError` stays valid (and never matches)
            value = type(name, (Exception,), {"__module__": self.__name__})
        setattr(self, name, value)
        return value


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]] = None, target: Optional[types.ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.partition(".")[0] in self.packages:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """A stand-in has nothing to run."""


def install(*, serving: bool) -> None:
    """Put stand-ins in front of the unused libraries. Call before the first ``import rasa``.

    :raises RuntimeError: when one of them is already loaded, as a mixture of real and stand-in cannot work.
    """
    packages = UNUSED | UNUSED_WHEN_SERVING if serving else UNUSED
    loaded = sorted(name for name in packages if name in sys.modules)
    if loaded:
        raise RuntimeError(f"light.install() came too late, already imported: {', '.join(loaded)}")
    sys.meta_path.insert(0, _StandInFinder(packages))


def active() -> bool:
    """Whether this process runs on stand-ins."""
    return any(isinstance(finder, _StandInFinder) for finder in sys.meta_path)
