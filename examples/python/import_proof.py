"""Two files of a bank: the second overlaps with the first. The first import proves itself; the second has lost a row, and the
balances that the bank prints beside its rows say which.
"""

import wherewithal as ww

MARCH = """\
Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,03/31/2026,HILLSIDE POWER CO,-86.40,ACH_DEBIT,4213.60,,
CHECK,03/30/2026,CHECK 118,-30.00,CHECK_PAID,4300.00,118,
DEBIT,03/28/2026,TRANSFER TO SAVINGS,-500.00,ACCT_XFER,4330.00,,
CREDIT,03/27/2026,LAKESIDE WIDGETS PAYROLL,2830.00,ACH_CREDIT,4830.00,,
"""
# Between the 31st of March and the 15th of April, a row of 42.17 is missing.
APRIL = """\
Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,04/20/2026,CORNER CAFE,-4.50,DEBIT_CARD,4066.93,,
DEBIT,04/15/2026,NORTHSIDE BOOKS,-100.00,DEBIT_CARD,4071.43,,
DEBIT,03/31/2026,HILLSIDE POWER CO,-86.40,ACH_DEBIT,4213.60,,
CHECK,03/30/2026,CHECK 118,-30.00,CHECK_PAID,4300.00,118,
"""


def records(reading):
    """What `ledger.merge` takes of a file."""
    return {
        name: getattr(reading, name) or []
        for name in ("accounts", "securities", "transactions", "balances", "positions")
    }


def show(title, ledger):
    """Proves a ledger and prints what is proved, and what explains the rest."""
    proof = ww.ledger.prove(
        accounts=ledger["accounts"], transactions=ledger["transactions"], balances=ledger["balances"]
    )
    counts = proof.counts
    print(f"{title}: {'proved' if proof.proved else 'not proved'},", end=" ")
    print(
        f"{counts.proved_transactions} of {counts.transactions} transactions between {counts.figures} balances"
    )
    for holding in proof.holdings:
        for fault in holding.faults:
            print(f"  {holding.account}: {fault.difference} between {fault.after} and {fault.by};", end=" ")
            print(f"{fault.confirming_figures} later balances agree with it")
            for one in fault.explanations:
                print(f"    {one.likelihood}: {one.kind} {one.amount or one.transaction}")
    return proof


bank = {"id": "checking", "kind": "checking", "currency": "USD"}
march = records(ww.formats.read(text=MARCH, account=bank))
assert show("March", march).proved

april = records(ww.formats.read(text=APRIL, account=bank))
merged = ww.ledger.merge(existing=march, read=april)
print(f"April: {merged.counts.added} transactions are new, {merged.counts.duplicates} were there already")
proof = show("March and April", records(merged.records))
fault = proof.holdings[0].faults[0]
assert (str(fault.difference), fault.explanations[0].kind) == ("-42.17", "missing")

made = ww.ledger.household(name="Example", as_of="2026-04-30", people=[], **records(merged.records))
statement = ww.net_worth.statement(made.household)
print(f"on {statement.as_of}, the household is worth {statement.net_worth} {statement.currency}")
