"""A hint for who has misspelt a name."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A question that names the nearest of `names`, with a space before it; empty where none is near."""
    import difflib

    near = difflib.get_close_matches(name, list(names), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
