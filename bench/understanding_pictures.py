"""The pictures of docs/understanding.md, as SVG: where readings err, and how often each intent is read right."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

CELL, LEFT, TOP = 44, 110, 40


def matrix(confusion: Mapping[str, Mapping[str, int]], columns: list[str]) -> str:
    """A confusion matrix: a row for each label, a column for what was read; darker is more of the row."""
    rows = [label for label in columns if label in confusion]
    parts = [f'<text x="{LEFT}" y="14">read as</text>']
    parts += [
        f'<text x="{LEFT + i * CELL + CELL // 2}" y="{TOP - 8}" text-anchor="middle">{escape(c)}</text>'
        for i, c in enumerate(columns)
    ]
    for y, label in enumerate(rows):
        total = sum(confusion[label].values()) or 1
        top = TOP + y * CELL
        parts.append(f'<text x="{LEFT - 8}" y="{top + CELL // 2 + 4}" text-anchor="end">{escape(label)}</text>')
        for x, column in enumerate(columns):
            count = confusion[label].get(column, 0)
            share = count / total
            ink = "#fff" if share > 0.5 else "#111"
            left = LEFT + x * CELL
            parts.append(
                f'<rect x="{left}" y="{top}" width="{CELL}" height="{CELL}" fill="#1d5b79" '
                f'fill-opacity="{share:.2f}" stroke="#999"/>'
                f'<text x="{left + CELL // 2}" y="{top + CELL // 2 + 4}" text-anchor="middle" fill="{ink}">{count}</text>'
            )
    width, height = LEFT + len(columns) * CELL + 10, TOP + len(rows) * CELL + 10
    return _svg(width, height, parts)


def bars(confusion: Mapping[str, Mapping[str, int]]) -> str:
    """Intents as bars: the share of each that was read right, and the commonest mistake beside it."""
    parts = []
    for y, (label, counts) in enumerate(confusion.items()):
        total = sum(counts.values())
        right = counts.get(label, 0)
        wrong = [(count, read) for read, count in counts.items() if read != label]
        note = f"{right} of {total}" + (f", most often taken for {max(wrong)[1]}" if wrong else "")
        top = 10 + y * 22
        parts += [
            f'<text x="160" y="{top + 12}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="168" y="{top}" width="{200 * right / total:.0f}" height="16" fill="#1d5b79"/>',
            f'<rect x="168" y="{top}" width="200" height="16" fill="none" stroke="#999"/>',
            f'<text x="376" y="{top + 12}">{escape(note)}</text>',
        ]
    return _svg(720, 20 + 22 * len(confusion), parts)


def _svg(width: int, height: int, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" '
        f'font-family="Arial, sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        + "".join(parts)
        + "</svg>\n"
    )
