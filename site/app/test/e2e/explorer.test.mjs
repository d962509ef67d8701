// The built explorer in Chromium: its cells against the engine, its address, keyboard, contrast and requests.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, BASE, engine, launch, SITE, serve, watched } from "../browser.mjs";

const SEED = process.env.DDLINT_SEED || "16";
const WORDS = {
  s: "supported",
  p: "supported by one of its integrations",
  t: "not tested",
  a: "above the documented range",
  w: "outside the supported range, seen to work",
  u: "not supported, patched anyway",
  r: "not supported, not instrumented",
  b: "breaks",
  x: "integration removed",
};
let server;
let browser;
let address;

before(async () => {
  server = await serve(SITE);
  browser = await launch();
  address = `${server.origin}${BASE}explorer/`;
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function opened(fragment = "", options = {}) {
  const found = await watched(browser, server.origin, options);
  await found.page.goto(address + fragment);
  await found.page.waitForSelector("html[data-ready]");
  return found;
}

/** Returns what the matrix shows for addresses: the words of the only cell, or nothing where no cell is left. */
function cellsAt(page, fragments) {
  return page.evaluate(
    (all) =>
      all.map((fragment) => {
        history.replaceState(null, "", `#${fragment}`);
        dispatchEvent(new HashChangeEvent("hashchange"));
        const buttons = [...document.querySelectorAll("#matrix tbody button")];
        return buttons.length === 1
          ? buttons[0].getAttribute("aria-label").split(": ").slice(1).join(": ")
          : buttons.length === 0
            ? ""
            : "several";
      }),
    fragments,
  );
}

test("500 cells are what the engine answers", async () => {
  const cells = JSON.parse(engine("tools.site.explorer_cells", "500", SEED));
  const { page, context, troubles } = await opened();
  const fragment = (cell, version, filters) =>
    new URLSearchParams({ q: `${cell.library} ${version}`, from: cell.series, to: cell.series, ...filters }).toString();
  const exact = await cellsAt(
    page,
    cells.map((cell) => fragment(cell, cell.version, {})),
  );
  const short = await cellsAt(
    page,
    cells.map((cell) => fragment(cell, cell.version.split(".").slice(0, 2).join("."), {})),
  );
  const filtered = await cellsAt(
    page,
    cells.map((cell) => fragment(cell, cell.version, { python: cell.python, platform: cell.platform })),
  );
  const known = cells.map((cell) => WORDS[cell.answer] ?? "");
  assert.equal(cells.length, 500);
  assert.deepEqual(
    cells.flatMap((cell, at) => (exact[at] === known[at] ? [] : [[cell, exact[at]]])),
    [],
  );
  assert.deepEqual(
    cells.flatMap((cell, at) =>
      ["-", "x"].includes(cell.answer) || (short[at] === WORDS.s) === cell.is_whole_supported
        ? []
        : [[cell, short[at]]],
    ),
    [],
  );
  const isShown = (python) => python === "" || page.locator(`#python option[value="${python}"]`).count();
  for (const [at, cell] of cells.entries()) {
    if (await isShown(cell.python)) {
      assert.equal(filtered[at], cell.installs ? known[at] : "", JSON.stringify(cell));
    }
  }
  assert(known.filter((words) => words === "").length < 250, "most cells say something");
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a question is answered in words", async () => {
  const { page, context } = await opened();
  const asked = async (text) => {
    await page.fill("#text", text);
    return page.textContent("#answer");
  };
  assert.match(await asked("flask 2.3"), /^flask 2\.3 is supported by ddtrace [\d.]+ to \d/);
  assert.match(await asked("Flask==0.12.5"), /breaks/);
  assert.match(await asked("aioredis"), /integration removed/);
  assert.match(await asked("redis 5 python 3.12"), /Python 3\.12/);
  assert.match(await asked("ddtrace 3.19"), /^ddtrace 3\.19: maintenance/);
  assert.match(await asked("no-such-library"), /No library of the rules/);
  await context.close();
});

test("an address opens what it was taken from", async () => {
  const first = await opened();
  await first.page.fill("#text", "celery 5.4");
  await first.page.selectOption("#python", "3.13");
  await first.page.selectOption("#from", "4.0");
  await first.page.locator("#matrix tbody button").first().click();
  await first.page.waitForSelector("dialog[open][data-ready]");
  const link = first.page.url();
  const title = await first.page.textContent("#evidence-title");
  const second = await opened(new URL(link).hash);
  await second.page.waitForSelector("dialog[open][data-ready]");
  assert.equal(await second.page.textContent("#evidence-title"), title);
  assert.equal(await second.page.inputValue("#text"), "celery 5.4");
  assert.equal(await second.page.inputValue("#python"), "3.13");
  assert.equal(await second.page.inputValue("#from"), "4.0");
  await Promise.all([first.context.close(), second.context.close()]);
});

test("a hostile address is text", async () => {
  const { page, context, troubles } = await opened(
    `#${new URLSearchParams({ q: '<img src=x onerror="document.title=1">', cell: "<b> 1", python: "<b>" })}`,
  );
  assert.equal(await page.locator("main img, main b").count(), 0);
  assert.match(await page.textContent("#answer"), /<img-src|img/);
  assert.deepEqual(troubles, []);
  await context.close();
});

test("the keyboard is enough", async () => {
  const { page, context } = await opened();
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id);
  await page.focus("#text");
  await page.keyboard.type("fl");
  for (let presses = 0; presses < 10 && !/ddtrace/.test((await focused()) ?? ""); presses += 1) {
    await page.keyboard.press("Tab");
  }
  const start = await focused();
  assert.match(start, /, ddtrace/);
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await focused(), start);
  await page.keyboard.press("Home");
  const first = await focused();
  await page.keyboard.press("End");
  assert.notEqual(await focused(), first);
  await page.keyboard.press("Home");
  assert.equal(await focused(), first);
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open][data-ready]");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog:not([open])", { state: "attached" });
  assert.equal(await focused(), first);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1400]) {
    test(`axe and the width of the page, ${colorScheme}, ${width} px`, async () => {
      const { page, context, troubles } = await opened("#q=flask+2.3", {
        colorScheme,
        viewport: { width, height: 844 },
      });
      assert.deepEqual(await accessible(page), []);
      await page.locator("#matrix tbody button").first().click();
      await page.waitForSelector("dialog[open][data-ready]");
      assert.deepEqual(await accessible(page), []);
      assert(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        "the page scrolls sideways",
      );
      assert.deepEqual(troubles, []);
      await context.close();
    });
  }
}

test("the page is light", async () => {
  server.sent.clear();
  const { context } = await opened();
  const bytes = [...server.sent]
    .filter(([path]) => path.includes("/explorer/"))
    .reduce((sum, [, size]) => sum + size, 0);
  console.log(`explorer: ${bytes} bytes over the wire`);
  assert(bytes < 100_000, `${bytes} bytes`);
  await context.close();
});
