// The retirement simulation: 20,000 paths in a worker; a new request cancels the previous one.
import init, { WherewithalError, simulation } from "wherewithal-wasm/simulation";

import { draw } from "./chart.js";

await init();

const PATHS = 20_000;
const form = document.getElementById("retirement");
const progress = document.getElementById("progress");
const units = { working: " y", retired: " y", return: " %", volatility: " %", inflation: " %" };
let running = new AbortController();
let last;

function question() {
  const value = (name) => form.elements[name].valueAsNumber;
  const working = value("working") * 12;
  const months = working + value("retired") * 12;
  const saving = { amount: value("saving"), startMonth: 1, endMonth: working, inflationLinked: true };
  const spending = { amount: -value("spending"), startMonth: working + 1, endMonth: months, inflationLinked: true };
  return {
    initialBalance: value("balance"),
    months,
    expectedReturn: value("return") / 100,
    volatility: value("volatility") / 100,
    inflation: value("inflation") / 100,
    flows: working > 0 ? [saving, spending] : [spending],
    percentiles: [5, 25, 50, 75, 95],
    paths: PATHS,
    seed: 1,
  };
}

async function simulate() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const error = document.getElementById("retirement-error");
  error.hidden = true;
  progress.classList.remove("idle");
  try {
    const onProgress = ({ done, total }) => (progress.value = done / total);
    const run = await simulation.run(question(), { signal, onProgress });
    progress.classList.add("idle");
    last = { run, retirement: form.elements.working.valueAsNumber };
    show();
  } catch (thrown) {
    if (!(thrown instanceof WherewithalError)) throw thrown;
    if (thrown.name === "AbortError") return;
    error.textContent = thrown.message;
    error.hidden = false;
  }
}

function show() {
  const { run, retirement } = last;
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  document.getElementById("success").textContent = percent(run.success.probability);
  document.getElementById("paths").textContent = run.paths.toLocaleString("en-US");
  const of = (percentile) => run.fan.filter((row) => row.percentile === percentile);
  const area = (low, high) => of(low).map((row, index) => [row.month / 12, row.real, of(high)[index].real]);
  draw(document.getElementById("fan-chart"), {
    areas: [
      { class: "outer", points: area(5, 95) },
      { class: "inner", points: area(25, 75) },
    ],
    lines: [{ class: "line", points: of(50).map((row) => [row.month / 12, row.real]) }],
    marks: retirement > 0 ? [{ year: retirement, label: "retirement" }] : [],
  });
}

function label() {
  for (const input of form.elements) {
    if (input.type !== "range") continue;
    const money = `$${input.valueAsNumber.toLocaleString("en-US")}`;
    input.nextElementSibling.value = input.name in units ? `${input.value}${units[input.name]}` : money;
  }
}

form.addEventListener("input", () => {
  label();
  simulate();
});
addEventListener("resize", () => last && show());
label();
simulate();
