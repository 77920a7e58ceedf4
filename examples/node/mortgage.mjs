// A mortgage with and without extra payments: the savings of the extra payments, in exact cents.
//
//   node examples/node/mortgage.mjs
import Decimal from "decimal.js";
import { debt } from "wherewithal";

const loan = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
const plain = debt.amortize(loan);
const faster = debt.amortize({ ...loan, extraMonthlyPayment: "300" });

// Results are exact decimals as strings; use a decimal library to keep them exact.
const saved = new Decimal(plain.totalInterest).minus(faster.totalInterest);
const dollars = (amount) => `$${Number(amount).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;

console.log(`payment      ${dollars(plain.payment)} a month`);
console.log(`interest     ${dollars(plain.totalInterest)}, paid off ${plain.payoffDate}`);
console.log(`with $300    ${dollars(faster.totalInterest)}, paid off ${faster.payoffDate}`);
console.log(`it saves     ${dollars(saved)} and ${plain.schedule.length - faster.schedule.length} payments`);
console.table(plain.schedule.slice(0, 3));
