// The programs of examples/node, run as by a reader.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Project } from "../../ts/tools/project.mjs";

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));
let project;

before(() => {
  project = new Project("node");
  for (const file of readdirSync(join(examples, "node"))) {
    if (/\.([mc]js|ts)$/.test(file)) cpSync(join(examples, "node", file), join(project.folder, file));
  }
});

after(() => project?.remove());

test("mortgage.mjs", () => {
  const output = project.run(process.execPath, "mortgage.mjs");
  assert.match(output, /payment +\$2,528\.27 a month/);
  assert.match(output, /it saves +\$[\d,.]+ and \d+ payments/);
});

test("retirement.mjs", () => {
  assert.match(project.run(process.execPath, "retirement.mjs"), /The money lasts in \d+\.\d % of the paths/);
});

test("retirement-plan.mjs", () => {
  const output = project.run(process.execPath, "retirement-plan.mjs", join(examples, "plans/couple.json"));
  assert.match(output, /The plan holds in \d+\.\d % of the paths/);
  assert.match(output, /work a year longer: \d+\.\d % \(\+\d/);
  assert.match(output, /markets return 1 % less a year: \d+\.\d % \(-\d/);
});

test("plan.cjs", () => {
  const output = project.run(process.execPath, "plan.cjs", join(examples, "households/rivera.json"));
  assert.match(output, /net worth -?\d+\.\d\d USD/);
  assert.match(output, /the plan holds in \d+\.\d % of the paths/);
});

test("one-household.mjs", () => {
  const output = project.run(process.execPath, "one-household.mjs", join(examples, "statements"));
  assert.match(output, /bank\.csv: 25 transactions, 0 problems/);
  assert.equal(output.match(/: proved, \d+ transactions/g).length, 5);
  assert.match(output, /net worth 14797\.82 on 2025-12-31, 24018\.97 on 2026-03-31/);
});

test("server.ts", async (context) => {
  project.compile("server.ts");
  const server = spawn(process.execPath, ["compiled/server.js", "0"], { cwd: project.folder });
  context.after(() => server.kill());
  const output = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data))));
  const [, port] = /port: (\d+)/.exec(output);
  const post = async (loan) => {
    const response = await fetch(`http://localhost:${port}`, { method: "POST", body: JSON.stringify(loan) });
    return [response.status, await response.json()];
  };
  const loan = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
  const [status, answer] = await post(loan);
  assert.deepEqual([status, answer.payment], [200, "2528.27"]);
  const [refused, error] = await post({ ...loan, termMonths: 0 });
  assert.deepEqual([refused, error.code, error.path], [422, "term.out_of_range", "termMonths"]);
});
