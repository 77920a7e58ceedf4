// Calls and errors: inputs, outputs and exceptions.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import Decimal from "../../ts/node_modules/decimal.js/decimal.mjs";
import * as wherewithal from "../index.mjs";
import {
  WherewithalError,
  arrays,
  call,
  callJson,
  debt,
  errorKinds,
  operationNames,
  percent,
  simulation,
  timeValue,
} from "../index.mjs";

const LOAN = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };

/** The error thrown by `run`, which must be a `WherewithalError`. */
function thrown(run) {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof WherewithalError, String(error));
    return error;
  }
  assert.fail("nothing was thrown");
}

test("a typed function, a call by name and a raw call say the same", () => {
  const typed = debt.amortize(LOAN);
  assert.equal(typed.payment, "2528.27");
  assert.equal(typed.schedule.length, 360);
  assert.deepEqual(call("debt.amortize", LOAN), typed);
  const raw = callJson("debt.amortize", JSON.stringify(LOAN));
  assert.equal(raw, JSON.stringify(typed), "neither parsing nor printing changes a byte");
});

test("`require` and `import` give one and the same package", () => {
  const required = createRequire(import.meta.url)("../dist/node/js/index.js");
  assert.equal(required.WherewithalError, WherewithalError);
  const added = ["default", "module.exports", "__esModule"];
  const names = Object.keys(wherewithal).filter((name) => !added.includes(name));
  assert.deepEqual(names.sort(), Object.keys(required).sort());
});

test("where a bundler left the addon behind, the error says what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "wherewithal-bundled-"));
  try {
    // As in Next.js: the files of the package lie among the chunks of an application, which has a manifest of its own.
    cpSync(new URL("../dist", import.meta.url), join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "application" }));
    const load = () => createRequire(import.meta.url)(join(folder, "dist/node/js/index.js"));
    assert.throws(load, /no addon for .*serverExternalPackages: \["wherewithal"\]/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every operation has a function", () => {
  const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  for (const name of operationNames) {
    const [family, functionName] = name.split(".").map(camelCase);
    assert.equal(typeof wherewithal[family][functionName], "function", name);
  }
});

test("an error has a code, a path, a kind and a message", () => {
  const error = thrown(() => debt.amortize({ ...LOAN, termMonths: 0 }));
  assert.equal(error.name, "WherewithalError");
  assert.equal(error.code, "term.out_of_range");
  assert.equal(error.path, "termMonths");
  assert.equal(error.kind, "invalidInput");
  assert.equal(errorKinds[error.code], error.kind);
  assert.match(error.message, /^termMonths: .*1 to 5200/);
  assert.equal(error.message, `termMonths: ${error.reason}`);
  assert.match(error.stack, /calls\.test\.mjs/);
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { code: error.code, message: error.reason, path: error.path });
});

test("a percentage is exact, and one for a fraction is refused unless it has its sign", () => {
  assert.equal(percent("6.57"), 0.0657);
  assert.equal(percent(6.57), 0.0657);
  assert.notEqual(6.57 / 100, 0.0657);
  assert.equal(percent(1e-7), 1e-9);
  assert.equal(percent("-650"), -6.5);
  for (const wrong of ["6.5 %", "", "1e3", "six"]) assert.equal(thrown(() => percent(wrong)).code, "decimal.malformed");
  assert.equal(thrown(() => percent(Number.NaN)).code, "number.not_finite");

  const { payment } = debt.amortize({ ...LOAN, annualRate: percent("6.57") });
  for (const annualRate of ["6.57 %", 6.57 / 100, "0.0657"]) {
    assert.equal(debt.amortize({ ...LOAN, annualRate }).payment, payment);
  }
  for (const annualRate of [6.5, "6.5", 1]) {
    const error = thrown(() => debt.amortize({ ...LOAN, annualRate }));
    assert.deepEqual([error.code, error.path], ["rate.out_of_range", "annualRate"]);
  }
  assert.equal(thrown(() => arrays.pmt(6.5, 12, 100)).code, "rate.out_of_range");
  assert.equal(thrown(() => arrays.pmt([0.1, 1], 12, 100)).path, "rate[1]");
  assert.equal(thrown(() => arrays.pmt(["5 %", "0.05"], 12, 100)).path, "rate[1]");
  assert.equal(arrays.pmt("6.5 %", 12, 100), arrays.pmt(0.065, 12, 100));
  assert.deepEqual(arrays.pmt(["5 %", 0.0657], 12, 100), arrays.pmt([0.05, 0.0657], 12, 100));
  assert.ok(arrays.pmt("650 %", 12, 100) < -600);
  const batch = (rate) => Array.from(arrays.amortizeBatch([1000, 2000], rate, 12).payment, String);
  assert.deepEqual(batch(["6.57 %", "5 %"]), batch([6.57 / 100, 0.05]));
});

test("errors of the wire keep their codes", () => {
  const cases = [
    ["debt.amortize", "{", "input.malformed", "", "invalidInput"],
    ["debt.amortize", "{}", "input.missing_field", "principal", "invalidInput"],
    ["debt.amortise", "{}", "operation.unknown", "", "notFound"],
    ["debt.amortize", JSON.stringify({ ...LOAN, term: 1 }), "input.unknown_field", "term", "invalidInput"],
    ["debt.amortize", `"${"x".repeat(17 * 1024 * 1024)}"`, "input.too_large", "", "tooLarge"],
  ];
  for (const [operation, input, code, path, kind] of cases) {
    const error = thrown(() => callJson(operation, input));
    assert.deepEqual([error.code, error.path, error.kind], [code, path, kind]);
  }
});

test("a number that is not finite is refused with its path, not turned into null", () => {
  const error = thrown(() => timeValue.effect({ nominalRate: Number.NaN, periodsPerYear: 12 }));
  assert.deepEqual([error.code, error.path], ["number.not_finite", "nominalRate"]);
  const flows = [{ amount: 1 }, { amount: Number.NEGATIVE_INFINITY }];
  const nested = thrown(() => call("simulation.run", { initialBalance: 1, months: 1, expectedReturn: 0, volatility: 0, flows }));
  assert.deepEqual([nested.code, nested.path], ["number.not_finite", "flows[1].amount"]);
  const decimal = thrown(() => debt.amortize({ ...LOAN, principal: new Decimal(Number.NaN) }));
  assert.deepEqual([decimal.code, decimal.path], ["number.not_finite", "principal"]);
});

test("a value that JSON cannot say is refused with its path", () => {
  for (const value of [() => 1, Symbol("one")]) {
    const error = thrown(() => debt.amortize({ ...LOAN, principal: value }));
    assert.deepEqual([error.code, error.path], ["input.invalid", "principal"]);
  }
  const hole = thrown(() => call("simulation.run", { flows: [undefined] }));
  assert.deepEqual([hole.code, hole.path], ["input.invalid", "flows[0]"]);
  const circle = { ...LOAN };
  circle.payment = circle;
  assert.equal(thrown(() => debt.amortize(circle)).code, "input.invalid");
});

test("undefined is absent, null is null", () => {
  const { payment } = debt.amortize(LOAN);
  assert.equal(debt.amortize({ ...LOAN, payment: undefined, rounding: undefined }).payment, payment);
  assert.equal(debt.amortize({ ...LOAN, payment: null }).payment, payment);
  assert.deepEqual(thrown(() => debt.amortize({ ...LOAN, principal: undefined })).code, "input.missing_field");
});

test("decimals come as strings, numbers, bigints and objects of decimal libraries", () => {
  const { payment } = debt.amortize(LOAN);
  for (const principal of [400000, 400000n, new Decimal("4e5"), "400000.00"]) {
    assert.equal(debt.amortize({ ...LOAN, principal }).payment, payment, String(principal));
  }
  const inexact = thrown(() => debt.amortize({ ...LOAN, annualRate: 1 / 3 }));
  assert.deepEqual([inexact.code, inexact.path], ["decimal.inexact", "annualRate"]);
  const large = thrown(() => debt.amortize({ ...LOAN, principal: 10n ** 40n }));
  assert.deepEqual([large.code, large.path], ["decimal.overflow", "principal"]);
});

test("a Date at midnight, of UTC or local, is a civil date", () => {
  for (const firstPayment of [new Date("2026-01-31"), new Date(2026, 0, 31)]) {
    assert.equal(debt.amortize({ ...LOAN, firstPayment }).schedule[0].date, "2026-01-31");
  }
  const refused = [
    [new Date("2026-01-31T12:34:56.789Z"), "date.malformed"],
    [new Date(Number.NaN), "date.malformed"],
    [new Date("-000001-01-01"), "date.out_of_range"],
  ];
  for (const [firstPayment, code] of refused) {
    const error = thrown(() => debt.amortize({ ...LOAN, firstPayment }));
    assert.deepEqual([error.code, error.path], [code, "firstPayment"]);
  }
});

test("a Date at midnight is the same day in every time zone", () => {
  const program = `
    import { debt } from ${JSON.stringify(new URL("../index.mjs", import.meta.url).href)};
    for (const firstPayment of [new Date("2026-01-31"), new Date(2026, 0, 31)]) {
      console.log(debt.amortize({ principal: 1, annualRate: 0, termMonths: 1, firstPayment }).payoffDate);
    }`;
  for (const TZ of ["America/Los_Angeles", "UTC", "Asia/Kolkata", "Pacific/Kiritimati"]) {
    const options = { encoding: "utf8", env: { ...process.env, TZ } };
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], options);
    assert.equal(output, "2026-01-31\n2026-01-31\n", TZ);
  }
});

test("a Float64Array is a list of numbers", () => {
  const input = { initialBalance: 100, months: 12, expectedReturn: 0.05, volatility: 0.1, paths: 10, seed: 1 };
  const listed = call("simulation.run", { ...input, percentiles: [10, 50] });
  assert.deepEqual(call("simulation.run", { ...input, percentiles: Float64Array.of(10, 50) }), listed);
  assert.equal(typeof simulation.run, "function");
});

test("a key called __proto__ is a key", () => {
  const error = thrown(() => debt.amortize(JSON.parse('{"__proto__": 1}')));
  assert.deepEqual([error.code, error.path], ["input.unknown_field", "__proto__"]);
});
