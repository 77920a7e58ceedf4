"""What a workbook says, read by openpyxl: the rows of its sheets, their days and their numbers.

A number is what a spreadsheet shows of it, with 15 significant digits; openpyxl says which cells are dates and on which
day they fall. The header of a card of Chase is known, and so are columns that the input names. What a row is, beside
its day, its amount and its texts, is a reading of ours.
"""

from base64 import b64decode
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

from openpyxl import load_workbook

import fingerprints
from support import QUOTED, NotCovered

CHASE_CARD = {
    "date": "Transaction Date",
    "settlementDate": "Post Date",
    "description": "Description",
    "category": "Category",
    "amount": "Amount",
    "memo": "Memo",
}
ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def read(inputs):
    content = BytesIO(b64decode(inputs["base64"]))
    values, formulas = load_workbook(content, data_only=True), load_workbook(content)
    fields = CHASE_CARD
    if "mapping" in inputs:
        fields = {column["field"]: column["name"] for column in inputs["mapping"]["columns"]}
    for sheet in values.worksheets:
        wanted = inputs.get("sheet", sheet.title).lower() == sheet.title.lower()
        if not wanted or sheet.sheet_state != "visible" and "sheet" not in inputs:
            continue
        header = next((row[0].row for row in sheet.iter_rows() if has_all(row, fields)), None)
        if header is not None:
            return answer(values, sheet, formulas[sheet.title], header, fields, inputs)
    raise NotCovered("no sheet has the columns")


def has_all(row, fields):
    return set(fields.values()) <= {cell.value for cell in row}


def answer(book, sheet, formulas, header, fields, inputs):
    # An account that is not named is called as the layout is.
    unnamed = "account" if "mapping" in inputs else "chaseCard"
    account, previous = inputs.get("account", {}).get("id", unnamed), inputs.get("previous", [])
    places = {cell.value: cell.column - 1 for cell in sheet[header]}
    columns = {field: places[name] for field, name in fields.items()}
    transactions, problems, skipped, rows = [], 0, 0, 0
    for row in sheet.iter_rows():
        if all(cell.value is None for cell in formulas[row[0].row]):
            continue
        rows += 1
        cells = {field: row[place] for field, place in columns.items()}
        if row[0].row <= header or len([cell for cell in row if cell.value is not None]) == 1:
            skipped += 1
        elif (told := transaction(cells, account)) is None:
            problems += 1
        else:
            transactions.append(told)
    for told, name in zip(transactions, fingerprints.ids(transactions)):
        told |= {"id": name, "type": QUOTED, "row": told["source"]["row"]}
    new = [told for told in transactions if told["id"] not in previous]
    duplicates = [told for told in transactions if told["id"] in previous]
    counts = {"rows": rows, "transactions": len(new), "duplicates": len(duplicates), "problems": problems}
    counts |= {"skipped": skipped, "balances": 0, "positions": 0}
    sheets = [{"name": one.title, "visible": one.sheet_state == "visible", "reason": QUOTED} for one in book.worksheets]
    system = "from1904" if book.epoch.year == 1904 else "from1900"
    return {
        "sheet": sheet.title,
        "sheets": sheets,
        "dateSystem": system,
        "counts": counts,
        "transactions": new,
        "duplicates": duplicates,
        "layout": QUOTED,
        "dialect": QUOTED,
        "problems": QUOTED,
        "skipped": QUOTED,
    }


def transaction(cells, account):
    """The transaction of a row; `None` of one that cannot be read."""
    if any(cell.value in ERRORS for cell in cells.values()):
        return None
    try:
        told = {
            "account": account,
            "date": day(cells["date"].value),
            "amount": amount(cells["amount"].value),
            "source": {"row": cells["date"].row, "line": cells["date"].row},
        }
    except (TypeError, ValueError):
        return None
    for field in ("description", "category", "memo"):
        if field in cells and cells[field].value is not None:
            value = cells[field].value
            told[field] = str(value).upper() if isinstance(value, bool) else str(value)
    if "settlementDate" in cells and cells["settlementDate"].value is not None:
        told["settlementDate"] = day(cells["settlementDate"].value)
    return told


def day(value):
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError("no date")
    form = "%d.%m.%Y" if "." in value else "%m/%d/%Y"
    return datetime.strptime(value, form).date().isoformat()


def amount(value):
    if isinstance(value, str):
        text = value.removeprefix("$").removesuffix(" EUR")
        return Fraction(text.replace(".", "").replace(",", ".") if "," in text else text)
    return Fraction(f"{value:.15g}")


OPERATIONS = {"workbooks.read": read}
