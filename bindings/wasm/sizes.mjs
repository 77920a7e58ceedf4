// Prints the sizes of the browser's modules, uncompressed and compressed. Fails if one is above its budget.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const file = (path) => readFileSync(new URL(path, import.meta.url));
const kilobytes = (size) => (size / 1000).toFixed(0);
const row = (...cells) => console.log(cells[0].padEnd(12) + cells.slice(1).map((cell) => String(cell).padStart(9)).join(""));

const over = [];
row("kB", "wasm", "gzip", "brotli", "budget");
for (const { name, kilobytes: budget } of JSON.parse(file("modules.json"))) {
  const bytes = file(`dist/wasm/pkg/${name}/wherewithal_bg.wasm`);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
  row(name, kilobytes(bytes.length), kilobytes(gzip), kilobytes(brotli), budget);
  if (brotli > budget * 1000) over.push(name);
}
if (over.length > 0) {
  console.error(`above the budget: ${over.join(", ")}`);
  process.exit(1);
}
