// Runs in the background: progress, cancellation, several at a time.
import assert from "node:assert/strict";
import test from "node:test";

import { WherewithalError, call, callAsync, callJsonAsync, simulation } from "../index.mjs";

const SHORT = { initialBalance: 250_000, months: 360, expectedReturn: 0.07, volatility: 0.15, paths: 2_000, seed: 7 };
/** An input that takes long enough to be still running when a test cancels it. */
const LONG = { ...SHORT, paths: 3_000_000 };

test("a run gives the same answer as a call", async () => {
  assert.deepEqual(await simulation.run(SHORT), call("simulation.run", SHORT));
});

test("progress rises to the whole and ends before the promise is settled", async () => {
  const reports = [];
  let settled = false;
  const onProgress = (progress) => {
    assert.equal(settled, false);
    reports.push(progress);
  };
  await simulation.run({ ...SHORT, paths: 200_000 }, { onProgress });
  settled = true;
  assert.ok(reports.length > 2 && reports.length <= 101, `${reports.length} reports`);
  for (const [index, { done, total }] of reports.entries()) {
    assert.ok(Number.isInteger(done) && done <= total);
    if (index > 0) assert.ok(done > reports[index - 1].done);
  }
  assert.equal(reports.at(-1).done, reports.at(-1).total);
  await new Promise((resolve) => setTimeout(resolve, 50));
});

test("the event loop turns while a run works", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await simulation.run({ ...SHORT, paths: 300_000 });
  clearInterval(timer);
  assert.ok(turns > 5, `${turns} turns`);
});

test("a signal stops a run with an AbortError that has a code and the reason", async () => {
  const controller = new AbortController();
  const reason = new Error("the page was left");
  const start = performance.now();
  const run = simulation.run(LONG, { signal: controller.signal, onProgress: () => controller.abort(reason) });
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof WherewithalError);
    assert.deepEqual([error.name, error.code, error.kind], ["AbortError", "operation.cancelled", "cancelled"]);
    assert.equal(error.cause, reason);
    return true;
  });
  assert.ok(performance.now() - start < 5_000);
});

test("a signal that was aborted before starts nothing", async () => {
  let reports = 0;
  const run = simulation.run(LONG, { signal: AbortSignal.abort(), onProgress: () => reports++ });
  await assert.rejects(run, { code: "operation.cancelled", name: "AbortError" });
  assert.equal(reports, 0);
});

test("a time-out is a signal like any other", async () => {
  const run = simulation.run(LONG, { signal: AbortSignal.timeout(20) });
  await assert.rejects(run, (error) => error.code === "operation.cancelled" && error.cause.name === "TimeoutError");
});

test("what onProgress throws stops the run and comes back", async () => {
  const mistake = new TypeError("a mistake of the caller");
  const onProgress = () => {
    throw mistake;
  };
  await assert.rejects(simulation.run(LONG, { onProgress }), (error) => error === mistake);
});

test("a wrong input rejects and does not throw", async () => {
  const late = simulation.run({ ...SHORT, volatility: -1 });
  await assert.rejects(late, { code: "rate.out_of_range", path: "volatility" });
  const early = simulation.run({ ...SHORT, volatility: Number.NaN });
  await assert.rejects(early, { code: "number.not_finite", path: "volatility" });
  await assert.rejects(callJsonAsync("nothing.there", "{}"), { code: "operation.unknown" });
});

test("several runs at a time do not mix", async () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const runs = await Promise.all(seeds.map((seed) => simulation.run({ ...SHORT, seed })));
  for (const [index, seed] of seeds.entries()) {
    assert.deepEqual(runs[index], call("simulation.run", { ...SHORT, seed }));
  }
});

test("any operation can run away from the calling thread", async () => {
  const input = { nominalRate: 0.12, periodsPerYear: 12 };
  assert.deepEqual(await callAsync("time_value.effect", input), call("time_value.effect", input));
});

test("listeners do not stay on the signal", async () => {
  const { signal } = new AbortController();
  const added = [];
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (type, ...rest) => (added.push(type), addEventListener.call(signal, type, ...rest));
  signal.removeEventListener = (type, ...rest) => (added.pop(), removeEventListener.call(signal, type, ...rest));
  await simulation.run(SHORT, { signal });
  assert.deepEqual(added, []);
});
