"""What the parts of transactions are, from the rules on the reference pages of `classification`, in exact fractions.

Every pair of candidates for a transfer is looked at, nothing is sorted or indexed for speed, and the probabilities of the model are
quotients of whole numbers. Merchant category codes are not covered: their table is data of the engine.
"""

import re
from datetime import timedelta
from fractions import Fraction

from support import NotCovered, day, number, places

LEAD_INS = """RECURRING PAYMENT AUTHORIZED ON|PURCHASE RETURN AUTHORIZED ON|PURCHASE AUTHORIZED ON|DEBIT CARD PURCHASE|DEBIT CARD REFUND|
PREAUTHORIZED DEBIT|PREAUTHORIZED CREDIT|EXTERNAL WITHDRAWAL|RECURRING PAYMENT|EXTERNAL DEPOSIT|POS PURCHASE|POS REFUND|POS DEBIT|
CARD PURCHASE|VISA PURCHASE|DEBIT PURCHASE|CHECKCARD|CHECK CARD|DIRECT DEBIT|ACH CREDIT|ACH DEBIT|PURCHASE|POS|ACH""".replace(
    "\n", ""
).split("|")
PROCESSORS = {"BT", "CKE", "DD", "EB", "FSP", "IN", "IZ", "PAYPAL", "PP", "PY", "SP", "SQ", "SUMUP", "TST", "ZETTLE_"}
ANNOUNCING = {"AUTH", "CARD", "CONF", "ID", "LOC", "NO", "NUM", "ON", "REF", "STE", "TRACE", "UNIT"}
STATES = {
    "AL",
    "AK",
    "AZ",
    "AR",
    "CA",
    "CO",
    "CT",
    "DE",
    "DC",
    "FL",
    "GA",
    "HI",
    "ID",
    "IL",
    "IN",
    "IA",
    "KS",
    "KY",
    "LA",
    "ME",
    "MD",
    "MA",
    "MI",
    "MN",
    "MS",
    "MO",
    "MT",
    "NE",
    "NV",
    "NH",
    "NJ",
    "NM",
    "NY",
    "NC",
    "ND",
    "OH",
    "OK",
    "OR",
    "PA",
    "PR",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VT",
    "VA",
    "WA",
    "WV",
    "WI",
    "WY",
}
COMPANIES = {"CO", "CORP", "GMBH", "INC", "LLC", "LP", "LTD", "PLC"}
DOMAINS = [".COM", ".NET", ".ORG", ".CO.UK", ".IO"]


def merchant_name(text):
    """The name of a merchant in a printed text; None if there is none."""
    text = text.upper().strip()
    while True:
        found = next((phrase for phrase in LEAD_INS if re.match(re.escape(phrase) + r"\s+\S", text)), None)
        if found is None:
            break
        text = text[len(found) :].strip()
    before, star, after = text.partition("*")
    if star and before.strip() in PROCESSORS and after.strip():
        text = after.strip()
    tokens = [token for token in re.finditer(r"[^\W_]+(?:[^\W_]|[&\-.'#/])*|[&\-.'#/](?:[^\W_]|[&\-.'#/])*", text)]
    kept, gap, starred, end, first = [], False, False, 0, True
    for token in tokens:
        between = text[end : token.start()]
        gap |= sum(character.isspace() for character in between) >= 2
        starred |= "*" in between
        end = token.end()
        word = token.group().strip("&-.'/")
        if not word.strip("#"):
            continue
        digits = sum(character in "0123456789" for character in word)
        is_date = digits >= 2 and re.fullmatch(r"[0-9/.\-]*[/.\-][0-9/.\-]*", word)
        may_have_three = first and text[end:].strip() and digits == 3 and not any(c.isalpha() for c in word)
        dropped = "#" in word or re.fullmatch("X{4,}", word)
        dropped = dropped or digits and (is_date or starred or digits >= 3 and not may_have_three)
        if dropped:
            if len(kept) > 1 and kept[-1][0] in ANNOUNCING:
                kept.pop()
            gap = True
        else:
            kept.append((word, gap))
            gap = False
        first, starred = False, False
    if len(kept) >= 3 and kept[-1][0] in ("US", "USA"):
        shorter = kept[:-1]
    else:
        shorter = kept
    if len(shorter) >= 2 and shorter[-1][0] in STATES:
        gaps = [at for at, (_, follows_gap) in enumerate(shorter[:-1]) if follows_gap]
        if gaps and gaps[-1] > 0:
            shorter = shorter[: gaps[-1]]
        elif len(shorter) >= 3 or shorter[-1][1]:
            shorter = shorter[:-1]
    words = []
    for word, _ in shorter:
        word = word.removeprefix("WWW.")
        domain = next((domain for domain in DOMAINS if word.endswith(domain)), "")
        bare = word.removesuffix(domain)
        words.append(bare or word)
    words = [word for word in words if word]
    while len(words) > 1 and words[-1].rstrip(".") in COMPANIES:
        words.pop()
    return " ".join(word.replace("'", "") for word in words) or None


def merchant_names(request):
    """`classification.merchant_names`."""
    return {"merchants": [{"name": merchant_name(text)} for text in request["texts"]]}


def merchant_of(transaction):
    if transaction.get("security"):
        return None
    payee = transaction.get("payee") or ""
    return merchant_name(payee if payee.strip() else transaction["description"])


# The model.


def train(request):
    """`classification.train`."""
    transactions = {transaction["id"]: transaction for transaction in request["transactions"]}
    labels, words = {}, {}
    for correction in request["corrections"]:
        if correction.get("category") is None:
            continue
        label = (correction["category"], correction.get("class"))
        labels[label] = labels.get(label, 0) + 1
        for word in (merchant_of(transactions[correction["transaction"]]) or "").split():
            counts = words.setdefault(word, {})
            counts[label] = counts.get(label, 0) + 1
    ordered = sorted(labels, key=lambda label: (label[0], -1 if label[1] is None else CLASSES.index(label[1])))
    return {
        "smoothing": number(request.get("smoothing", 1)),
        "labels": [
            {"category": category, "examples": labels[category, kind]} | ({"class": kind} if kind else {})
            for category, kind in ordered
        ],
        "words": [
            {
                "word": word,
                "counts": [
                    {"label": place, "count": words[word][label]}
                    for place, label in enumerate(ordered)
                    if label in words[word]
                ],
            }
            for word in sorted(words)
        ],
    }


def predict(model, name):
    """The label of a name, and its probability."""
    table = {entry["word"]: {one["label"]: one["count"] for one in entry["counts"]} for entry in model["words"]}
    known = [table[word] for word in (name or "").split() if word in table]
    if not known:
        return None
    smoothing, examples = number(model["smoothing"]), sum(label["examples"] for label in model["labels"])
    weights = []
    for place, label in enumerate(model["labels"]):
        weight = Fraction(label["examples"], examples)
        total = sum(counts.get(place, 0) for counts in table.values()) + smoothing * len(table)
        for counts in known:
            weight *= (counts.get(place, 0) + smoothing) / total
        weights.append(weight)
    best = max(range(len(weights)), key=lambda place: (weights[place], -place))
    return model["labels"][best], weights[best] / sum(weights)


# The parts of transactions.

CLASSES = [
    "income",
    "expense",
    "refund",
    "fee",
    "tax",
    "withholding",
    "interest",
    "dividend",
    "interestPaid",
    "principalPaid",
    "loanTaken",
    "loanGiven",
    "loanRepaid",
    "transfer",
    "externalFlow",
    "trade",
    "corporateAction",
]
CONVERTING = {"conversion", "conversions", "convert", "converted", "exchange", "exchanged", "forex", "fx"}
CARDS = {"creditCard", "overdraft"}
BANKS = {"checking", "savings", "moneyMarket", "certificateOfDeposit", "cash", None}
TRADES = {"reinvestment", "buy", "sell", "sellShort", "cover", "optionExercise", "optionAssignment", "optionExpiry"}
ACTIONS = {"split", "returnOfCapital", "symbolChange", "merger", "spinOff"}
MOVEMENTS = {"deposit", "withdrawal", "payment", "transfer", "contribution", "distribution", "other"}
SAID = {
    "fee": "fee",
    "dividend": "dividend",
    "capitalGainDistribution": "dividend",
    "tax": "tax",
    "withholding": "withholding",
}
SAID |= {"reward": "income"}


def purpose(account):
    """What an account is for."""
    debt = account.get("liabilityKind")
    if debt:
        return "card" if debt in CARDS else "loan"
    return "bank" if account.get("kind") in BANKS else "investment"


MOVES = {"deposit", "withdrawal", "payment", "transfer", "other"}
MOVING = {
    "autopay",
    "epay",
    "epayment",
    "payment",
    "pmt",
    "pymt",
    "tfr",
    "transfer",
    "transfers",
    "trnsfr",
    "trsf",
    "xfer",
}
OPENING = {"opening", "starting", "initial", "beginning"}
BALANCE = {"balance", "balances"}


def words_of(text):
    """The words of a text, in small letters."""
    return re.findall(r"[^\W_]+", (text or "").lower())


def category_words(category):
    """The words of a category; `BankFees` has two."""
    return words_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", category or ""))


def names_opening(words):
    """Whether words are those of an opening balance and no others."""
    return bool(set(words) & OPENING and set(words) & BALANCE) and set(words) <= OPENING | BALANCE | {"closing"}


def is_opening(transaction, category):
    """Whether a part is what an account had before its records begin."""
    for text in (transaction["description"], transaction.get("payee")):
        words = words_of(text)
        if names_opening(words) or words[:2] == ["initial", "balance"] and words[2] in ("for", "account"):
            return True
    return names_opening(category_words((category or "").split(":")[-1]))


def said_of(transaction, amount, use):
    """What the type of a transaction says of an amount, and the text of a fee: a class, or how it moves."""
    kind = transaction["type"]
    if kind == "fee" and (amount < 0 or use in ("card", "loan")):
        text = " ".join(transaction["description"].split()).lower()
        if re.search(r"(?<![^\W_])interest charge[sd]?(?![^\W_])", text):
            return "interestPaid"
    debt = use in ("card", "loan")
    if kind == "purchase" or kind == "refund":
        if kind == "refund" and amount > 0 and debt:
            return "credit"
        return "refund" if amount > 0 else "expense"
    if kind == "interest":
        return "interestPaid" if amount < 0 or debt else "interest"
    if kind == "reinvestment" and amount > 0:
        return "dividend"
    if kind in TRADES:
        return "trade"
    if kind in ACTIONS:
        return "corporateAction"
    if kind == "securityTransfer":
        return "shares"
    return "movement" if kind in MOVEMENTS else SAID[kind]


def names_account(transaction):
    """Whether a movement names an account, or principal, in one of its splits or as a whole."""
    return transaction["type"] in MOVES and (
        bool(transaction.get("transferAccount"))
        or any(
            split.get("transferAccount") or "principal" in (split.get("category") or "").lower()
            for split in transaction["splits"]
        )
    )


def said_of_split(transaction, split, use):
    kind, amount = transaction["type"], number(split["amount"])
    words = set(category_words(split.get("category")))
    category = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", split.get("category") or "").lower()
    taxes = words & {"tax", "taxes"} or any(word.startswith("withh") for word in words)
    fees = words & {"fee", "fees", "commission", "commissions"}
    earned = amount > 0 and use in ("bank", "investment")
    if split.get("transferAccount"):
        return "movement"
    if kind == "transfer" and number(transaction["amount"]) == 0:
        return "transfer"
    if kind == "reinvestment":
        return "trade" if amount < 0 else "interest" if "interest" in category else said_of(transaction, amount, use)
    if kind in ("dividend", "interest", "capitalGainDistribution") and amount < 0:
        if taxes:
            return "withholding"
        if fees:
            return "fee"
    if kind in MOVES:
        if "principal" in category:
            return "principalPaid"
        if "interest" in category and (amount < 0 or earned):
            return "interestPaid" if amount < 0 else "interest"
        if earned and words & {"dividend", "dividends"}:
            return "dividend"
        if amount < 0 and taxes:
            return "withholding" if number(transaction["amount"]) > 0 else "tax"
        if amount < 0 and fees:
            return "fee"
        if category.strip() and not words & (MOVING | CONVERTING) and names_account(transaction):
            return "beside"
    return said_of(transaction, amount, use)


class Part:
    """A part while it is classified."""

    def __init__(self, transaction, account, place, amount, said, **more):
        self.transaction, self.account, self.number, self.amount, self.said = transaction, account, place, amount, said
        self.category, self.memo, self.other = more.get("category"), more.get("memo"), more.get("other")
        self.whole, self.taken = more.get("whole", False), more.get("taken", False)
        self.kind = self.reason = self.counterpart = self.chosen = self.merchant = None
        self.barred, self.confidence = False, None
        self.opens = False

    @property
    def date(self):
        return day(self.transaction["date"])

    @property
    def id(self):
        return self.transaction["id"]

    def decide(self, kind, reason):
        if self.kind is None:
            self.kind, self.reason = kind, reason


def parts_of(transaction, account, currency):
    amount, use, kind = number(transaction["amount"]), purpose(account), transaction["type"]
    splits, fees = transaction.get("splits") or [], number(transaction.get("fees")) or 0
    quantity, price = number(transaction.get("quantity")), number(transaction.get("price"))
    category = transaction.get("category")
    value = None
    if kind == "reinvestment" and amount == 0 and not splits and quantity is not None and price is not None:
        value = places(quantity * price, 2)
    if value:
        parts = [
            Part(
                transaction, account, 0, value, "dividend", category=category, other=transaction.get("transferAccount")
            ),
            Part(transaction, account, 1, -value, "trade", category=category, other=transaction.get("transferAccount")),
        ]
    elif splits:
        parts = [
            Part(
                transaction,
                account,
                place,
                number(split["amount"]),
                said_of_split(transaction, split, use),
                category=category if split.get("category") is None else split["category"],
                memo=split.get("memo"),
                other=split.get("transferAccount"),
                whole=len(splits) == 1,
            )
            for place, split in enumerate(splits)
        ]
    else:
        other = transaction.get("transferAccount")
        said = said_of(transaction, amount, use)
        parts = [Part(transaction, account, 0, amount, said, category=category, other=other, whole=True)]
    if fees and kind != "fee":
        source = next((part for part in parts if part.said == "trade"), parts[0])
        source.amount += fees
        parts.append(Part(transaction, account, len(parts), -fees, "fee", taken=True))
    for part in parts:
        part.opens = part.said in ("movement", "credit", "beside", "expense", "refund") and is_opening(
            transaction, part.category
        )
        part.currency = transaction.get("currency") or account.get("currency") or currency
    return parts


class Ledger:
    """A ledger while it is classified."""

    def __init__(self, request):
        self.request = request
        self.accounts = {account["id"]: account for account in request["accounts"]}
        self.scope = set(request.get("scope") or self.accounts)
        self.days = timedelta(request.get("transferDays", 5))
        currency = request.get("currency", "USD")
        self.parts, self.pairs, self.ambiguous = [], [], []
        self.own = {}
        for transaction in request["transactions"]:
            if transaction.get("merchantCategoryCode"):
                raise NotCovered("merchant category codes")
            parts = parts_of(transaction, self.accounts[transaction["account"]], currency)
            for part in parts:
                # What names another own account is a transfer, whatever it is called.
                other = self.named(part.other) if part.other is not None else None
                if part.opens and other in (None, transaction["account"]):
                    part.said = "externalFlow"
            self.own[transaction["id"]] = parts
            self.parts += parts

    # What the user says.

    def corrections(self):
        for correction in self.request.get("corrections", []):
            parts = self.own[correction["transaction"]]
            for part in parts:
                if correction.get("part") == part.number:
                    part.correction = correction
        for correction in self.request.get("corrections", []):
            if correction.get("part") is None:
                for part in self.own[correction["transaction"]]:
                    if not part.taken and not hasattr(part, "correction"):
                        part.correction = correction

    def of_merchant(self, part, field):
        """What the latest correction of the merchant that says something of a field says."""
        name, found = merchant_of(part.transaction), None
        if name is None or not (part.whole or part.number == 0 and len(part.transaction.get("splits") or []) < 2):
            return None
        for place, correction in enumerate(self.request.get("corrections", [])):
            parts = self.own[correction["transaction"]]
            corrected = parts[0].transaction
            if correction.get("once") or correction.get(field) is None or merchant_of(corrected) != name:
                continue
            if correction.get("part") is not None and len(parts) > 1 or day(corrected["date"]) > part.date:
                continue
            sign = number(corrected["amount"])
            if field == "class" and (sign > 0) - (sign < 0) != (part.amount > 0) - (part.amount < 0):
                continue
            if found is None or (day(corrected["date"]), place) >= found[0]:
                found = (day(corrected["date"]), place), correction[field]
        return found and found[1]

    def rule(self, part, field):
        if part.taken:
            return None
        fold = lambda text: " ".join((text or "").split()).lower()
        transaction = part.transaction
        texts = {
            "description": fold(transaction["description"]),
            "payee": fold(transaction.get("payee")),
            "memo": fold(part.memo if part.memo is not None else transaction.get("memo")),
        }
        for rule in self.request.get("rules", []):
            if rule.get(field) is None:
                continue
            looked = [texts[rule["field"]]] if rule.get("field") else list(texts.values())
            wanted, how = fold(rule.get("text")), rule.get("comparison", "contains")
            holds = {
                "contains": lambda text, wanted: wanted in text,
                "equals": lambda text, wanted: wanted == text,
                "startsWith": lambda text, wanted: text.startswith(wanted),
            }[how]
            if rule.get("text") is not None and not any(holds(text, wanted) for text in looked):
                continue
            if rule.get("account") not in (None, transaction["account"]):
                continue
            if rule.get("minAmount") is not None and part.amount < number(rule["minAmount"]):
                continue
            if rule.get("maxAmount") is not None and part.amount > number(rule["maxAmount"]):
                continue
            is_barred = field == "class" and part.barred and rule["class"] == "transfer"
            return None if is_barred else rule[field]
        return None

    def user_and_source(self):
        self.corrections()
        for part in self.parts:
            correction = getattr(part, "correction", {})
            part.barred = correction.get("notTransfer", False)
            carried = None if part.barred else self.of_merchant(part, "class")
            for kind, reason in [
                (correction.get("class"), "correction"),
                (carried, "merchantCorrection"),
                (self.rule(part, "class"), "rule"),
                (part.said if part.said in CLASSES and part.said != "credit" else None, "source"),
            ]:
                if kind is not None:
                    part.decide(kind, reason)
            for category, reason in [
                (correction.get("category"), "correction"),
                (self.of_merchant(part, "category"), "merchantCorrection"),
                (self.rule(part, "category"), "rule"),
                (part.category if (part.category or "").strip() else None, "source"),
            ]:
                if category is not None and part.chosen is None:
                    part.chosen = category, reason
            names = [correction.get("merchant"), self.of_merchant(part, "merchant"), self.rule(part, "merchant")]
            part.merchant = next((name for name in names if name is not None), merchant_of(part.transaction))

    # Transfers.

    def named(self, text):
        """The account that a text names."""
        if text in self.accounts:
            return text
        fold = lambda name: " ".join((name or "").split()).lower()
        by_name = [
            id for id, account in self.accounts.items() if account.get("name") and fold(account["name"]) == fold(text)
        ]
        if by_name:
            return by_name[0] if len(by_name) == 1 else None
        by_number = [
            id for id, account in self.accounts.items() if len(text) >= 4 and account.get("number") == text[-4:]
        ]
        return by_number[0] if len(by_number) == 1 else None

    def texts(self, part):
        transaction = part.transaction
        memo = part.memo if part.memo is not None else transaction.get("memo")
        return [text for text in (transaction["description"], transaction.get("payee"), memo) if text]

    def mentioned(self, part):
        found = set()
        for text in self.texts(part):
            for id, account in self.accounts.items():
                four, house = account.get("number"), " ".join((account.get("institution") or "").split()).lower()
                if four and len(four) == 4:
                    after = [
                        "in",
                        "acct",
                        "account",
                        "card",
                        "checking",
                        "chk",
                        "credit",
                        "ending",
                        "loan",
                        "mortgage",
                        "savings",
                        "sav",
                        "to",
                        "from",
                    ]
                    before = ""
                    for word in text.split():
                        word = word.strip(",;:)(")
                        hidden = word[:-4]
                        if word.endswith(four) and len(word) >= 4:
                            masked = hidden and not hidden.strip("xX*.…-")
                            announced = not hidden.strip("#") and before.lower() in after
                            if masked or announced:
                                found.add(id)
                        before = word
                if len(house) >= 3 and re.search(
                    rf"(?<![^\W_]){re.escape(house)}(?![^\W_])", " ".join(text.split()).lower()
                ):
                    found.add(id)
        return found - {part.account["id"]}

    def words(self, part):
        """Whether a part says that it is a transfer or a payment, and whether it says that it is earned."""
        words = set(re.findall(r"[^\W_]+", " ".join(self.texts(part)).lower()))
        category = set(re.findall(r"[^\W_]+", (part.category or "").lower()))
        kind = part.transaction["type"]
        debt = purpose(part.account) in ("card", "loan")
        moves = kind == "transfer" or kind == "payment" and part.amount >= 0 and debt or (words | category) & MOVING
        return bool(moves), bool(words & {"paycheck", "payroll", "pension", "salary", "wages"})

    def unit(self, part):
        quantity = number(part.transaction.get("quantity"))
        if part.said == "shares" and part.amount == 0 and part.transaction.get("security") and quantity:
            return part.transaction["security"], quantity
        return part.currency, part.amount

    def may_be_end(self, part):
        if part.counterpart or part.barred or self.unit(part)[1] == 0:
            return False
        if part.other is not None and self.named(part.other) in (None, part.account["id"]):
            return False
        if part.kind is None:
            return part.said != "beside"
        return part.kind == "transfer" and part.reason not in ("source", "pairing")

    def evidence(self, leaving, arriving):
        """What the end says that says more, and what the other one says, each 0 to 3 with the most first; None if they are
        no pair."""
        here, there = leaving.account["id"], arriving.account["id"]
        names = [
            self.named(leaving.other) if leaving.other else None,
            self.named(arriving.other) if arriving.other else None,
        ]
        if here == there or names[0] not in (None, there) or names[1] not in (None, here):
            return None
        (moves, earns), (also_moves, also_earns) = self.words(leaving), self.words(arriving)
        ends = []
        for part, other, name, words in ((leaving, there, names[0], moves), (arriving, here, names[1], also_moves)):
            ends.append(0 if name else 1 if other in self.mentioned(part) else 2 if words else 3)
        needed = 1 if earns or also_earns else 2 if "credit" in (leaving.said, arriving.said) else 3
        return (min(ends), max(ends)) if min(ends) <= needed else None

    def in_time(self, leaving, arriving):
        return timedelta(0) <= arriving.date - leaving.date <= self.days

    def make_pair(self, leaving, arriving, evidence, reason="pairing"):
        kind = self.between(leaving.account, arriving.account)
        leaving.decide(kind, reason)
        arriving.decide(kind, reason)
        leaving.counterpart, arriving.counterpart = arriving, leaving
        self.pairs.append((leaving, arriving, leaving.amount, arriving.amount, evidence))

    def between(self, source, target):
        if not {source["id"], target["id"]} <= self.scope:
            return "externalFlow"
        uses = purpose(source), purpose(target)
        if uses == ("loan", "loan"):
            return "transfer"
        return "principalPaid" if uses[1] == "loan" else "loanTaken" if uses[0] == "loan" else "transfer"

    def transfers(self):
        for correction in self.request.get("corrections", []):
            if correction.get("transferOf"):
                self.corrected_pair(correction)
        self.conversions()
        for weakest in range(4):
            self.round((weakest, 3), self.days)
        # What could belong to several: by what both ends say, and where accounts are named or mentioned, by the day.
        for weakest in [(one, other) for one in range(4) for other in range(one, 4)]:
            self.round(weakest, self.days)
            if weakest[0] <= 1:
                self.round(weakest, timedelta(0))
        self.converted()
        self.leave_open()

    def round(self, weakest, days):
        ends = [part for part in self.parts if self.may_be_end(part)]
        near = {part: [] for part in ends}
        for one in ends:
            for other in ends:
                if self.unit(one)[1] < 0 and self.unit(other) == (self.unit(one)[0], -self.unit(one)[1]):
                    found = self.evidence(one, other)
                    in_time = timedelta(0) <= other.date - one.date <= days
                    if in_time and found is not None and found <= weakest:
                        near[one].append(other)
                        near[other].append(one)
        for group in connected(near):
            self.pair_group(group)

    def pair_group(self, group):
        order = lambda part: (part.date, part.id, part.number)
        leaving = sorted((part for part in group if self.unit(part)[1] < 0), key=order)
        arriving = sorted((part for part in group if self.unit(part)[1] > 0), key=order)
        if len(leaving) != len(arriving) or not leaving:
            return
        if len({part.account["id"] for part in leaving}) > 1 or len({part.account["id"] for part in arriving}) > 1:
            return
        found = [
            self.evidence(one, other) if self.in_time(one, other) else None for one, other in zip(leaving, arriving)
        ]
        if None not in found:
            for one, other, evidence in zip(leaving, arriving, found):
                self.make_pair(one, other, ("named", "account", "words", "amount")[evidence[0]])

    def corrected_pair(self, correction):
        for one in self.own[correction["transaction"]]:
            if one.taken or correction.get("part") not in (None, one.number):
                continue
            for other in self.own[correction["transferOf"]]:
                (unit, moved), (other_unit, came) = self.unit(one), self.unit(other)
                converted = unit != other_unit and self.is_money(one) and self.is_money(other)
                if other.taken or moved * came >= 0 or one.account is other.account and not converted:
                    continue
                if not converted and (unit, moved) != (other_unit, -came):
                    continue
                if one.counterpart is other:
                    return
                if one.counterpart or other.counterpart:
                    raise NotCovered("a transaction in two pairs")
                for part in (one, other):
                    part.kind = part.reason = None
                self.make_pair(*sorted((one, other), key=lambda part: self.unit(part)[1]), "correction", "correction")
                return
        raise NotCovered("no parts that are a pair")

    def is_money(self, part):
        return self.unit(part) == (part.currency, part.amount)

    def says_conversion(self, part):
        """Whether a part names its own account, or names none and says by a word that it is a conversion."""
        if part.other is not None:
            return self.named(part.other) == part.account["id"]
        words = set(re.findall(r"[^\W_]+", " ".join([*self.texts(part), part.category or ""]).lower()))
        return bool(words & CONVERTING)

    def conversions(self):
        ends = [
            part
            for part in self.parts
            if part.counterpart is None
            and not part.barred
            and part.amount
            and self.is_money(part)
            and (part.said == "movement" if part.kind is None else part.kind == "transfer" and part.reason != "source")
            and self.says_conversion(part)
        ]
        days = {(part.account["id"], part.date) for part in ends}
        for account, date in sorted(days):
            of_day = [part for part in ends if (part.account["id"], part.date) == (account, date)]
            for text in {part.transaction["description"].strip() for part in of_day}:
                self.convert([part for part in of_day if part.transaction["description"].strip() == text])
            self.convert([part for part in of_day if part.counterpart is None])
            left = [part for part in of_day if part.counterpart is None]
            for part in left:
                fits = [other for other in left if other.currency != part.currency and other.amount * part.amount < 0]
                if fits:
                    if len(fits) > 10:
                        raise NotCovered("more candidates than are listed")
                    part.decide("transfer", "pairing")
                    self.ambiguous.append((part, "severalCandidates", fits))

    def convert(self, ends):
        """Pairs what left in one currency with what came in another, where nothing else could belong to either."""
        gone = [part for part in ends if part.amount < 0]
        came = [part for part in ends if part.amount > 0]
        for source in sorted({part.currency for part in gone}):
            targets = {part.currency for part in came} - {source}
            if len(targets) != 1:
                continue
            (target,) = targets
            if {part.currency for part in gone} - {target} != {source}:
                continue
            size = lambda part: (-abs(part.amount), part.id, part.number)
            departures = sorted((part for part in gone if part.currency == source), key=size)
            arrivals = sorted((part for part in came if part.currency == target), key=size)
            if len(departures) == len(arrivals):
                for one, other in zip(departures, arrivals):
                    self.make_pair(one, other, "named" if one.other and other.other else "words")

    def converted(self):
        ends = [
            part for part in self.parts if self.may_be_end(part) and part.other and self.unit(part)[0] == part.currency
        ]
        meet = lambda one, other: (
            one.amount < 0 < other.amount
            and self.named(one.other) == other.account["id"]
            and self.named(other.other) == one.account["id"]
            and self.in_time(one, other)
        )
        found = []
        for one in ends:
            arrivals = [other for other in ends if meet(one, other)]
            differ = len(arrivals) == 1 and one.currency != arrivals[0].currency
            if differ and [part for part in ends if meet(part, arrivals[0])] == [one]:
                found.append((one, arrivals[0]))
        for one, other in found:
            self.make_pair(one, other, "named")

    def leave_open(self):
        ends = [part for part in self.parts if self.may_be_end(part)]
        found = {}
        for late in (True, False):
            settled = set(found)
            free = [part for part in ends if part not in settled]
            for one in free:
                fits = []
                for other in free:
                    unit, amount = self.unit(one)
                    if self.unit(other) != (unit, -amount):
                        continue
                    leaving, arriving = (one, other) if amount < 0 else (other, one)
                    taken = arriving.date - leaving.date
                    in_time = self.in_time(leaving, arriving) if late else -self.days <= taken < timedelta(0)
                    evidence = self.evidence(leaving, arriving)
                    if in_time and evidence is not None and (late or evidence[0] <= 2):
                        fits.append(other)
                if fits:
                    found[one] = ("severalCandidates" if late else "arrivesFirst"), fits
        for part, (cause, fits) in found.items():
            if len(fits) > 10:
                raise NotCovered("more candidates than are listed")
            part.decide("transfer", "pairing")
            self.ambiguous.append((part, cause, fits))

    # The rest.

    def other_end(self, part):
        """The account at the other end of an unpaired movement, as far as anything says so."""
        if part.said not in ("movement", "credit"):
            return None
        if part.other is not None:
            account = self.named(part.other)
            if account is None:
                return "outside", None
            return None if account == part.account["id"] else ("own", account)
        moves, earns = self.words(part)
        if not moves or earns:
            return None
        mentioned = self.mentioned(part)
        if len(mentioned) == 1:
            return "own", *mentioned
        return ("payment", None) if part.amount > 0 and purpose(part.account) == "card" else None

    def rest(self):
        model, least = self.request.get("model"), number(self.request.get("minConfidence", "0.5"))
        predictions = {}
        for part in self.parts:
            name = merchant_of(part.transaction)
            if model and name not in predictions:
                found = predict(model, name)
                predictions[name] = found if found and found[1] >= least else None
        for comes_in in (False, True):
            spent = [part for part in self.parts if part.kind == "expense" and part.amount < 0]
            for part in self.parts:
                if part.kind is None and (part.amount > 0) == comes_in:
                    self.open_part(part, spent, predictions)
        for part in self.parts:
            if part.chosen is None and not part.taken and part.kind in ("income", "expense", "refund", "fee"):
                found = predictions.get(merchant_of(part.transaction))
                if found and found[0].get("class") in (None, *self.signed_back(part)):
                    part.chosen, part.sure = (found[0]["category"], "model"), found[1]

    def signed_back(self, part):
        """The classes of labels that mean the class of a part."""
        return [kind for kind in CLASSES if signed(kind, part.amount) == part.kind]

    def open_part(self, part, spent, predictions):
        kind, use = part.transaction["type"], purpose(part.account)
        end = None if part.barred else self.other_end(part)
        if end:
            where, account = end
            if where == "own":
                sides = [part.account, self.accounts[account]]
                part.decide(self.between(*(sides if part.amount < 0 else sides[::-1])), "source")
            else:
                part.decide("externalFlow" if where == "outside" else "transfer", "source")
            return
        if part.said == "shares":
            return part.decide("externalFlow", "source")
        if part.said == "credit":
            return part.decide("refund", "source")
        root, colon, _ = (part.category or "").partition(":")
        if colon and root.strip().lower() == "equity":
            return part.decide("externalFlow", "source")
        if part.said == "beside":
            kind = "other"
        name = merchant_of(part.transaction)
        if use in ("bank", "card") and part.amount > 0 and name:
            same = [other for other in spent if merchant_of(other.transaction) == name and other.date <= part.date]
            if any(-other.amount >= part.amount for other in same):
                return part.decide("refund", "merchant")
        found = predictions.get(name)
        if found and found[0].get("class"):
            part.confidence = found[1]
            return part.decide(signed(found[0]["class"], part.amount), "model")
        if not part.barred and kind in ("transfer", "contribution", "distribution"):
            return part.decide("externalFlow", "source")
        if use == "loan" and part.amount:
            return part.decide("principalPaid" if part.amount > 0 else "loanTaken", "account")
        if use == "card" and part.amount > 0:
            return part.decide("refund", "account")
        if use == "investment" and kind in ("deposit", "withdrawal", "payment"):
            return part.decide("externalFlow", "account")
        part.decide("income" if part.amount > 0 else "expense", "sign")

    # Debts.

    def divide(self):
        for account in self.accounts.values():
            if purpose(account) != "loan":
                continue
            here = [part for part in self.parts if part.account is account]
            charges = [part for part in here if part.kind == "interestPaid"]
            payments = [part for part in here if part.kind == "principalPaid" and part.amount > 0]
            owed = Fraction(0)
            events = [(part.date, 0, part.id, part.number, part) for part in charges]
            events += [(part.date, 1, part.id, part.number, part) for part in payments]
            for _, is_payment, _, _, part in sorted(events, key=lambda event: event[:4]):
                if not is_payment:
                    owed = max(owed - part.amount, Fraction(0))
                    continue
                interest = min(owed, part.amount)
                owed -= interest
                payer = part.counterpart
                if interest and payer and payer.currency == part.currency:
                    for end, share in ((payer, -interest), (part, interest)):
                        self.take_out(end, share)

    def take_out(self, part, share):
        if part.amount == share:
            part.kind, part.reason = "interestPaid", "pairing"
            return
        part.amount -= share
        place = max(other.number for other in self.own[part.id]) + 1
        taken = Part(part.transaction, part.account, place, share, part.said, category=part.category, taken=True)
        taken.currency, taken.counterpart, taken.chosen, taken.merchant = (
            part.currency,
            part.counterpart,
            part.chosen if part.chosen and part.chosen[1] != "model" else None,
            part.merchant,
        )
        taken.kind, taken.reason = "interestPaid", "pairing"
        self.own[part.id].append(taken)
        self.parts.append(taken)

    # The answer.

    def answer(self):
        order = lambda part: (part.date, part.transaction["account"], part.id, part.number)
        shown = sorted((part for part in self.parts if part.account["id"] in self.scope), key=order)
        ambiguous = {part for part, _, _ in self.ambiguous}
        totals, reasons = {}, {}
        for part in shown:
            key = CLASSES.index(part.kind), part.currency
            amount, count = totals.get(key, (Fraction(0), 0))
            totals[key] = amount + part.amount, count + 1
            reasons[part.reason] = reasons.get(part.reason, 0) + 1
        under_way, arrivals = [], []
        last = max((part.date for part in self.parts), default=None)
        for part in shown:
            if part.counterpart or part in ambiguous or part.amount == 0:
                continue
            by_user = part.kind == "transfer" and part.reason in ("correction", "merchantCorrection", "rule")
            end = self.other_end(part)
            moved = part.kind in ("transfer", "principalPaid", "loanTaken")
            known = end and end[0] in ("own", "payment") and moved and part.reason == "source"
            if not by_user and not known:
                continue
            account = end[1] if end and end[0] == "own" and moved else None
            if part.amount < 0:
                entry = {
                    "since": part.transaction["date"],
                    "overdue": last - part.date > self.days,
                    "toAccount": account,
                }
                under_way.append(entry | self.place(part) | {"amount": -part.amount})
            else:
                entry = {"date": part.transaction["date"], "fromAccount": account}
                arrivals.append(entry | self.place(part) | {"amount": part.amount})
        return {
            "flows": [self.flow(part) for part in shown],
            "transfers": self.shown_pairs(),
            "ambiguous": [
                {
                    "transaction": part.id,
                    "part": part.number,
                    "amount": part.amount,
                    "currency": part.currency,
                    "cause": cause,
                    "candidates": [other.id for other in sorted(fits, key=lambda other: (other.date, other.id))],
                    "hasMore": False,
                }
                for part, cause, fits in sorted(self.ambiguous, key=lambda one: (one[0].date, one[0].id, one[0].number))
                if part.account["id"] in self.scope
            ],
            "underWay": under_way,
            "unmatchedArrivals": arrivals,
            "totals": [
                {"class": CLASSES[kind], "currency": currency, "amount": amount, "flows": count}
                for (kind, currency), (amount, count) in sorted(totals.items())
            ],
            "reasons": [{"kind": kind, "flows": reasons[kind]} for kind in REASONS if kind in reasons],
        }

    def place(self, part):
        account = part.transaction["account"]
        return {"transaction": part.id, "part": part.number, "account": account, "currency": part.currency}

    def flow(self, part):
        reason = {"kind": part.reason}
        if part.reason == "model":
            reason["confidence"] = part.confidence
        flow = self.place(part) | {
            "date": part.transaction["date"],
            "amount": part.amount,
            "class": part.kind,
            "reason": reason,
            "merchant": part.merchant,
            "counterpart": part.counterpart.id if part.counterpart else None,
            "security": part.transaction.get("security"),
            "quantity": number(part.transaction.get("quantity")) if part.number == 0 else None,
            "category": part.chosen[0] if part.chosen else None,
        }
        if part.chosen:
            flow["categoryReason"] = {"kind": part.chosen[1]}
            if part.chosen[1] == "model":
                flow["categoryReason"]["confidence"] = part.sure
        return flow

    def shown_pairs(self):
        shown = []
        for leaving, arriving, left, arrived, evidence in self.pairs:
            ends = leaving.transaction["account"], arriving.transaction["account"]
            if not self.scope & set(ends):
                continue
            shares = left == 0
            pair = {
                "from": leaving.id,
                "fromPart": leaving.number,
                "fromAccount": ends[0],
                "to": arriving.id,
                "toPart": arriving.number,
                "toAccount": ends[1],
                "amount": abs(left),
                "currency": leaving.currency,
                "arrivedAmount": arrived,
                "arrivedCurrency": arriving.currency,
                "security": leaving.transaction["security"] if shares else None,
                "quantity": abs(number(leaving.transaction["quantity"])) if shares else None,
                "left": leaving.transaction["date"],
                "arrived": max(leaving.transaction["date"], arriving.transaction["date"]),
                "evidence": evidence,
            }
            shown.append(pair)
        return sorted(shown, key=lambda pair: (pair["left"], pair["from"], pair["fromPart"]))


REASONS = [
    "correction",
    "merchantCorrection",
    "rule",
    "source",
    "pairing",
    "merchantCode",
    "merchant",
    "model",
    "account",
    "sign",
]


def signed(kind, amount):
    """The class of a label for an amount: what comes back of spending is a refund."""
    if kind == "expense" and amount > 0:
        return "refund"
    return "expense" if kind in ("income", "refund") and amount < 0 else kind


def connected(near):
    """The groups of what is near each other, those of one left out."""
    left, groups = set(near), []
    for start in near:
        if start not in left or not near[start]:
            continue
        group, waiting = [], [start]
        left.discard(start)
        while waiting:
            part = waiting.pop()
            group.append(part)
            for other in near[part]:
                if other in left:
                    left.discard(other)
                    waiting.append(other)
        groups.append(group)
    return groups


def classify(request):
    """`classification.classify`."""
    ledger = Ledger(request)
    ledger.user_and_source()
    ledger.transfers()
    ledger.rest()
    ledger.divide()
    return ledger.answer()


OPERATIONS = {
    "classification.classify": classify,
    "classification.merchant_names": merchant_names,
    "classification.train": train,
}
