// A separate project with the packed packages installed, like a user's.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bindings = fileURLToPath(new URL("../..", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

export class Project {
  folder = mkdtempSync(join(tmpdir(), "wherewithal-"));

  constructor(...packages) {
    this.write("package.json", '{ "private": true }');
    const packed = packages.map((name) => {
      const output = this.run(npm, "pack", "--json", "--pack-destination", this.folder, join(bindings, name));
      return join(this.folder, JSON.parse(output)[0].filename);
    });
    const tools = ["decimal.js", "@types/node", "undici-types"].map((name) => join(bindings, "ts/node_modules", name));
    this.run(npm, "install", "--offline", "--no-audit", "--no-fund", ...packed, ...tools);
  }

  /** Writes a file. */
  write(name, text) {
    writeFileSync(join(this.folder, name), text);
  }

  /** The files of a package as published. */
  contents(name) {
    const output = this.run(npm, "pack", "--json", "--dry-run", join(bindings, name));
    return JSON.parse(output)[0].files.map(({ path }) => path);
  }

  /** Compiles the files of the project that match, with the strict type checker, into its folder `compiled`. */
  compile(...include) {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: "node20",
      target: "es2022",
      lib: ["es2022", "dom"],
      types: ["node"],
      outDir: "compiled",
    };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions, include }));
    this.run(process.execPath, join(bindings, "ts/node_modules/typescript/bin/tsc"), "--project", "tsconfig.json");
  }

  /** Runs a program in the project and returns what it prints. */
  run(program, ...parameters) {
    try {
      return execFileSync(program, parameters, { cwd: this.folder, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      throw new Error(`${program} ${parameters.join(" ")}:\n${error.stdout}${error.stderr}`);
    }
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}
