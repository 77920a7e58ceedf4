// A headless Chromium and a server for its pages, for the tests.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { accessSync, constants, readdirSync } from "node:fs";
import { basename, delimiter, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

/** The folder of the workspace. */
export const workspace = fileURLToPath(new URL("../../..", import.meta.url));

/** The path of a Chromium, if there is one. */
export function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The reason for skipping browser tests, or `false`. */
export function skipWithoutBrowser() {
  const allowed = (process.env.WHEREWITHAL_ALLOW_MISSING ?? "").split(",").includes("chromium");
  return findChromium() === undefined && allowed ? "there is no Chromium" : false;
}

/** Starts a headless browser. */
export async function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("there is no Chromium; install it, for example with: apt-get install chromium");
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves files to pages: those of the workspace by their path, and those of the browser package below
 * `/wherewithal-wasm/` as well.
 *
 * `pages` are HTML texts by address; `headers` are sent with every response; `types` replace content types; `folder`
 * replaces the workspace.
 */
export async function serve({ pages = {}, headers = {}, types = {}, folder = workspace } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname in pages) {
      response.writeHead(200, { "content-type": TYPES[".html"], ...headers }).end(pages[pathname]);
      return;
    }
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const path = normalize(decodeURIComponent(pathname)).replace(/^[/\\]wherewithal-wasm[/\\]/, "/bindings/wasm/");
    try {
      const body = await readFile(join(folder, path));
      const type = { ...TYPES, ...types }[extname(path)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, ...headers }).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end(`there is no ${pathname}`);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const entries = readdirSync(join(workspace, "bindings/wasm/js/generated/entries")).map((file) => basename(file, ".ts"));

/** The import map for `import … from "wherewithal-wasm"`, or `"wherewithal-wasm/debt"`. */
export const importMap = `<script type="importmap">${JSON.stringify({
  imports: Object.fromEntries([
    ["wherewithal-wasm", "/wherewithal-wasm/dist/wasm/js/web.js"],
    ...entries.map((name) => [`wherewithal-wasm/${name}`, `/wherewithal-wasm/dist/wasm/js/generated/entries/${name}.js`]),
  ]),
})}</script>`;
