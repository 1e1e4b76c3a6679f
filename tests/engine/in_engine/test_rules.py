"""Every intent is either the interview's own or has a rule that comes back to the question."""

# ruff: noqa: PT009 - unittest, as the engine's environment has no pytest

import unittest
from pathlib import Path

from rasa.shared.utils.io import read_yaml_file

ROOT = Path(__file__).parents[3]
LOOP = {"answer", "choose", "wake", "yes", "no", "nlu_fallback"}


def rules():
    return [rule for file in sorted((ROOT / "data/rules").glob("*.yml")) for rule in read_yaml_file(file)["rules"]]


class RulesTest(unittest.TestCase):
    def setUp(self):
        self.domain = read_yaml_file(ROOT / "domain.yml")
        self.digressions = {
            rule["steps"][0]["intent"]: rule["steps"]
            for rule in rules()
            if rule["condition"] == [{"active_loop": "interview_form"}]
        }

    def test_every_intent_is_taken_by_the_loop_or_answered_by_one_rule(self):
        self.assertEqual(set(self.domain["intents"]), LOOP | set(self.digressions))
        self.assertFalse(LOOP & set(self.digressions))

    def test_every_digression_does_one_thing_and_asks_again(self):
        for intent, steps in self.digressions.items():
            actions = [step["action"] for step in steps if "action" in step]
            self.assertEqual(len(actions), 2, intent)
            self.assertEqual(actions[1], "interview_form", intent)
            self.assertIn(actions[0], self.domain["actions"])
            self.assertEqual(steps[-1], {"active_loop": "interview_form"})

    def test_every_intent_people_can_mean_is_in_the_domain(self):
        trained = {
            block["intent"]
            for file in (ROOT / "data/nlu").glob("*.yml")
            for block in read_yaml_file(file)["nlu"]
            if "intent" in block
        }
        self.assertLessEqual(trained, set(self.domain["intents"]))


if __name__ == "__main__":
    unittest.main()
