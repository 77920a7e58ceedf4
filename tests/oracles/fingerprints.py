"""The ids that `formats.read` gives to transactions, as its reference page describes them.

The hash is FNV-1a with 128 bits (draft-eastlake-fnv-17). Here nothing computes a whole answer.
"""

from collections import Counter
from fractions import Fraction

from support import number

BASIS = 0x6C62272E07BB014262B821756295C58D
PRIME = 0x0000000001000000000000000000013B
FIELDS = (
    "account",
    "date",
    "amount",
    "currency",
    "security",
    "quantity",
    "description",
    "payee",
    "checkNumber",
    "reference",
)
NUMBERS = {"amount", "quantity"}
# Of which every space counts.
NAMES = {"account", "security"}


def ids(transactions):
    """The id of each transaction of a file, in order."""
    seen, out = Counter(), []
    for transaction in transactions:
        fields = [field(name, transaction.get(name)) for name in FIELDS]
        occurrence, content = seen[tuple(fields)], [*fields, None]
        seen[tuple(fields)] += 1
        content[-1] = str(occurrence)
        out.append(hashed(content))
    return out


def field(name, value):
    if value is None:
        return ""
    if name in NUMBERS:
        return plain(number(value) if not isinstance(value, Fraction) else value)
    if name in NAMES:
        return str(value)
    return " ".join(str(value).split())


def plain(value):
    """A decimal without trailing zeros."""
    scale = 0
    while (value * 10**scale).denominator != 1:
        scale += 1
    digits = str(abs(int(value * 10**scale))).rjust(scale + 1, "0")
    whole, rest = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    return ("-" if value < 0 else "") + whole + ("." + rest if rest else "")


def hashed(fields):
    hash_ = BASIS
    for text in fields:
        for byte in [*text.encode("utf-8"), 255]:
            hash_ = ((hash_ ^ byte) * PRIME) % 2**128
    return f"{hash_:032x}"
