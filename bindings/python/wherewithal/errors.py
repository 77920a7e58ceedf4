"""Errors: a stable code, a message for people, and the path of the offending field.

The codes are the same in every language and on the server. The class says what a caller can do about it.
"""

from __future__ import annotations

__all__ = ["Cancelled", "InvalidInput", "NoSolution", "NotFound", "TooLarge", "WherewithalError"]


class WherewithalError(ValueError):
    """What went wrong, and where.

    Attributes:
        code: The stable code, such as `decimal.malformed`. Test for this, never for the message.
        message: The message for people, without code and path. It may be reworded in any release.
        path: The path of the offending field, such as `lots[3].unit_cost`; empty where the error concerns the
            input as a whole. Names in it and in the message are spelled as in what was called: in snake_case, but as
            on the wire (camelCase) in JSON text. An index in it counts from 0.
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
    """The input breaks a rule of its type: correct it and call again."""


class NoSolution(WherewithalError):
    """The input is well formed but the question has no answer, such as a rate that no root gives."""


class TooLarge(WherewithalError):
    """The request is larger than the stated limit."""


class NotFound(WherewithalError):
    """The thing that was named does not exist."""


class Cancelled(WherewithalError):
    """The caller cancelled the run."""
