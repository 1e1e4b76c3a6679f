"""What is asked first in a section in which something stands already: put there from a page, or before the person went
elsewhere. Its own question was answered by that, so it is not asked again; what is still open about it is.
"""

from __future__ import annotations

from bot.plans.model import Exchange, Record
from bot.plans.talk import lines, records
from bot.plans.talk.order import current, is_closed
from bot.plans.talk.own_words import next_field, pick_field
from bot.plans.talk.scene import Scene

MOST_RECORDS = 3
"""Of a long list only the first few are asked about; the rest stands as it is."""


def opening(scene: Scene) -> Exchange | None:
    """The question that is open here, where none was put yet; None where the section's own question is to be asked."""
    return _found(scene)[1]


def settled(scene: Scene) -> Scene:
    """The scene with that question put, so that whatever is said now is an answer to it."""
    scene, exchange = _found(scene)
    return scene if exchange is None else scene.at(exchange=exchange)


def _found(scene: Scene) -> tuple[Scene, Exchange | None]:
    place, code = scene.place, current(scene)
    if place.exchange is not None or place.cursor is not None or is_closed(scene, code):
        return scene, None
    match scene.section(code).kind:
        case "lines":
            return scene, lines.opening(scene)
        case "help":
            mine = any(entry.by == scene.speaker for entry in scene.said(code).entries)
            return scene, Exchange("more") if mine else None
        case "start" | "words":
            return _follow_up(scene, code)
        case "records" if code != records.VIEWS or records.open_view(scene) is None:
            return _record(scene, code)
    return scene, None


def _follow_up(scene: Scene, code: str) -> tuple[Scene, Exchange | None]:
    if all(entry.by != scene.speaker for entry in scene.said(code).entries):
        return scene, None
    scene, field = next_field(scene, code)
    return scene, Exchange("field", field.id) if field is not None else None


def _record(scene: Scene, code: str) -> tuple[Scene, Exchange | None]:
    mine = [record for record in scene.said(code).records if record.by == scene.speaker]
    if not mine:
        return scene, None
    fresh = [record for record in mine[:MOST_RECORDS] if f"{code}/{record.id}" not in scene.place.asked]
    for at, record in enumerate(fresh):
        waiting = tuple(one.id for one in fresh[at + 1 :])
        scene, exchange = _about(scene, code, record, waiting)
        if exchange is not None:
            return scene, exchange
    return scene, Exchange("another")


def _about(scene: Scene, code: str, record: Record, waiting: tuple[int, ...]) -> tuple[Scene, Exchange | None]:
    if code in records.TURNED_ROUND and not record.get("wish"):
        words = records.service_words(scene, record.get("main"))
        if words and f"turned/{record.id}" not in scene.place.asked:
            asked = scene.at(asked={**scene.place.asked, f"turned/{record.id}": ("turned",)})
            return asked, Exchange("turned", words, record.id, waiting)
    scene, field = pick_field(scene, f"{code}/{record.id}", records.fields_of(scene, code), record.values)
    return scene, Exchange("field", field.id, record.id, waiting) if field is not None else None
