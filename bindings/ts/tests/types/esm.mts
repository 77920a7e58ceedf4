// Compiled by the tests with `tsc --strict` as an ES module, and run.
import {
  WherewithalError,
  arrays,
  call,
  callAsync,
  debt,
  percent,
  simulation,
  timeValue,
  type Amortization,
  type Decimal,
  type ErrorCode,
  type ErrorKind,
  type FractionInput,
  type Loan,
  type Operations,
  type Progress,
  type Rounding,
} from "wherewithal";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>) => {};

const loan: Loan = { principal: "400000", annualRate: 0.065, termMonths: 360, firstPayment: new Date("2026-01-01") };
const amortization: Amortization = debt.amortize(loan);
const payment: Decimal = amortization.payment;
if (payment !== "2528.27") throw new Error(payment);

// Inputs may be read-only and may spell out what is absent; outputs are exact.
debt.amortize({ ...loan, payment: undefined, rounding: "halfUp" } as const);
debt.amortize({ ...loan, principal: 400_000n });
// Rates are fractions, or text with a percent sign.
const annualRate: FractionInput = "6.5 %";
if (debt.amortize({ ...loan, annualRate }).payment !== payment) throw new Error(annualRate);
const ofRates: Float64Array = arrays.pmt([0.005, "0.5 %"], 360, 400_000);
if (ofRates[0] !== ofRates[1] || ofRates[0] !== arrays.pmt(percent("0.5"), 360, 400_000)) throw new Error("percent");
// @ts-expect-error: text without a percent sign is no rate
const wordy: FractionInput = "0.065";
void wordy;
same<Rounding, "halfEven" | "halfUp" | "down" | "up">(true);
same<ReturnType<typeof debt.amortize>["schedule"][number]["balance"], string>(true);
same<ReturnType<typeof call<"debt.amortize">>, Amortization>(true);
same<Operations["debt.amortize"]["input"], Loan>(true);

// @ts-expect-error: a required field is missing
const incomplete: Loan = { principal: "400000", annualRate: 0.065, termMonths: 360 };
// @ts-expect-error: an unknown field
const misspelt: Loan = { ...loan, extraMonthlyPayments: "1" };
// @ts-expect-error: not one of the policies
const unknown: Rounding = "nearest";
// @ts-expect-error: a decimal that is returned is not a number
const number: number = payment;
// @ts-expect-error: a date is not a decimal
const date: Loan = { ...loan, principal: new Date() };
// @ts-expect-error: no such operation
const missing = () => call("debt.amortise", loan);
void [incomplete, misspelt, unknown, number, date, missing];

const run = await simulation.run(
  { initialBalance: 1, months: 12, expectedReturn: 0, volatility: 0, paths: 10, percentiles: Float64Array.of(50) },
  { onProgress: ({ done, total }: Progress) => void (done / total), signal: new AbortController().signal },
);
same<typeof run.fan[number]["real"], number>(true);
const effective: { value: number } = await callAsync("time_value.effect", { nominalRate: 0.12, periodsPerYear: 12 });
if (effective.value !== timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value) throw new Error();

const rate = arrays.xirr(["2025-01-01", "2026-01-01"], [-100, 110], 0.1, { dayCount: "actual360" });
same<typeof rate, number>(true);
const columns: arrays.ScheduleColumns = arrays.amortizeBatch(["400000"], "0.065", 360);
same<typeof columns.payment, BigInt64Array>(true);
const monthly: number = arrays.pmt(0.01, 12, 1000);
const payments: Float64Array = arrays.pmt(Float64Array.of(0.01, 0.02), 12, 1000);
if (payments[0] !== monthly) throw new Error();
// @ts-expect-error: not a time of payment
const never = () => arrays.pmt(0.01, 12, 1000, 0, "middle");
void never;

try {
  debt.amortize({ ...loan, termMonths: 0 });
} catch (error) {
  if (!(error instanceof WherewithalError)) throw error;
  const code: ErrorCode = error.code;
  const kind: ErrorKind = error.kind;
  if (code !== "term.out_of_range" || kind !== "invalidInput") throw error;
  // @ts-expect-error: no such code
  if (code === "loan.term.too_long") throw error;
}
console.log("the ES module sample ran");
