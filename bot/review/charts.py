"""Bars as inline SVG: no script, told apart by pattern and words and not by colour, with a title and a description.

The same figures always stand beside it as a table; what is hidden there has no bar here.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, BAR, GAP, HEAD = 640, 22, 14, 24
_LEFT, _RIGHT = 10, 150
_FILLS = (
    '<rect width="8" height="8" fill="#1d70b8"/>',
    '<rect width="8" height="8" fill="#ffffff"/><path d="M0 8L8 0" stroke="#0b0c0c" stroke-width="2"/>',
    '<rect width="8" height="8" fill="#b1b4b6"/><circle cx="4" cy="4" r="2" fill="#0b0c0c"/>',
    '<rect width="8" height="8" fill="#ffffff"/><path d="M0 4H8M4 0V8" stroke="#0b0c0c" stroke-width="1"/>',
)
"""One pattern for each column: plain, stripes, dots, squares."""


def bars(
    name: str,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[tuple[int | None, str]]]],
) -> Markup:
    """A group of bars for each row, one bar for each column: its size (None: hidden) and how it is written.

    ``name`` is a short id, different for each chart of a page.
    """
    most = max((size or 0 for _, cells in rows for size, _ in cells), default=0) or 1
    parts, down = list[Markup](), GAP
    for row, cells in rows:
        parts.append(_text(_LEFT, down + 16, row, bold=True))
        down += HEAD
        for number, (size, written) in enumerate(cells):
            wide = 0 if size is None else round((WIDTH - _LEFT - _RIGHT) * size / most)
            if size is not None:
                parts.append(
                    Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{}-{})" stroke="#0b0c0c"/>').format(
                        _LEFT, down, max(wide, 1), BAR, name, number % len(_FILLS)
                    )
                )
            parts.append(_text(_LEFT + wide + 6, down + 16, f"{columns[number]}: {written}"))
            down += BAR + 4
        down += GAP
    patterns = Markup("").join(
        Markup('<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>').format(
            name,
            number,
            Markup(fill),  # noqa: S704 - our own constant
        )
        for number, fill in enumerate(_FILLS)
    )
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" viewBox="0 0 {1} {2}" width="100%" '
        'xmlns="http://www.w3.org/2000/svg"><title id="{0}-title">{3}</title><desc id="{0}-desc">{4}</desc>'
        "<defs>{5}</defs>{6}</svg>"
    ).format(name, WIDTH, down, title, description, patterns, Markup("").join(parts))


def _text(x: int, y: int, words: str, *, bold: bool = False) -> Markup:
    weight = Markup(' font-weight="700"') if bold else Markup("")
    return Markup(
        '<text x="{}" y="{}" font-family="arial, sans-serif" font-size="14"{} fill="#0b0c0c">{}</text>'
    ).format(x, y, weight, escape(words))
