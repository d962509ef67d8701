// The pages of text in Chromium, at every width and in both colours, served from the path that Pages gives a version.

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { launch } from "../browser.mjs";

const SITE = process.env.DDLINT_SITE || fileURLToPath(new URL("../../../../build/site", import.meta.url));
const BASE = "/ddlint/latest/";
const PAGES = [
  "",
  "quick-start/",
  "checks/",
  "checks/dd301/",
  "integrations/",
  "integrations/flask/",
  "series/4.16/",
  "settings/",
  "settings/django/",
  "rules/",
  "upgrading-ddtrace/",
  "architecture/",
  "no/such/page/",
];
const LIMIT = 200_000;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function answer(pathname) {
  let file = pathname.startsWith(BASE) ? join(SITE, pathname.slice(BASE.length)) : "";
  if (file && existsSync(file) && statSync(file).isDirectory()) {
    file = join(file, "index.html");
  }
  return file && existsSync(file) ? [200, file] : [404, join(SITE, "404.html")];
}

describe("pages of text", () => {
  let browser;
  let server;
  let origin;
  let sent;

  before(async () => {
    browser = await launch();
    server = createServer((request, response) => {
      const [status, file] = answer(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
      const body = gzipSync(readFileSync(file), { level: 6 });
      sent += body.length;
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(status, { "content-type": type, "content-encoding": "gzip" }).end(body);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  async function opened(path, options) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const troubles = [];
    context.on("request", (request) => {
      if (!request.url().startsWith(`${origin}${BASE}`) && !/^(data|blob):/.test(request.url())) {
        troubles.push(`request to ${request.url()}`);
      }
    });
    context.on("console", (message) => {
      const isOfMissing = path === "no/such/page/" && message.text().includes("404");
      if (message.type() === "error" && !isOfMissing) {
        troubles.push(message.text());
      }
    });
    context.on("weberror", (error) => troubles.push(String(error.error())));
    const page = await context.newPage();
    sent = 0;
    await page.goto(`${origin}${BASE}${path}`, { waitUntil: "networkidle" });
    return { context, page, troubles };
  }

  for (const path of PAGES) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [390, 1400]) {
        test(`/${path} in ${colorScheme} at ${width}`, async () => {
          const { context, page, troubles } = await opened(path, { colorScheme, viewport: { width, height: 900 } });
          const size = sent;
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => globalThis.axe.run(document));
          const found = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`);
          const wide = await page.evaluate(() => {
            const root = document.documentElement;
            return root.scrollWidth - root.clientWidth;
          });
          await context.close();
          assert.deepEqual(found, []);
          assert.deepEqual(troubles, []);
          assert.ok(wide <= 0, `${wide} pixels wider than the window`);
          assert.ok(size < LIMIT, `${size} bytes`);
        });
      }
    }
  }

  test("the keyboard skips to the content, searches, and opens what it finds", async () => {
    const { context, page } = await opened("quick-start/");
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement.textContent.trim()), /Skip to content/);
    await page.keyboard.press("/");
    await page.waitForTimeout(1000);
    await page.keyboard.type("flask", { delay: 50 });
    await page.waitForTimeout(2000);
    await page.keyboard.press("Enter");
    await page.waitForURL(/integrations\/flask/);
    await context.close();
  });

  test("every link and control of a page is reached with the keyboard, and shows that it is", async () => {
    const { context, page } = await opened("integrations/flask/");
    const wanted = await page.evaluate(
      () => [...document.querySelectorAll("article a[href]")].filter((each) => each.getClientRects().length).length,
    );
    const seen = new Set();
    for (let index = 0; index < 400; index++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const here = document.activeElement;
        const style = getComputedStyle(here);
        const isShown = style.outlineStyle !== "none" || style.boxShadow !== "none" || here.matches(":focus-visible");
        const links = [...document.querySelectorAll("article a[href]")];
        return { number: links.indexOf(here), isShown };
      });
      if (at.number >= 0) {
        assert.ok(at.isShown);
        seen.add(at.number);
      }
    }
    assert.ok(seen.size >= wanted, `${seen.size} of ${wanted}`);
    await context.close();
  });
});
