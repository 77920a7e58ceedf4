// Compiled by the tests with `tsc --strict` as a CommonJS module, and run.
import wherewithal = require("wherewithal");

const loan: wherewithal.Loan = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
const { payment }: wherewithal.Amortization = wherewithal.debt.amortize(loan);
if (payment !== "2528.27") throw new Error(payment);
// @ts-expect-error: a term is a number
const wrong: wherewithal.Loan = { ...loan, termMonths: "360" };
void wrong;
console.log("the CommonJS sample ran");
