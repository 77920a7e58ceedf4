// Reads the golden vectors, in order of path.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const FOLDER = fileURLToPath(new URL("../vectors", import.meta.url));

/** Every vector with the file it stands in and the operation it calls. */
export function readVectors() {
  const files = readdirSync(FOLDER, { recursive: true }).map((file) => file.replaceAll("\\", "/"));
  return files
    .filter((file) => file.endsWith(".json"))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((file) => {
      const { operation, vectors } = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
      return vectors.map(({ name, input }) => ({ file, operation, name, input }));
    });
}
