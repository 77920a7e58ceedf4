"""A page of its own: one file, without scripts and without anything to load, light or dark as its reader's screen is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def document(title: str, lead: str, sections: Iterable[tuple[str, str]]) -> str:
    """The page: a title, a sentence below it, and sections with their headings."""
    content = "".join(f"<section><h2>{escape(heading)}</h2>{html}</section>" for heading, html in sections)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,"><style>{STYLE}</style></head>'
        f'<body><main><h1>{escape(title)}</h1><p class="lead">{escape(lead)}</p>{content}</main></body></html>\n'
    )


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph, perhaps `faint`."""
    return f'<p class="{kind}">{escape(text)}</p>'


def figures(entries: Iterable[tuple[str, str, str]]) -> str:
    """Large figures: what each is, the figure, and what to know about it."""
    shown = "".join(
        f'<div><p class="label">{escape(label)}</p><p class="value">{escape(value)}</p>'
        f'<p class="faint">{escape(note)}</p></div>'
        for label, value, note in entries
    )
    return f'<div class="figures">{shown}</div>'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """A table, of which the first `texts` columns are texts and the others numbers; a wide one scrolls in its frame."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(
            f'<{tag} class="{"" if column < texts else "number"}">{escape(cell)}</{tag}>'
            for column, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{cells('th', head)}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
