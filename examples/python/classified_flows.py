"""A month of a checking account, a card and a mortgage: what each flow is, why, and what the user's corrections teach."""

import wherewithal as ww

ACCOUNTS = [
    {"id": "checking", "kind": "checking", "number": "1234"},
    {"id": "savings", "kind": "savings", "number": "5678"},
    {"id": "card", "liability_kind": "credit_card"},
    {"id": "mortgage", "liability_kind": "mortgage"},
]
ROWS = [
    ("checking", "2026-03-01", "4000.00", "deposit", "ACME PAYROLL 260301"),
    ("card", "2026-03-02", "-4.50", "purchase", "SQ *CORNER CAFE"),
    ("mortgage", "2026-03-02", "-1200.00", "interest", "INTEREST"),
    ("checking", "2026-03-03", "-1500.00", "payment", "MORTGAGE PMT"),
    ("mortgage", "2026-03-04", "1500.00", "payment", "PAYMENT"),
    ("card", "2026-03-05", "-80.00", "purchase", "SHOE STORE 0012  AUSTIN   TX"),
    ("checking", "2026-03-10", "-600.00", "transfer", "TRANSFER TO XXXX5678"),
    ("savings", "2026-03-11", "600.00", "deposit", "ONLINE"),
    ("card", "2026-03-12", "80.00", "refund", "SHOE STORE 0012  AUSTIN   TX"),
    ("card", "2026-03-15", "-5.10", "purchase", "CORNER CAFE #12"),
    ("checking", "2026-03-20", "-4.50", "payment", "CARD AUTOPAY"),
    ("card", "2026-03-21", "4.50", "payment", "PAYMENT THANK YOU"),
    ("card", "2026-03-30", "-3.90", "purchase", "GARDEN CAFE"),
]
NAMES = ("account", "date", "amount", "type", "description")
transactions = [dict(zip(NAMES, row), id=str(number)) for number, row in enumerate(ROWS)]

# The first coffee gets a category; it holds for the merchant from then on, and a model learns its words.
corrections = [{"transaction": "1", "category": "Coffee"}, {"transaction": "5", "category": "Clothing"}]
model = ww.classification.train(transactions=transactions, corrections=corrections)
answer = ww.classification.classify(
    accounts=ACCOUNTS, transactions=transactions, corrections=corrections, model=model
)

for flow in answer.flows:
    category = f", {flow.category}" if flow.category else ""
    print(f"{flow.date} {flow.account:9} {flow.amount:>9} {flow.class_}{category}: {flow.reason.detail}")
print()
for pair in answer.transfers:
    print(
        f"{pair.amount} left {pair.from_account} on {pair.left} and arrived in {pair.to_account} on {pair.arrived}"
    )
print()
for total in answer.totals:
    print(f"{total.class_:15} {total.amount:>9}")

spent = sum(total.amount for total in answer.totals if total.class_ in ("expense", "refund"))
print(f"spent after refunds: {-spent}")
