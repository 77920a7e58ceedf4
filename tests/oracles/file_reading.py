"""What a file of a bank or broker says, read by other programs: OFX by ofxtools, and bank records of QIF by quiffen.

Only what they read is compared. The kind of a transaction, an account or a security is a reading of ours, and so is which
lines are skipped. Of OFX the tree is taken, whose dates are those that the bank wrote; `ofxtools` itself moves them into
universal time, by which some fall on another day. Tables have no such peer: their rows are written by hand, but for those of a
card of Chase, which Python's csv reads here for the ids of its transactions (`fingerprints.py`).
"""

import csv
import re
from collections import Counter
from datetime import datetime
from fractions import Fraction
from html import unescape
from io import BytesIO, StringIO

from ofxtools.header import OFXHeaderError
from ofxtools.Parser import OFXTree
from quiffen import Qif

import fingerprints
from support import QUOTED, NotCovered

CHASE_CARD = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo"
AMOUNT = re.compile(r"(-?)([^\d.-]?)(-?)([\d.]+) ?([A-Z]{3})?")
SIGNS = {"": "USD", "$": "USD", "€": "EUR", "£": "GBP"}
TRADES = {"INVBUY": 1, "INVSELL": 1}


def read(inputs):
    text = inputs.get("text", "")
    if text.startswith(CHASE_CARD) and set(inputs) <= {"text", "previous"}:
        return chase_card(text, inputs.get("previous", []))
    if "mapping" in inputs or "layout" in inputs or "previous" in inputs:
        raise NotCovered("only whole files of OFX and QIF")
    if "<OFX>" in text:
        return ofx(text)
    if text.startswith("!"):
        return qif(text)
    raise NotCovered("tables are read by hand")


def answer(**lists):
    """The lists of an answer, with what no other program reads left to the vector."""
    counts = {name: len(lists.get(name, ())) for name in ("transactions", "balances", "positions")}
    counts |= {"duplicates": 0, "problems": 0, "rows": QUOTED, "skipped": QUOTED}
    return {"format": QUOTED, "counts": counts} | lists


# The card of Chase ----------------------------------------------------------------------------------------------------


def chase_card(text, previous):
    rows = list(csv.DictReader(StringIO(text)))
    transactions = []
    for row in rows:
        date, posted = (written_us(row[name]) for name in ("Transaction Date", "Post Date"))
        amount, currency = money(row["Amount"])
        told = {"account": "chaseCard", "date": date, "amount": amount, "currency": currency}
        told |= {"description": row["Description"], "settlementDate": posted}
        transactions.append(told)
    for number, (told, name) in enumerate(zip(transactions, fingerprints.ids(transactions)), start=2):
        told |= {"id": name, "row": number, "type": QUOTED}
    new = [told for told in transactions if told["id"] not in previous]
    duplicates = [told for told in transactions if told["id"] in previous]
    counts = {"rows": len(rows) + 1, "transactions": len(new), "duplicates": len(duplicates), "skipped": 1}
    counts |= {"balances": 0, "positions": 0, "problems": 0}
    return {"format": "csv", "counts": counts, "transactions": new, "duplicates": duplicates}


def money(text):
    """An amount, and its currency if a sign or a code says that it is not the dollar of the card."""
    found = AMOUNT.fullmatch(text.strip())
    if not found:
        raise NotCovered("rows with a fault are read by hand")
    before, sign, after, digits, code = found.groups()
    if sign not in SIGNS:
        raise NotCovered("a sign of several currencies is read by hand")
    currency = code or SIGNS[sign]
    amount = Fraction(digits) * (-1 if before or after else 1)
    return amount, None if currency == "USD" else currency


def written_us(text):
    try:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()
    except ValueError:
        raise NotCovered("rows with a fault are read by hand") from None


# OFX ------------------------------------------------------------------------------------------------------------------


def ofx(text):
    tree = OFXTree()
    try:
        root = tree.parse(BytesIO(text.encode("utf-8")))
    except (OFXHeaderError, SyntaxError) as reason:
        raise NotCovered(f"ofxtools does not read this: {reason}") from reason
    securities = listed(root)
    accounts, transactions, balances, positions = [], [], [], []
    held = [holder(one) for one in root.iter() if one.tag.endswith("ACCTFROM")]
    if len(set(held)) < len(held):
        raise NotCovered("several statements of one account")
    if any(len(one.text) != 3 for one in root.iter("CURSYM")):
        raise NotCovered("records with a fault are read by hand")
    for statement in root.iter():
        if statement.tag in {"STMTRS", "CCSTMTRS", "INVSTMTRS"}:
            accounts.append(account(root, statement))
            moved = statement.find("INVTRANLIST")
            if moved is None:
                moved = statement.find("BANKTRANLIST")
            records = [] if moved is None else [one for one in moved if not one.tag.startswith("DT")]
            own = said(statement, "CURDEF")
            told = [transaction(one, securities) | foreign(one, own) for one in records]
            if statement.tag == "STMTRS" and len(held) == 1:
                called = accounts[-1]["number"]
                for one, name in zip(told, fingerprints.ids([one | {"account": called} for one in told])):
                    one["id"] = name
            transactions += told
            balances += stated(statement)
            positions += [position(one, securities) for one in statement.iter("INVPOS")]
    return answer(
        accounts=accounts,
        securities=list(securities.values()),
        transactions=transactions,
        balances=balances,
        positions=positions,
    )


def said(element, path):
    """The text of an element, without its entities."""
    found = element.find(path)
    return None if found is None or found.text is None else unescape(found.text)


def amount(element, path):
    text = said(element, path)
    if text is not None and "," in text:
        raise NotCovered("the decimal mark of a file is found by hand")
    return None if text is None else Fraction(text)


def holder(account):
    """What names an account (11.3.1): where it is held, its number, and what it is."""
    return account.tag, *(said(account, name) for name in ("BANKID", "BROKERID", "BRANCHID", "ACCTID", "ACCTTYPE"))


def foreign(element, own):
    """The currency of a record's amounts, if it is not that of the statement (5.2)."""
    symbol = next((one.findtext("CURSYM") for one in element.iter("CURRENCY")), own)
    return {"currency": None if symbol == own else symbol}


def listed(root):
    """The securities by unique id. Each is called by its symbol, or where several have that, by its unique id."""
    found = {said(one, "SECID/UNIQUEID"): security(one) for one in root.iter("SECINFO")}
    symbols = Counter(one["symbol"] for one in found.values())
    for number, one in found.items():
        one["id"] = one["symbol"] if symbols[one["symbol"]] == 1 else number
    for held in root.iter("INVPOS"):
        symbol = said(held, "CURRENCY/CURSYM")
        if symbol is not None:
            found[said(held, "SECID/UNIQUEID")]["currency"] = symbol
    return found


def written(element, path):
    """The civil day as written, without its time and zone."""
    text = said(element, path)
    return None if text is None else f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def account(root, statement):
    number = next(said(one, "ACCTID") for one in statement if one.tag.endswith("ACCTFROM"))
    return {
        "number": number[-4:],
        "currency": said(statement, "CURDEF"),
        "institution": next((unescape(one.text) for one in root.iter("ORG")), None),
        "id": QUOTED,
        "kind": QUOTED,
        "liabilityKind": QUOTED,
    }


def security(info):
    symbol = said(info, "TICKER")
    key = "cusip" if said(info, "SECID/UNIQUEIDTYPE") == "CUSIP" else "other"
    named = {"symbol": symbol, "name": said(info, "SECNAME"), "kind": QUOTED}
    return named | {key: said(info, "SECID/UNIQUEID")}


def transaction(element, securities):
    bank = element if element.tag == "STMTTRN" else element.find("STMTTRN")
    return booked(bank) if bank is not None else traded(element, securities)


def booked(element):
    """An entry of a bank: when the customer acted, and when the bank booked it if that is another day."""
    posted, acted = written(element, "DTPOSTED"), written(element, "DTUSER")
    out = {
        "account": QUOTED,
        "date": acted or posted,
        "amount": amount(element, "TRNAMT"),
        "type": QUOTED,
        "description": said(element, "EXTDNAME") or said(element, "NAME"),
        "payee": said(element, "EXTDNAME") or said(element, "NAME"),
        "memo": said(element, "MEMO"),
        "checkNumber": said(element, "CHECKNUM"),
        "reference": said(element, "FITID"),
        "merchantCategoryCode": said(element, "SIC"),
        "transferAccount": None if element.find("BANKACCTTO") is None else QUOTED,
    }
    return out | ({"settlementDate": posted} if acted not in {None, posted} else {})


def traded(element, securities):
    """A trade, income, a split or a transfer of shares."""
    inner = next((one for one in element if one.tag in TRADES), element)
    units, total = amount(inner, "UNITS"), amount(inner, "TOTAL")
    moved = said(inner, "SECID/UNIQUEID")
    held = securities.get(moved, {})
    out = {
        "account": QUOTED,
        "date": written(inner, "INVTRAN/DTTRADE"),
        "settlementDate": written(inner, "INVTRAN/DTSETTLE"),
        "reference": said(inner, "INVTRAN/FITID"),
        "description": said(inner, "INVTRAN/MEMO") or held.get("name"),
        "type": QUOTED,
        "security": held.get("id"),
        "amount": total or 0,
        "quantity": units,
        "price": amount(inner, "UNITPRICE"),
        "fees": sum((amount(inner, fee) or 0) for fee in ("COMMISSION", "FEES", "TAXES")),
    }
    withheld = amount(inner, "WITHHOLDING")
    if withheld:
        earned = "income" if element.tag == "INCOME" else "proceeds"
        parts = ((total + withheld, earned), (-withheld, "withholding"))
        out["splits"] = [{"amount": part, "category": what} for part, what in parts]
    if element.tag == "REINVEST":
        out["amount"] = 0
        parts = ((-total, "income"), (total, "reinvestment"))
        out["splits"] = [{"amount": part, "category": what} for part, what in parts]
    if element.tag == "SPLIT":
        if min(amount(inner, "DENOMINATOR"), amount(inner, "NUMERATOR")) <= 0:
            raise NotCovered("records with a fault are read by hand")
        out["quantity"] = amount(inner, "NEWUNITS") - amount(inner, "OLDUNITS")
        out["splitFrom"], out["splitTo"] = amount(inner, "DENOMINATOR"), amount(inner, "NUMERATOR")
    if element.tag == "TRANSFER" and said(inner, "TFERACTION") == "OUT":
        out["quantity"] = -units
    return out


def stated(statement):
    """The balances that the statement says."""
    out = []
    for tag, kind in (("LEDGERBAL", "ledger"), ("AVAILBAL", "available")):
        balance = statement.find(tag)
        if balance is not None:
            figure = {"amount": amount(balance, "BALAMT"), "date": written(balance, "DTASOF")}
            out.append({"account": QUOTED, "kind": kind} | figure)
    if statement.find("INVBAL/AVAILCASH") is not None:
        cash = amount(statement, "INVBAL/AVAILCASH")
        out.append({"kind": "cash", "amount": cash, "date": written(statement, "DTASOF")})
    return out


def position(element, securities):
    return {
        "date": written(element, "DTPRICEASOF"),
        "security": securities.get(said(element, "SECID/UNIQUEID"), {}).get("id"),
        "quantity": amount(element, "UNITS"),
        "price": amount(element, "UNITPRICE"),
        "value": amount(element, "MKTVAL"),
    }


# QIF ------------------------------------------------------------------------------------------------------------------


def qif(text):
    if "!Type:Invst" in text:
        raise NotCovered("quiffen has no signs for investments")
    if "POpening Balance" in text:
        raise NotCovered("quiffen takes the balance with which an account opens for a transfer")
    try:
        book = Qif.parse_string(text)
    except ValueError as reason:
        raise NotCovered(f"quiffen does not read this: {reason}") from reason
    accounts, transactions = [], []
    if any(re.search(r"\d{5}", name) for name in book.accounts):
        raise NotCovered("numbers of accounts are hidden by hand")
    for name, held in book.accounts.items():
        if name != "Quiffen Default Account":
            accounts.append({"id": name, "kind": QUOTED, "liabilityKind": QUOTED})
        for listed in held.transactions.values():
            transactions += [entry(name, one) for one in listed]
    return answer(accounts=accounts, transactions=transactions)


def entry(name, one):
    if sum(part.amount for part in one.splits) != (one.amount if one.splits else 0):
        raise NotCovered("the parts do not add up, which quiffen lets pass")
    return {
        "account": name,
        "date": one.date.date(),
        "amount": Fraction(one.amount),
        "type": QUOTED,
        "description": one.payee,
        "memo": one.memo,
        "category": one.category and one.category.hierarchy,
        "checkNumber": None if one.check_number is None else str(one.check_number),
        "transferAccount": one.to_account,
        "splits": [part(split) for split in one.splits if split.amount],
    }


def part(split):
    out = {"amount": Fraction(split.amount), "memo": split.memo}
    return out | {"category": split.category and split.category.hierarchy, "transferAccount": split.to_account}


OPERATIONS = {"formats.read": read}
