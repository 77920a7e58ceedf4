import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ArrayEngine } from "../../ts/src/engine.js";

/** The exports of `bindings/node/src`. */
export interface Native extends ArrayEngine {
  call(operation: string, input: string): string;
  Job: new () => NativeJob;
}

/** One run of an operation on the thread pool. */
export interface NativeJob {
  run(operation: string, input: string, observer: ((done: number, total: number) => void) | undefined): Promise<string>;
  cancel(): void;
}

/** Loads the addon of this platform. */
export function loadNative(): Native {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(__dirname, "..", "..", "..");
  // An addon for the C library of another Linux cannot be loaded.
  let cause: unknown;
  for (const name of [platform, `${platform}-musl`]) {
    const path = join(folder, `wherewithal.${name}.node`);
    if (!existsSync(path)) continue;
    try {
      return require(path) as Native;
    } catch (thrown) {
      cause = thrown;
    }
  }
  throw new Error(`wherewithal has no addon for ${platform} in ${folder}${bundled(folder)}`, { cause });
}

/** What to do where a bundler has moved this file and left the addon behind, as Next.js does without configuration. */
function bundled(folder: string): string {
  if (isOurs(join(folder, "package.json"))) return "";
  return (
    ": a bundler has moved this file away from it. In Next.js, add " +
    '`serverExternalPackages: ["wherewithal"]` to next.config; with another bundler, mark the package as external'
  );
}

function isOurs(manifest: string): boolean {
  return existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "wherewithal";
}
