"""What training reads of talk that answers no question."""

# ruff: noqa: PT009, PT027 - unittest, as the engine's environment has no pytest

import json
import tempfile
import unittest
from pathlib import Path

from bot.engine import talk_files


class TalkFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)

    def write(self, *rows):
        (self.top / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))

    def test_lines_that_answer_a_question_are_no_talk(self):
        self.write(
            {"text": "soz", "answers": "none", "open": "S1", "beside": True},
            {"text": "brb", "answers": "none", "open": "S1"},
            {"text": "a bit", "answers": "any"},
            {"text": "he likes buses", "q": "P02"},
            {"text": "sleeps through", "q": "H3"},
            {"text": "it is raining"},
        )
        talk = talk_files.load(["*.jsonl"], ["H3"], self.top)
        self.assertEqual(talk.any_question, ("a bit",))
        self.assertEqual(talk.no_question, ("soz", "brb", "he likes buses", "it is raining"))
        self.assertEqual(talk.beside, ("soz",))

    def test_a_line_that_is_no_talk_names_its_file(self):
        (self.top / "a.jsonl").write_text('{"text": "a"}\n{"said": "b"}')
        with self.assertRaisesRegex(ValueError, "a.jsonl: line 2"):
            talk_files.load(["*.jsonl"], [], self.top)

    def test_the_fingerprint_changes_with_a_line(self):
        self.write({"text": "soz"})
        before = talk_files.fingerprint(["*.jsonl"], self.top)
        self.write({"text": "sorry"})
        self.assertNotEqual(talk_files.fingerprint(["*.jsonl"], self.top), before)


if __name__ == "__main__":
    unittest.main()
