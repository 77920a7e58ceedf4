// The files of a bank, a card and a broker: read, put together and proved; what the household is worth, why it changed, and
// its cash flow by month. examples/python/one_household.py does the same and more, and draws it.
//
//   node examples/node/one-household.mjs examples/statements
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cashFlow, formats, ledger, netWorth } from "wherewithal";

const folder = process.argv[2] ?? fileURLToPath(new URL("../statements", import.meta.url));
const [from, to] = ["2025-12-31", "2026-03-31"];
// A bank's CSV names no account. The other two files do.
const checking = { id: "checking", kind: "checking", number: "4471", currency: "USD" };
const files = [{ fileName: "bank.csv", account: checking }, { fileName: "card.qfx" }, { fileName: "broker.ofx" }];

let records = {};
for (const file of files) {
  const base64 = readFileSync(join(folder, file.fileName), "base64");
  const { accounts, securities, transactions, balances, positions, counts } = formats.read({ ...file, base64 });
  console.log(`${file.fileName}: ${counts.transactions} transactions, ${counts.problems} problems`);
  const read = { accounts, securities, transactions, balances, positions };
  ({ records } = ledger.merge({ existing: records, read }));
}

// The files begin in January. What the statements of December end with is known from the statements themselves.
const balances = [
  { account: "checking", date: from, kind: "ledger", amount: "5240.18" },
  { account: "5521", date: from, kind: "ledger", amount: "-412.36" },
  { account: "8830", date: from, kind: "cash", amount: "310.00" },
  ...records.balances,
];
const positions = [
  { account: "8830", date: from, security: "EXTM", quantity: "40", price: "241.50" },
  ...records.positions,
];
const { accounts, securities, transactions } = records;

const proof = ledger.prove({ accounts, securities, transactions, balances, positions });
for (const { account, security, status, provedTransactions } of proof.holdings) {
  console.log(`${account} ${security ?? "cash"}: ${status}, ${provedTransactions} transactions`);
}

const books = { ledger: { accounts, securities, transactions }, balances, positions };
const change = netWorth.attribution({ books, from, to });
console.log(`net worth ${change.opening} on ${from}, ${change.closing} on ${to}`);
for (const [term, amount] of Object.entries(change.terms)) {
  if (Number(amount) !== 0) console.log(`  ${term.padEnd(12)} ${amount.padStart(10)}`);
}

const statement = cashFlow.statement({ ledger: books.ledger, from: "2026-01-01", to, entries: false });
for (const { first, figures } of statement.currencies[0].periods) {
  console.log(`${first.slice(0, 7)}: income ${figures.totalIncome}, spending ${figures.totalSpending}, saved ${figures.saved}`);
}
