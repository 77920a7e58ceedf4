"""Errors: a stable code, a readable message, and the path of the offending field.

The codes are the same in every language and on the server. The class shows how a caller can react.
"""

from __future__ import annotations

__all__ = ["Cancelled", "InvalidInput", "NoSolution", "NotFound", "TooLarge", "WherewithalError"]


class WherewithalError(ValueError):
    """An error of the library.

    Attributes:
        code: The stable code, such as `decimal.malformed`. Test for this, never for the message.
        message: The readable message, without code and path. Its wording may change in any release.
        path: The path of the offending field, such as `lots[3].unit_cost`; empty if the error is about the input as a
            whole. Names in it and in the message have the spelling of the call: snake_case for Python objects,
            camelCase for JSON text. Indexes start at 0.
    """

    code: str
    message: str
    path: str

    def __init__(self, code: str, message: str, path: str = "") -> None:
        super().__init__(code, message, path)
        self.code = code
        self.message = message
        self.path = path

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{place}{self.message} [{self.code}]"


class InvalidInput(WherewithalError):
    """The input violates a rule of its type: correct it and call again."""


class NoSolution(WherewithalError):
    """The input is valid but has no solution, such as an internal rate of return that does not exist."""


class TooLarge(WherewithalError):
    """The request is larger than the stated limit."""


class NotFound(WherewithalError):
    """The named object does not exist."""


class Cancelled(WherewithalError):
    """The caller cancelled the run."""
