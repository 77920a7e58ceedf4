"""Hints for misspelled names."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of `names`, if one is similar."""
    import difflib

    near = difflib.get_close_matches(name, list(names), n=1)
    return near[0] if near else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint with the most similar of `names`, after a space; empty if none is similar."""
    near = nearest(name, names)
    return f" Did you mean {near!r}?" if near else ""
