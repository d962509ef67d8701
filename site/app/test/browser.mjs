// Serves a built site from a sub-path with the headers that a strict host would set, and opens it in Chromium.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
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
