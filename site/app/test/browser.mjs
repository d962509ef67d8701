// Serves a built site from a sub-path with the headers that a strict host would set, and opens it in Chromium.

import { execFileSync } from "node:child_process";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { chromium } from "playwright-core";

export const BASE = "/ddlint/";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".zip": "application/zip",
  ".svg": "image/svg+xml",
};
const COMPRESSED = new Set([".html", ".js", ".mjs", ".css", ".json", ".wasm", ".svg"]);

/** Serves a folder below `/ddlint/` and counts the bytes that go over the wire, by path. */
export function serve(folder) {
  const sent = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = normalize(decodeURIComponent(pathname));
    let file = path.startsWith(BASE) ? join(folder, path.slice(BASE.length)) : "";
    try {
      if (file !== "" && statSync(file).isDirectory()) {
        file = join(file, "index.html");
      }
      statSync(file);
    } catch {
      response.writeHead(404).end();
      return;
    }
    const type = extname(file);
    const isPacked = COMPRESSED.has(type);
    // The worker is a page of its own for the policy: a host without headers lets it connect, this one does not.
    response.writeHead(200, {
      "content-type": TYPES[type] ?? "application/octet-stream",
      "content-security-policy":
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'",
      "x-content-type-options": "nosniff",
      ...(isPacked ? { "content-encoding": "gzip" } : {}),
    });
    const body = createReadStream(file);
    const stream = isPacked ? body.pipe(createGzip({ level: 6 })) : body;
    stream.on("data", (chunk) => sent.set(path, (sent.get(path) ?? 0) + chunk.length));
    stream.pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, sent, close: () => server.close() });
    });
  });
}

/** Starts Chromium: $CHROMIUM, or the one that Debian installs. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** Opens pages and keeps what must not happen: errors, refusals of the policy, requests to another host. */
export async function watched(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const troubles = [];
  const requests = [];
  context.on("request", (request) => {
    requests.push(request.url());
    if (!request.url().startsWith(`${origin}${BASE}`) && !request.url().startsWith("data:")) {
      troubles.push(`request to ${request.url()}`);
    }
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      troubles.push(`${message.type()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => troubles.push(String(error.error())));
  const page = await context.newPage();
  return { context, page, troubles, requests };
}

/** The folder of the built site, as for the build. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const SITE = resolve(process.env.DDLINT_SITE || join(ROOT, "build/site"));

/** Runs a Python module of the checkout and returns what it prints. */
export function engine(module_, ...words) {
  return execFileSync(process.env.DDLINT_PYTHON || "python3", ["-m", module_, ...words], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Returns what axe finds on a page: the rule and the elements. */
export async function accessible(page) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(readFileSync(AXE, "utf8"));
  }
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`,
  );
}
