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
        path: The path of the offending field, such as `lots[3].unitCost`; empty where the error concerns the
            input as a whole. Names in it are spelled as on the wire (camelCase), in every language; an index in
            it counts from 0.
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

    def _within(self, segment: str) -> None:
        """Puts `segment`, a field's name or an index like `[3]`, before the path."""
        between = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{segment}{between}{self.path}"
        self.args = (self.code, self.message, self.path)


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
