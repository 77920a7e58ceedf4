// Prints how large the files are that a browser fetches: as they are, and as servers compress them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const file = fileURLToPath(new URL("./dist/wasm/pkg/wherewithal_bg.wasm", import.meta.url));
const bytes = readFileSync(file);
const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
const kilobytes = (size) => `${(size / 1000).toFixed(0)} kB`;
console.log(
  `wherewithal_bg.wasm: ${kilobytes(bytes.length)}, gzip ${kilobytes(gzipSync(bytes, { level: 9 }).length)}, ` +
    `brotli ${kilobytes(brotli.length)}`,
);
