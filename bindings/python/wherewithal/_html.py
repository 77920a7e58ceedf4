"""Tables in notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table_of(head: Sequence[str] | None, rows: Iterable[Sequence[str]], caption: str) -> str:
    """An HTML table of cells, with a caption below."""
    from html import escape

    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    first = f"<thead>{line('th', head)}</thead>" if head else ""
    body = "".join(line("td", row) for row in rows)
    return f"<table>{first}<tbody>{body}</tbody></table><p>{escape(caption)}</p>"
