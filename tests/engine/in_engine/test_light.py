"""Stand-ins let Rasa load and never let anything pretend to work. In their own process, as they change imports."""

# ruff: noqa: PT009 - unittest, as the engine's environment has no pytest

import subprocess
import sys
import unittest

LOAD = "from bot.engine import light; light.install(serving=True)\n"


def python(code):
    return subprocess.run([sys.executable, "-c", LOAD + code], capture_output=True, text=True, timeout=120)


class LightTest(unittest.TestCase):
    def test_using_a_stand_in_says_what_is_wrong(self):
        for use in ("tf.constant(1.0)", "tf.keras.Model()", "tf.function()"):
            done = python(f"import tensorflow as tf\n{use}")
            self.assertIn("StandInUsed: tensorflow", done.stderr, use)
            self.assertIn("bot/engine/light.py", done.stderr)

    def test_what_rasa_does_at_import_works(self):
        done = python(
            "import tensorflow as tf\nfrom redis.exceptions import LockError\n"
            "class Layer(tf.keras.layers.Layer): pass\n"
            "@tf.function\ndef f(x: tf.Tensor | None) -> tf.Tensor: return 3\n"
            "try:\n    raise ValueError\nexcept LockError:\n    pass\nexcept ValueError:\n    print(f(None))"
        )
        self.assertEqual(done.stdout.strip(), "3", done.stderr)

    def test_it_refuses_to_come_after_the_real_library(self):
        done = subprocess.run(
            [sys.executable, "-c", "import sklearn\n" + LOAD], capture_output=True, text=True, timeout=120
        )
        self.assertIn("came too late", done.stderr)

    def test_no_unused_library_is_really_loaded_by_the_engine(self):
        done = python(
            "import bot.engine.server, bot.engine.nlu, sys\n"
            "print([n for n in light.UNUSED | light.UNUSED_WHEN_SERVING if getattr(sys.modules.get(n), '__file__', None)])"
        )
        self.assertEqual(done.stdout.strip().splitlines()[-1], "[]", done.stderr)


if __name__ == "__main__":
    unittest.main()
