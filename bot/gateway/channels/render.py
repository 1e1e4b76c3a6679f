"""A reply, as it is read on a phone: one message where it can be, in few words where they must be few.

Words that a council approved for danger are never shortened, and never wait for "MORE". What else does not fit is kept,
and told to who asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.content.loader import Content
from bot.gateway.channels import gsm7
from bot.gateway.channels.capabilities import Capabilities
from bot.gateway.channels.fewer_words import Asked, before_of, shorter
from bot.gateway.channels.nameless import nameless, without_name
from bot.gateway.channels.options import choices, lines
from bot.gateway.channels.outgoing import Outgoing
from bot.gateway.channels.pages import chunks, pages
from bot.gateway.standing import Standing
from bot.gateway.wire import MessageOut
from bot.interview.words import pounds


@dataclass(frozen=True, slots=True)
class Rendered:
    """What goes out now, and what is kept back for who asks."""

    now: tuple[Outgoing, ...]
    more: tuple[Outgoing, ...] = ()
    """The rest, page by page."""
    amount: tuple[Outgoing, ...] = ()
    """What names the guide amount."""


def render(
    content: Content,
    at: Standing,
    messages: Sequence[MessageOut],
    to: Capabilities,
    *,
    amount_asked: bool = False,
) -> Rendered:
    """Put a reply into the words and the form of a channel. ``at`` is where the draft stands after it.

    ``amount_asked``: the person has asked to read their guide amount here, so that it need not be kept back any more.
    """
    said = _without_names(content, at, messages) if not to.shows_name else list(messages)
    urgent = [message for message in said if message.kind == "safety"]
    rest = [message for message in said if message.kind != "safety"]
    kept_back: list[MessageOut] = []
    if to.shows_amount == "on_request" and not amount_asked:
        rest, kept_back = _without_amount(content, at, rest)
    first = tuple(out for message in urgent for out in _whole(message, to, last=message is said[-1]))
    paged = _paged(content, at, rest, to)
    held = _paged(content, at, kept_back, to)
    return Rendered((*first, *paged[:1]), paged[1:], held)


def text_of(text: str, name: str, to: Capabilities) -> tuple[Outgoing, ...]:
    """A sentence of the channel's own, without options and without this name."""
    said = text if to.shows_name else without_name(text, name)
    return tuple(Outgoing(part) for part in chunks(_written(said, to), to.most))


def _whole(message: MessageOut, to: Capabilities, *, last: bool) -> Iterator[Outgoing]:
    """Every word of a message, in as many parts as it takes."""
    shown = choices(message.options, to) if last else None
    body = message.text if shown else "\n".join((message.text, *lines(message.options)))
    parts = chunks(_written(body, to), to.most)
    yield from (Outgoing(part) for part in parts[:-1])
    yield Outgoing(parts[-1], *shown) if shown else Outgoing(parts[-1])


def _paged(content: Content, at: Standing, messages: Sequence[MessageOut], to: Capabilities) -> tuple[Outgoing, ...]:
    if not messages:
        return ()
    ending = messages[-1]
    # Only what is asked last can be answered: an earlier message's options are still there, as its words.
    before = [_with_heading(message) + _option_lines(message) for message in messages[:-1]]
    asked = Asked(tuple(before), ending, at)
    tappable: tuple[Outgoing, ...] = ()
    for words in shorter(content, asked, to):
        whole = choices(words.options, to)
        shown = whole or choices(words.brief, to)
        body = words.text if whole else "\n".join((words.text, *lines(words.options)))
        body = _written("\n\n".join((body, words.hint)) if words.hint else body, to)
        made = Outgoing(body, *shown) if shown else Outgoing(body)
        if _length(body, to) <= (to.most if words.worth_it else to.aim):
            return (made,)
        if _length(body, to) <= to.most:
            tappable = (made,)
    if tappable:
        return tappable
    return _in_pages(content, asked, to)


def _in_pages(content: Content, asked: Asked, to: Capabilities) -> tuple[Outgoing, ...]:
    """What comes first page by page, and what is asked last, whole where it can be."""
    more = _written(content.text("channel.more", asked.at.reader), to)
    (*_, alone) = shorter(content, replace(asked, before=()), to)
    shown = choices(alone.options, to)
    ways_on = _written("" if shown else "\n".join(lines(alone.options)), to)
    question = "\n".join(part for part in (_written(alone.text, to), ways_on) if part)
    if asked.before and _length(question, to) <= to.most:
        texts = [
            *pages(_written("\n\n".join(before_of(content, asked, to)), to), ways_on, more, to, ends=False),
            question,
        ]
    else:
        (*_, all_of_it) = shorter(content, asked, to)
        texts = pages(_written(all_of_it.text, to), ways_on, more, to)
    last = len(texts) - 1
    return tuple(
        Outgoing(text, *shown) if shown and number == last else Outgoing(text) for number, text in enumerate(texts)
    )


def _without_names(content: Content, at: Standing, messages: Sequence[MessageOut]) -> list[MessageOut]:
    known, name = nameless(content, at), at.interview.about.name or ""

    def bare(text: str) -> str:
        return known.get(text) or without_name(text, name)

    return [
        message.model_copy(
            update={
                "text": bare(message.text),
                "options": [option.model_copy(update={"label": bare(option.label)}) for option in message.options],
                "rows": [(code, bare(title), bare(answer)) for code, title, answer in message.rows],
            }
        )
        for message in messages
    ]


def _without_amount(
    content: Content, at: Standing, messages: Sequence[MessageOut]
) -> tuple[list[MessageOut], list[MessageOut]]:
    """The messages without the guide amount, and those that name it."""
    pence = at.outcome.amount_pence if at.outcome is not None else None
    if pence is None:
        return list(messages), []
    amount = pounds(pence)
    told = [message for message in messages if amount in message.text]
    ready = content.text("channel.amount_ready", at.reader)
    shown, said = [], False
    for message in messages:
        if message not in told:
            shown.append(message)
        elif not said:
            shown.append(message.model_copy(update={"text": ready, "heading": ""}))
            said = True
    return shown, told


def _with_heading(message: MessageOut) -> str:
    return f"{message.heading}. {message.text}" if message.heading else message.text


def _option_lines(message: MessageOut) -> str:
    return "".join(f"\n{line}" for line in lines(message.options))


def _written(text: str, to: Capabilities) -> str:
    return gsm7.plain(text) if to.gsm7 else text


def _length(text: str, to: Capabilities) -> int:
    return gsm7.length(text) if to.gsm7 else len(text)
