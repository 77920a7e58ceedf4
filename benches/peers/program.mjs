// Runs one Node peer: `program.mjs WORKLOAD PEER REPETITIONS`, from a folder with the packages. Prints its time, the
// error of its results and its peak memory as JSON.

import { createRequire } from "node:module";

import { accumulation } from "./accumulation.mjs";

const require = createRequire(`${process.cwd()}/`);
const [workload, peer, repetitions] = process.argv.slice(2);

function generator(seed) {
  let x = seed >>> 0;
  return () => (x = (Math.imul(1664525, x) + 1013904223) >>> 0) / 4294967296;
}

function series(seed, flows) {
  const unit = generator(seed);
  const rate = -0.05 + 0.25 * unit();
  const days = Array.from({ length: flows }, (_, index) => Math.floor((index * 7300) / (flows - 1)));
  const amounts = [-10_000];
  for (let index = 1; index < flows - 1; index++) {
    const direction = unit();
    const size = 100 + 900 * unit();
    amounts.push(direction < 0.85 ? -size : size);
  }
  amounts.push(-amounts.reduce((sum, amount, index) => sum + amount * (1 + rate) ** ((7300 - days[index]) / 365), 0));
  return { days, amounts, rate };
}

function internalRates() {
  const [count, flows] = workload === "w4-many" ? [10_000, 50] : [1, 1_000];
  const all = Array.from({ length: count }, (_, seed) => series(12_345 + seed, flows));
  const { xirr } = peer === "xirr" ? { xirr: require("xirr") } : require("@webcarrot/xirr");
  const key = peer === "xirr" ? "when" : "date";
  const inputs = all.map(({ days, amounts }) =>
    amounts.map((amount, index) => ({ amount, [key]: new Date(Date.UTC(2000, 0, 1 + days[index])) })),
  );
  const solve = (flows) => {
    try {
      return Number(xirr(flows));
    } catch {
      return NaN;
    }
  };
  return {
    run: () => inputs.map(solve),
    // A series without a result, or with another root, is an error of one.
    error: (rates) => Math.max(...rates.map((rate, index) => Math.min(Math.abs(rate - all[index].rate) || 0, 1) || (Number.isNaN(rate) ? 1 : 0))),
  };
}

function schedules() {
  const unit = generator(99);
  const loans = Array.from({ length: 10_000 }, () => [
    5_000_000 + Math.floor(unit() * 95_000_000),
    20_000 + Math.floor(unit() * 80_000),
  ]);
  const { Loan } = require("loanjs");
  return {
    run: () =>
      loans.reduce((sum, [cents, millionths]) => sum + Loan(cents / 100, 360, millionths / 1e4, "annuity").interestSum, 0),
    error: (interest) => Math.abs(interest * 100 - 616_532_717_910),
  };
}

async function prepare() {
  if (workload === "w1") {
    return accumulation(peer === "wherewithal" ? await import("../../bindings/node/index.mjs") : null);
  }
  return workload.startsWith("w4") ? internalRates() : schedules();
}

const { run, error } = await prepare();
let found = await run();
let best = Infinity;
for (let repetition = 0; repetition < Number(repetitions); repetition++) {
  const start = performance.now();
  found = await run();
  best = Math.min(best, (performance.now() - start) / 1e3);
}
const memory = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds: best, error: error(found), memory }));
