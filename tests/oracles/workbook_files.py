"""Makes the workbooks of the golden vectors of `workbooks.read`, with openpyxl, and writes the vectors.

    python tests/oracles/workbook_files.py

What is expected is written here by hand, beside the cells that it comes from; nothing is computed, and nothing is read
back. A workbook says when it was made, so that another run writes other bytes: run this to change a vector, and not to
check one. `workbook_reading.py` reads the workbooks and compares.
"""

import json
from base64 import b64encode
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import fingerprints

VECTORS = Path(__file__).resolve().parent.parent / "vectors/workbooks/read.json"
CHASE_CARD = ["Transaction Date", "Post Date", "Description", "Category", "Type", "Amount", "Memo"]
BY_HAND = (
    "written by hand beside the cells from which openpyxl made the workbook; the rows are invented; read by openpyxl "
    "in tests/oracles/workbook_reading.py"
)
MAPPING = {
    "columns": [
        {"field": "date", "name": "Buchung"},
        {"field": "description", "name": "Text"},
        {"field": "amount", "name": "Betrag"},
    ]
}


def packed(book):
    into = BytesIO()
    book.save(into)
    return b64encode(into.getvalue()).decode("ascii")


def sheet_of(rows, name="Activity"):
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


def card():
    """Two equal coffees, one of them with a time of the day; a refund whose amount is a text."""
    book = sheet_of(
        [
            CHASE_CARD,
            [date(2026, 3, 2), date(2026, 3, 3), "CORNER CAFE", "Food & Drink", "Sale", -4.5, None],
            [datetime(2026, 3, 2, 23, 59, 59), date(2026, 3, 3), "CORNER CAFE", "Food & Drink", "Sale", -4.5, None],
            ["03/14/2026", "03/15/2026", "NORTHSIDE BOOKS, LTD", "Shopping", "Return", "$18.25", "line 1\nline 2"],
        ]
    )
    coffee = {"date": "2026-03-02", "settlementDate": "2026-03-03", "amount": "-4.5", "type": "purchase"}
    coffee |= {"description": "CORNER CAFE", "category": "Food & Drink"}
    refund = {"date": "2026-03-14", "settlementDate": "2026-03-15", "amount": "18.25", "type": "refund"}
    refund |= {"description": "NORTHSIDE BOOKS, LTD", "memo": "line 1\nline 2", "source": {"row": 4, "line": 4}}
    expected = {
        "sheet": "Activity",
        "sheets": [{"name": "Activity", "visible": True}],
        "dateSystem": "from1900",
        "layout": {"name": "chaseCard", "institution": "Chase"},
        "counts": counts(rows=4, transactions=3, skipped=1),
        "transactions": [coffee, coffee, refund],
        "problems": [],
    }
    return "a card of Chase", book, {}, expected


def known_before():
    """The same card, of which one coffee was imported before, as a CSV file has it: -4.50."""
    _, book, _, _ = card()
    coffee = {"account": "account", "date": "2026-03-02", "amount": Fraction("-4.50"), "description": "CORNER CAFE"}
    known = fingerprints.ids([coffee])
    duplicate = {"row": 2, "id": known[0], "date": "2026-03-02", "amount": "-4.5", "description": "CORNER CAFE"}
    expected = {
        "counts": counts(rows=4, transactions=2, duplicates=1, skipped=1),
        "transactions": [{"description": "CORNER CAFE"}, {"description": "NORTHSIDE BOOKS, LTD"}],
        "duplicates": [duplicate],
    }
    return "a workbook with a row that was imported as CSV", book, {"previous": known}, expected


def several_sheets():
    """A chart has no cells, a hidden sheet is not read, nor one without a known header."""
    book = sheet_of([["Summary of March"], ["Total", 10]], name="Summary")
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    hidden.append(CHASE_CARD)
    hidden.append([date(2026, 1, 1), None, "NEVER", None, "Sale", -1, None])
    book.create_sheet("Blank")
    read = book.create_sheet("March 2026")
    read.append(["Card 1234"])
    read.append([])
    read.append(CHASE_CARD)
    read.append([date(2026, 3, 2), None, "CORNER CAFE", None, "Sale", -4.5, None])
    last = book.create_sheet("April 2026")
    last.append(CHASE_CARD)
    expected = {
        "sheet": "March 2026",
        "sheets": [
            {"name": "Summary", "visible": True, "reason": "no row of it is a header that is known"},
            {"name": "Lists", "visible": False, "reason": "it is hidden"},
            {"name": "Blank", "visible": True, "reason": "it is empty"},
            {"name": "March 2026", "visible": True, "reason": "the first with a header that is known"},
            {"name": "April 2026", "visible": True, "reason": "another sheet was read"},
        ],
        "counts": counts(rows=3, transactions=1, skipped=2),
        "transactions": [{"description": "CORNER CAFE", "source": {"row": 4, "line": 4}}],
    }
    return "the first visible sheet with a known header", book, {}, expected


def hidden_by_name():
    _, book, _, _ = several_sheets()
    expected = {"sheet": "Lists", "transactions": [{"date": "2026-01-01", "amount": "-1", "description": "NEVER"}]}
    return "a hidden sheet that is asked for", book, {"sheet": "lists"}, expected


def of_1904():
    """The same days, counted from 1904."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(CHASE_CARD)
    book.active.append([date(2026, 3, 2), date(1904, 1, 2), "CORNER CAFE", None, "Sale", -4.5, None])
    expected = {
        "dateSystem": "from1904",
        "transactions": [{"date": "2026-03-02", "settlementDate": "1904-01-02"}],
    }
    return "dates that are counted from 1904", book, {}, expected


def numbers_and_texts():
    """Numbers with the digits of their storage beside texts with a decimal comma; numbers that are no dates."""
    book = sheet_of(
        [
            ["Buchung", "Text", "Betrag"],
            ["28.02.2026", "MIETE", "-1.000,25 EUR"],
            [date(2026, 3, 1), 4111111111111111, 0.1 + 0.2],
            [46083, "NO FORMAT OF DATES", 1],
            [0, "BEFORE THE FIRST DAY", 2],
            [date(2026, 3, 2), "MANY DIGITS", 1234.5600000000001],
        ]
    )
    book.active["A5"].number_format = "yyyy-mm-dd"
    expected = {
        "layout": {"name": "mapping"},
        "dialect": {"dateOrder": {"value": "dayFirst"}, "decimalMark": {"value": "comma"}},
        "counts": counts(rows=6, transactions=3, problems=2, skipped=1),
        "transactions": [
            {"date": "2026-02-28", "amount": "-1000.25", "description": "MIETE"},
            {"date": "2026-03-01", "amount": "0.3", "description": "4111111111111111"},
            {"date": "2026-03-02", "amount": "1234.56"},
        ],
        "problems": [
            {"row": 4, "column": "Buchung", "cell": "Activity!A4", "code": "date.malformed", "value": "46083"},
            {"row": 5, "column": "Buchung", "cell": "Activity!A5", "code": "date.malformed", "value": "0"},
        ],
    }
    more = {"mapping": MAPPING, "account": {"id": "giro", "currency": "EUR"}}
    return "numbers beside texts, by a mapping", book, more, expected


def without_values():
    """An error, a formula that openpyxl writes without a result, and an error in a column that nothing reads."""
    book = sheet_of(
        [
            [*CHASE_CARD, "Note"],
            [date(2026, 3, 2), None, "CORNER CAFE", None, "Sale", "#REF!", None, None],
            [date(2026, 3, 3), None, "CORNER CAFE", None, "Sale", "=SUM(F1:F2)", None, None],
            [date(2026, 3, 4), None, "CORNER CAFE", None, "Sale", -3, None, "#N/A"],
        ],
        name="Mom's card",
    )
    expected = {
        "counts": counts(rows=4, transactions=1, problems=2, skipped=1),
        "transactions": [{"date": "2026-03-04", "amount": "-3"}],
        "problems": [
            {"row": 2, "column": "Amount", "cell": "'Mom''s card'!F2", "code": "cell.without_value", "value": "#REF!"},
            {"row": 3, "column": "Amount", "cell": "'Mom''s card'!F3", "code": "cell.without_value"},
        ],
    }
    return "cells without a value", book, {}, expected


def merged():
    """A title over merged cells, a row of a merged cell in the table, and blank rows, which are not counted."""
    book = sheet_of(
        [
            ["My card"],
            [],
            CHASE_CARD,
            [date(2026, 3, 2), None, "CORNER CAFE", "Food & Drink", "Sale", -4.5, None],
            [],
            ["a note over the whole width"],
            [date(2026, 3, 4), None, "BOOKS", None, "Sale", -18.25, True],
        ]
    )
    book.active.merge_cells("A1:G1")
    book.active.merge_cells("A6:G6")
    expected = {
        "counts": counts(rows=5, transactions=2, skipped=3),
        "transactions": [
            {"amount": "-4.5", "source": {"row": 4, "line": 4}},
            {"amount": "-18.25", "memo": "TRUE", "source": {"row": 7, "line": 7}},
        ],
        "skipped": [
            {"row": 1, "line": 1, "value": "My card"},
            {"row": 3, "line": 3},
            {"row": 6, "line": 6, "reason": "a note", "value": "a note over the whole width"},
        ],
    }
    return "merged cells and blank rows", book, {}, expected


def counts(**given):
    names = ("rows", "transactions", "duplicates", "balances", "positions", "problems", "skipped")
    return {name: given.get(name, 0) for name in names}


def refused():
    """Inputs that are refused."""
    text = b64encode(b"Transaction Date,Post Date\n").decode("ascii")
    old = b64encode(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)).decode("ascii")
    whole = packed(sheet_of([CHASE_CARD]))
    cut = whole[: len(whole) // 8 * 4]
    strange = packed(sheet_of([["a", "b"], [1, 2]]))
    both = {"mapping": MAPPING | {"separator": ";"}}
    return [
        ("a text under the name of a workbook", {"base64": text}, "file.wrong_kind", "base64"),
        ("a workbook of Excel 97", {"base64": old}, "file.wrong_kind", "base64"),
        ("a workbook that is cut off", {"base64": cut}, "archive.malformed", "base64"),
        ("what is not base64", {"base64": "?"}, "binary.malformed", "base64"),
        ("a sheet that there is not", {"base64": whole, "sheet": "Activities"}, "name.unknown", "sheet"),
        ("no header that is known", {"base64": strange}, "file.unrecognized", "base64"),
        ("a separator for cells", {"base64": strange} | both, "field.conflict", "mapping.separator"),
        ("a layout that there is not", {"base64": whole, "layout": "chase"}, "name.unknown", "layout"),
    ]


def vectors():
    makers = (card, known_before, several_sheets, hidden_by_name, of_1904, numbers_and_texts, without_values, merged)
    for maker in makers:
        name, book, more, expected = maker()
        given = {"base64": packed(book)} | more
        yield {"name": name, "source": BY_HAND, "tolerance": "exact", "input": given, "expected": expected}
    for name, given, code, path in refused():
        source, error = "written by hand from the rule of the reference page", {"code": code, "path": path}
        yield {"name": name, "source": source, "input": given, "error": error}


if __name__ == "__main__":
    VECTORS.parent.mkdir(exist_ok=True)
    document = {"operation": "workbooks.read", "vectors": list(vectors())}
    VECTORS.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
