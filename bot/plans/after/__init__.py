"""The family's side after the plan was sent: what professionals put before them, and what they answer. Pure.

A *matter* is one thing that waits for the family: questions with a plan that came back, a decision, a time to look
back. What waits is read from the store at every turn (:mod:`bot.waiting.read`) and carried in
:class:`bot.plans.conversation.Now`; the first matter that presses comes before the plan. The family can always go round
it: "later", any part of the plan, a person; then the plan's own pages offer the way back to it.

To add an idea:

1. one file here with a frozen dataclass that is a :class:`bot.plans.after.matter.Matter`: what it asks, and what it
   makes of a reading. Where somebody stands inside it is an Exchange whose name is the matter's key, set by
   ``scene.at(after=...)`` and read by :func:`bot.plans.after.matter.standing_in`; what they did is a
   :class:`bot.plans.after.deeds.Deed` of the step;
2. one store function that says what waits, and a line in :data:`bot.waiting.read.READERS` that makes the matter of it;
3. one store function that writes the deed, and a line in :data:`bot.waiting.write.WRITERS`. It runs in the transaction
   that stores the step. Words are stored as they were typed.

Option values begin with "after."; one that ends with ".yes" or ".no" is picked by a plain yes or no as well. A question
id or key has no slash. Words to families are texts of content, with a young person's wording.
"""
