"""What changed when a professional looked at the answers, in plain words for the family: for the letter, and when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.cases.moderated_amount import Cause, Moderated
from bot.interview.words import Words, pounds


def for_family(words: Words, found: Moderated, reasons: Mapping[str, str]) -> tuple[str, ...]:
    """Paragraphs in reading order. ``reasons``: why each level was agreed, by question code, as it was written.

    Said only once it is decided: before that nothing has been agreed with the family.
    """
    if not found.causes:
        return (words.say("moderation.all_the_same"), *_amount(words, found))
    return (
        words.say("moderation.how"),
        *(_one(words, cause, reasons.get(cause.code, "")) for cause in found.causes),
        *_amount(words, found),
        *((words.say("moderation.not_a_sum"),) if len(found.causes) > 1 else ()),
        words.say("moderation.kept"),
        words.say("moderation.ask"),
    )


def _one(words: Words, cause: Cause, reason: str) -> str:
    question = words.questionnaire.question(cause.code)
    after = words.label(question, cause.after)
    if cause.before is None:
        said = [words.say("moderation.answer_blank", cause.code, title=question.title, after=after)]
    else:
        before = words.label(question, cause.before)
        said = [words.say("moderation.answer", cause.code, title=question.title, before=before, after=after)]
    if reason:
        said.append(words.say("moderation.reason", cause.code, reason=reason))
    if cause.alone_pence is not None:
        kind = "same" if cause.alone_pence == 0 else "more" if cause.alone_pence > 0 else "less"
        difference = pounds(abs(cause.alone_pence))
        said.append(words.say(f"moderation.alone_{kind}", cause.code, difference=difference))
    return " ".join(said)


def _amount(words: Words, found: Moderated) -> Iterator[str]:
    before, after = found.before.amount_pence, found.after.amount_pence
    if after is None:
        yield words.say("moderation.by_person")
    elif before is None:
        yield words.say("moderation.now_amount", amount=pounds(after))
    elif before == after:
        yield words.say("moderation.same_amount", amount=pounds(after))
    else:
        key = "moderation.more" if after > before else "moderation.less"
        difference = pounds(abs(after - before))
        yield words.say(key, before=pounds(before), after=pounds(after), difference=difference)
