// The array functions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { WherewithalError, arrays, timeValue } from "../index.mjs";
import * as wherewithal from "../index.mjs";
import { readVectors } from "../../../tests/parity/vectors.mjs";
import { replayArrays } from "../../ts/tests/arrays.mjs";

/** The example of Microsoft's documentation of XIRR, which gives 0.373362535 and is accurate within 0.000001 percent. */
const DATES = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"];
const AMOUNTS = [-10_000, 2_750, 4_250, 3_250, 2_750];

function refused(run, code, path) {
  assert.throws(run, (error) => {
    assert.ok(error instanceof WherewithalError, String(error));
    assert.deepEqual([error.code, error.path], [code, path]);
    return true;
  });
}

test("every declared function has the answers of its operation, to the bit", () => {
  const table = JSON.parse(readFileSync(new URL("../../../tests/arrays.json", import.meta.url), "utf8"));
  const { problems, compared } = replayArrays(wherewithal, table, readVectors());
  assert.deepEqual(problems, []);
  for (const { name } of table) assert.ok(compared[name] > 2, `${name}: ${compared[name]} answers`);
  assert.equal(Object.keys(arrays).length, table.length);
});

test("the answer mirrors the arguments", () => {
  // The example of Microsoft's documentation of PMT, which gives 1,037.03.
  const payment = arrays.pmt(0.08 / 12, 10, 10_000);
  assert.equal(payment.toFixed(2), "-1037.03");
  for (const principals of [Float64Array.of(10_000, 20_000), [10_000, 20_000]]) {
    const payments = arrays.pmt(0.08 / 12, 10, principals);
    assert.ok(payments instanceof Float64Array);
    assert.equal(payments.length, 2);
    assert.equal(payments[0], payment);
  }
  assert.equal(arrays.pmt(0.08 / 12, 10, []).length, 0);
  assert.equal(arrays.pmt([0.08 / 12], 10, 10_000)[0], payment);
});

test("a view of a part of a buffer is read where it is", () => {
  const buffer = Float64Array.of(1, 2, 10_000, 20_000, 3);
  assert.deepEqual(arrays.pmt(0.01, 10, buffer.subarray(2, 4)), arrays.pmt(0.01, 10, [10_000, 20_000]));
});

test("dates come as text, as Dates and as days", () => {
  const rate = arrays.xirr(DATES, AMOUNTS);
  assert.ok(Math.abs(rate - 0.373362535) < 1e-8, String(rate));
  const asDates = DATES.map((date) => new Date(date));
  assert.equal(arrays.xirr(asDates, Float64Array.from(AMOUNTS)), rate);
  const days = Int32Array.from(asDates, (date) => date.getTime() / 86_400_000);
  assert.equal(arrays.xirr(days, AMOUNTS), rate);
  assert.equal(timeValue.xirr({ dates: DATES, amounts: AMOUNTS }).rate, rate);
  assert.notEqual(arrays.xirr(DATES, AMOUNTS, 0.1, { dayCount: "thirty360Us" }), rate);
});

test("present values at one rate or at several", () => {
  const value = arrays.xnpv(0.09, DATES, AMOUNTS);
  // The example of Microsoft's documentation of XNPV, which gives 2,086.65.
  assert.equal(value.toFixed(2), "2086.65");
  assert.deepEqual([...arrays.xnpv([0.09, 0.1], DATES, AMOUNTS)], [value, arrays.xnpv(0.1, DATES, AMOUNTS)]);
  assert.equal(arrays.npv(0.1, AMOUNTS), timeValue.npv({ rate: 0.1, amounts: AMOUNTS }).value);
  assert.equal(arrays.irr(AMOUNTS), timeValue.irr({ amounts: AMOUNTS }).rate);
});

test("a row without an answer is NaN where that is asked for", () => {
  const payments = arrays.pmt([0.01, -2, 0.02], 12, 1000, 0, "end", { onError: "nan" });
  assert.deepEqual([...payments], [arrays.pmt(0.01, 12, 1000), Number.NaN, arrays.pmt(0.02, 12, 1000)]);
  assert.ok(Number.isNaN(arrays.irr([1, 2], 0.1, { onError: "nan" })));
  const rates = arrays.xirrBatch(["2025-01-01", "2026-01-01"], [[-100, 110], [1, 1]], 0.1, { onError: "nan" });
  assert.equal(rates[0].toFixed(9), "0.100000000");
  assert.ok(Number.isNaN(rates[1]));
  refused(() => arrays.pmt([0.01, 0.02], 12, [1, 2, 3], 0, "end", { onError: "nan" }), "input.invalid", "pv");
  refused(() => arrays.pmt(0.01, 12, 1, 0, "end", { onError: "ignore" }), "input.invalid", "onError");
});

test("many series have dates of their own or share them", () => {
  const series = [AMOUNTS, AMOUNTS.map((amount) => 2 * amount)];
  const shared = arrays.xirrBatch(DATES, series);
  assert.deepEqual([...shared], [arrays.xirr(DATES, AMOUNTS), arrays.xirr(DATES, series[1])]);
  assert.deepEqual(arrays.xirrBatch([DATES, DATES], series), shared);
  const days = Int32Array.from(DATES, (date) => Date.parse(date) / 86_400_000);
  assert.deepEqual(arrays.xirrBatch(days, series.map((amounts) => Float64Array.from(amounts))), shared);
  assert.equal(arrays.xirrBatch(DATES, []).length, 0);
  refused(() => arrays.xirrBatch([DATES], series), "list.length_mismatch", "dates");
  refused(() => arrays.xirrBatch([DATES, DATES.slice(1)], series), "list.length_mismatch", "dates[1]");
  refused(() => arrays.xirrBatch(DATES, [AMOUNTS, [1, 2]]), "list.length_mismatch", "dates");
  refused(() => arrays.xirrBatch(DATES, [AMOUNTS, AMOUNTS.map(Math.abs)]), "cash_flows.one_sign", "amounts[1]");
  refused(() => arrays.xirrBatch([DATES, ["2020-02-30"]], [AMOUNTS, [1]]), "date.out_of_range", "dates[1][0]");
});

test("the terms of loans are exact", () => {
  // The payment of 400,000 at 6.5 % over 30 years, and cents of a rate that is not a number of the wire.
  const { payment, places, ends } = arrays.amortizeBatch(["400000", "250000.00"], "0.065", [360, 360]);
  assert.deepEqual([[...payment], places, [...ends]], [[252827n, 158017n], 2, [360, 720]]);
  const columns = arrays.amortizeBatch(Float64Array.of(1000.5), 0.05, 12, { extraMonthlyPayment: 100n });
  assert.ok(columns.ends[0] < 12 && columns.balance.at(-1) === 0n);
  refused(() => arrays.amortizeBatch([1000, -5], 0.05, 12), "amount.out_of_range", "loans[1].principal");
  refused(() => arrays.amortizeBatch(1000, 1 / 3, 12), "decimal.inexact", "annualRate");
  refused(() => arrays.amortizeBatch([1000, "x"], 0.05, 12), "decimal.malformed", "principal[1]");
  refused(() => arrays.amortizeBatch("", 0.05, 12), "decimal.malformed", "principal");
  refused(() => arrays.amortizeBatch(1000, 0.05, [12, 1.5]), "term.out_of_range", "termMonths[1]");
  refused(() => arrays.amortizeBatch([1, 2], [0.05, 0.05, 0.05], 12), "input.invalid", "annualRate");
});

test("errors name the row", () => {
  const rates = new Float64Array(9_000).fill(0.01);
  rates[5_000] = Number.NaN;
  refused(() => arrays.pmt(rates, 10, 1), "number.not_finite", "rate[5000]");
  refused(() => arrays.pmt(-2, 10, [1, 2]), "rate.out_of_range", "rate");
  refused(() => arrays.pmt([0.1, 0.2], 10, [1, 2, 3]), "input.invalid", "pv");
  refused(() => arrays.pmt(0.1, 10, 1, 0, "middle"), "input.invalid", "when");
  refused(() => arrays.xirr(DATES, AMOUNTS, 0.1, { dayCount: "actual" }), "input.invalid", "dayCount");
  refused(() => arrays.xirr(["2026-01-01", "2026-02-30"], [1, -1]), "date.out_of_range", "dates[1]");
  refused(() => arrays.xirr(["2026-01-01", "0000-01-01"], [1, -1]), "date.out_of_range", "dates[1]");
  refused(() => arrays.xirr(["2026-01-01", "1/2/2026"], [1, -1]), "date.malformed", "dates[1]");
  refused(() => arrays.xirr([new Date(2026, 0, 1, 12, 34)], [1]), "date.malformed", "dates[0]");
  refused(() => arrays.xirr(Int32Array.of(0, 2 ** 31 - 1), [1, -1]), "date.out_of_range", "dates[1]");
  refused(() => arrays.xirr(["2026-01-01", "2027-01-01"], [1, 1]), "cash_flows.one_sign", "amounts");
  refused(() => arrays.irr([]), "list.empty", "amounts");
});

test("years below 100 are themselves", () => {
  assert.equal(arrays.xirr(["0099-01-01", "0100-01-01"], [-100, 110]).toFixed(9), "0.100000000");
});
