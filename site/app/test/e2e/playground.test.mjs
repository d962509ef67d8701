// The built playground in Chromium: its JSON against the command line's, typing, sharing, hostile names, keyboard.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, BASE, launch, ROOT, SITE, serve, watched } from "../browser.mjs";

const CASES = [
  "examples/shop",
  "tests/cases/environments/factors_of_tox",
  "tests/cases/environments/a_service_has_its_own_settings",
  "tests/cases/unsupported_dependency/pin_and_its_lock",
  "tests/cases/unsupported_dependency/refused_under_injection",
  "tests/cases/known_bad_pair/a_lock",
  "tests/cases/no_wheel/alpine_before_musl",
  "tests/cases/unsupported_python/poetry_caret",
  "tests/cases/removed_setting/in_a_dockerfile",
  "tests/cases/invalid_requirement",
];
/** Projects that are not in the checkout: each folder of it is one. */
const CORPUS = process.env.DDLINT_CORPUS || "";
/** Milliseconds from a key to its findings: the middle one of many, on a machine that may be busy. */
const LATENCY = Number(process.env.DDLINT_LATENCY || 500);

let server;
let browser;
let address;

before(async () => {
  server = await serve(SITE);
  browser = await launch();
  address = `${server.origin}${BASE}playground/`;
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function opened({ fragment = "", isStarted = true, ...options } = {}) {
  const found = await watched(browser, server.origin, options);
  await found.page.goto(address + fragment);
  await found.page.waitForSelector("html[data-ready]");
  if (isStarted) {
    await found.page.click("#start");
    await found.page.waitForSelector("html[data-engine=ready][data-checked]", { timeout: 120_000 });
  }
  return found;
}

/** Waits until the findings are those of the files as they are. */
async function settled(page) {
  await page.waitForTimeout(150);
  await page.waitForFunction(() => document.documentElement.dataset.busy === "no", null, { timeout: 60_000 });
}

/** Returns the text of the editor. */
async function textOf(page) {
  return (await page.locator("#editor .cm-line").allTextContents()).join("\n");
}

/** Returns what the page prints in a format, once it is about the files as they are. */
async function printed(page, format) {
  await page.getByRole("tab", { name: "Output" }).click();
  await page.selectOption("#format", format);
  await page.waitForFunction(
    (wanted) => {
      const shown = document.querySelector("#printed")?.dataset;
      return shown?.format === wanted && shown.version === document.documentElement.dataset.checked;
    },
    format,
    { timeout: 60_000 },
  );
  return page.textContent("#printed");
}

/** Returns what the command line prints for a folder, on its own, as the page has no folder around it. */
function commandLine(folder, ...words) {
  const place = mkdtempSync(join(tmpdir(), "ddlint-"));
  try {
    cpSync(folder, place, { recursive: true });
    const { stdout } = spawnSync(process.env.DDLINT_PYTHON || "python3", ["-m", "ddlint", ...words], {
      cwd: place,
      env: { ...process.env, PYTHONPATH: ROOT },
      encoding: "utf8",
      maxBuffer: 100_000_000,
    });
    return stdout;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function openFolder(page, folder) {
  await page.setInputFiles("#upload-folder", folder);
  await settled(page);
}

async function compared(folders, formats) {
  const { page, context, troubles } = await opened();
  const different = [];
  for (const folder of folders) {
    await openFolder(page, folder);
    for (const format of formats) {
      const [command, name] = format.split(" ");
      const [here, there] = [await printed(page, format), commandLine(folder, command, "--output-format", name)];
      assert(there.length > 100, `${folder} ${format}`);
      if (here !== there) {
        different.push(`${folder} ${format}`);
      }
    }
  }
  assert.deepEqual(different, []);
  assert.deepEqual(troubles, []);
  await context.close();
}

test("ten projects of the checkout give the bytes of the command line", async () => {
  await compared(
    CASES.map((folder) => join(ROOT, folder)),
    ["check json", "inspect json", "plan json"],
  );
});

test("projects of a corpus give the bytes of the command line", { skip: CORPUS === "" }, async () => {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((each) => each.isDirectory());
  const count = Number(process.env.DDLINT_CORPUS_COUNT || 10);
  const step = Math.max(1, Math.floor(folders.length / count));
  const chosen = folders.filter((_, at) => at % step === 0).slice(0, count);
  console.log(`corpus: ${chosen.map((each) => each.name).join(", ")}`);
  await compared(
    chosen.map((each) => join(CORPUS, each.name)),
    ["check json"],
  );
});

test("findings follow what is typed", async () => {
  const { page, context, troubles } = await opened();
  await page.getByRole("tab", { name: /^pyproject\.toml/ }).click();
  await page.locator("#editor .cm-content").click();
  await page.keyboard.press("Control+Home");
  const times = [];
  for (const key of "# some words of a comment") {
    const before = await page.evaluate(() => Number(document.documentElement.dataset.checked));
    const began = performance.now();
    await page.keyboard.type(key);
    await page.waitForFunction((old) => Number(document.documentElement.dataset.checked) > old, before, {
      polling: 10,
    });
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const [middle, worst] = [times[Math.floor(times.length / 2)], times.at(-1)];
  console.log(
    `typing: ${Math.round(middle)} ms to the findings in the middle, ${Math.round(worst)} ms at worst, of ${times.length} keys`,
  );
  assert(middle < LATENCY, `${middle} ms`);
  // What is marked is what the list has: nothing is left of an earlier check.
  await settled(page);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+Shift+End");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(
    '[project]\nname = "a"\nrequires-python = ">=3.12"\ndependencies = ["ddtrace==4.16.0", "flask==0.12"]\n',
  );
  await settled(page);
  assert.match(await page.textContent("#panel"), /flask==0\.12/);
  assert.equal(await page.locator("#editor .cm-lintRange-error").count(), 1);
  assert.equal(await page.locator("#editor .cm-lintRange-error").textContent(), "flask==0.12");
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a fix is made by a click, and can be undone", async () => {
  const { page, context } = await opened();
  await page.getByRole("tab", { name: /^pyproject\.toml/ }).click();
  const text = () => textOf(page);
  const before = await text();
  await page.locator("#panel .fix", { hasText: "==4.3.0" }).click();
  await settled(page);
  assert.equal(await text(), before.replace("celery==4.3.0", "celery>=4.4"));
  assert.doesNotMatch(await page.textContent("#panel"), /celery==4\.3\.0/);
  await page.locator("#editor .cm-content").focus();
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal(await text(), before);
  await page.click("#fix-unsafe");
  await settled(page);
  assert.equal(await page.locator("#panel .fix").count(), 0);
  const shop = join(ROOT, "examples/shop");
  const place = mkdtempSync(join(tmpdir(), "ddlint-"));
  cpSync(shop, place, { recursive: true });
  spawnSync(process.env.DDLINT_PYTHON || "python3", ["-m", "ddlint", "--fix", "--unsafe-fixes"], {
    cwd: place,
    env: { ...process.env, PYTHONPATH: ROOT },
  });
  const fixed = commandLine(place, "check", "--output-format", "json");
  rmSync(place, { recursive: true });
  assert.equal(await printed(page, "check json"), fixed);
  await context.close();
});

test("the plan is beside the files, and is written by a click", async () => {
  const { page, context } = await opened();
  await page.getByRole("tab", { name: "Plan" }).click();
  await page.waitForSelector("#panel .plan");
  assert.match(await page.textContent("#panel"), /celery==4\.3\.0/);
  await page.selectOption("#to", "4.0");
  await page.waitForFunction(() => /4\.0\./.test(document.querySelector("#panel .verdict")?.textContent ?? ""));
  await page.click("#plan-write");
  await settled(page);
  await page.getByRole("tab", { name: /^pyproject\.toml/ }).click();
  assert.match(await textOf(page), /celery>=4\.4/);
  await context.close();
});

test("files are added, renamed and removed", async () => {
  const { page, context } = await opened();
  const names = async () =>
    (await page.locator("#files [role=tab]").allTextContents()).map((text) => text.split(/\s\d+$/)[0].trim());
  await page.click("#add");
  await page.fill("#name-input", "../outside");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#name-error"), /No file can have that name/);
  await page.fill("#name-input", "Dockerfile/a");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#name-error"), /cannot both exist/);
  await page.fill("#name-input", "api/requirements.txt");
  await page.keyboard.press("Enter");
  await page.locator("#editor .cm-content").click();
  await page.keyboard.insertText("ddtrace==4.16.0\nflask==0.12\n");
  await settled(page);
  assert.match(await page.textContent("#panel"), /api\/requirements\.txt:2:1/);
  await page.click("#rename");
  await page.fill("#name-input", "web/requirements.txt");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.match(await page.textContent("#panel"), /web\/requirements\.txt:2:1/);
  assert((await names()).includes("web/requirements.txt"));
  await page.click("#remove");
  await settled(page);
  assert.doesNotMatch(await page.textContent("#panel"), /web\/requirements/);
  assert.deepEqual(await names(), ["Dockerfile", "pyproject.toml", "worker/requirements.txt"]);
  await context.close();
});

test("files that are dropped are added", async () => {
  const { page, context, troubles } = await opened();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["ddtrace==4.16.0\r\nflask==0.12\r\n"], "requirements-dev.txt"));
    dataTransfer.items.add(new File([new Uint8Array([0xff, 0, 1])], "logo.png"));
    for (const kind of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  await page.getByRole("tab", { name: /^requirements-dev\.txt/ }).waitFor();
  await settled(page);
  assert.equal(await page.locator("#files [role=tab]").count(), 5);
  assert.match(await page.textContent("#panel"), /requirements-dev\.txt:2:1/);
  await page.getByRole("tab", { name: /^logo\.png/ }).click();
  assert(await page.locator("#binary").isVisible());
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a link holds the project", async () => {
  const first = await opened({ isStarted: false });
  await first.page.click("#add");
  await first.page.fill("#name-input", "ü <b>.txt");
  await first.page.keyboard.press("Enter");
  await first.page.locator("#editor .cm-content").click();
  await first.page.keyboard.insertText("flask==0.12 # 🦆\n");
  await first.page.click("#share");
  const link = await first.page.inputValue("#link");
  assert.match(link, /#p=[\w-]+$/);
  const second = await opened({ fragment: new URL(link).hash });
  const third = await opened({ fragment: new URL(link).hash, isStarted: false });
  await third.page.click("#share");
  assert.equal(await third.page.inputValue("#link"), link);
  assert.deepEqual(await second.page.locator("#files [role=tab]").count(), 4);
  await second.page.getByRole("tab", { name: /ü/ }).click();
  assert.equal(await textOf(second.page), "flask==0.12 # 🦆\n");
  await second.page.evaluate(() => {
    location.hash = "p=broken";
  });
  await second.page.waitForFunction(() => /cannot be read/.test(document.querySelector("#status").textContent));
  assert.deepEqual([...first.troubles, ...second.troubles, ...third.troubles], []);
  await Promise.all([first, second, third].map(({ context }) => context.close()));
});

test("hostile names and contents are text", async () => {
  const { page, context, troubles } = await opened();
  const place = mkdtempSync(join(tmpdir(), "ddlint-"));
  const hostile = '<img src=x onerror="document.title=666">';
  const files = {
    [`${hostile}.txt`]: "ddtrace==4.16.0\nflask==0.12\n",
    "requirements.txt": `ddtrace==1.0\nflask==0.12 # ${hostile}\n${hostile}\nfoo @ javascript:alert(1)\n-r ${hostile}.txt\n-r "><script>document.title=666</script>.txt\n`,
    "a\u202etxt.exe\u202d/requirements.txt": "ddtrace==1.0\n",
    "pyproject.toml": `[project]\nname = "${hostile.replaceAll('"', "'")}"\nrequires-python = "<script>document.title=666</script>"\ndependencies = ["ddtrace", "</script><script>document.title=666</script>"]\n[tool.ddlint]\n"${hostile.replaceAll('"', "'")}" = 1\n`,
    "binary.txt": Buffer.from([0xff, 0xfe, 0, 1, 2]),
    "constructor/__proto__/requirements.txt": "ddtrace==1.0\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  for (const isBroken of [true, false]) {
    if (!isBroken) {
      rmSync(join(place, "pyproject.toml"));
    }
    await openFolder(page, place);
    for (const tab of ["Findings", "Plan", "Output"]) {
      await page.getByRole("tab", { name: tab }).click();
      await settled(page);
      await page.waitForTimeout(300);
      assert.equal(await page.locator("main img, main script, main b").count(), 0);
    }
    await page.getByRole("tab", { name: "Findings" }).click();
    for (const tab of await page.locator("#files [role=tab]").all()) {
      await tab.click();
    }
    await settled(page);
  }
  const shown = await page.locator("main").textContent();
  assert(shown.includes(hostile), "the name is shown as it is");
  assert(shown.includes("\\u{202e}") && !shown.includes("\u202e"), "what turns the text is written out");
  assert.equal(await page.title(), "Playground · ddlint");
  rmSync(place, { recursive: true });
  assert.deepEqual(troubles, []);
  await context.close();
});

test("nothing is loaded before the click, and nothing of another host after it", async () => {
  server.sent.clear();
  const { page, context, troubles, requests } = await opened({ isStarted: false });
  const size = (test_) => [...server.sent].filter(([path]) => test_(path)).reduce((sum, [, bytes]) => sum + bytes, 0);
  await page.waitForTimeout(500);
  const before = size((path) => path.includes("/playground/"));
  assert.equal(
    size((path) => /pyodide|modules/.test(path)),
    0,
  );
  await page.click("#start");
  await page.waitForSelector("html[data-engine=ready][data-checked]", { timeout: 120_000 });
  const after = size((path) => /pyodide|modules|worker/.test(path));
  console.log(`playground: ${before} bytes before the click, ${after} after it`);
  assert(before < 200_000, `${before} bytes`);
  assert(after < 8_000_000, `${after} bytes`);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:")),
    [],
  );
  const open = await page
    .workers()[0]
    .evaluate(() => ["fetch", "XMLHttpRequest", "WebSocket"].filter((name) => self[name] !== undefined));
  assert.deepEqual(open, [], "what runs in the worker can open no connection");
  assert.deepEqual(troubles, []);
  await context.close();
});

test("the keyboard is enough", async () => {
  const { page, context } = await opened({ isStarted: false });
  const until = async (isThere) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await page.evaluate(isThere)) {
        return;
      }
      await page.keyboard.press("Tab");
    }
    assert.fail(`not reached: ${isThere}`);
  };
  await until(() => document.activeElement?.id === "start");
  await page.keyboard.press("Enter");
  await page.waitForSelector("html[data-engine=ready][data-checked]", { timeout: 120_000 });
  await page.focus("#share");
  await until(() => document.activeElement?.getAttribute("role") === "tab");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^pyproject\.toml/);
  await until(() => document.activeElement?.shadowRoot?.activeElement?.classList.contains("cm-content") ?? false);
  await page.keyboard.press("Tab");
  await until(() => document.activeElement?.classList.contains("location"));
  await page.keyboard.press("Enter");
  assert(
    await page.evaluate(
      () => document.activeElement?.shadowRoot?.activeElement?.classList.contains("cm-content") ?? false,
    ),
  );
  await until(() => document.activeElement?.classList.contains("fix"));
  await page.keyboard.press("Enter");
  await settled(page);
  assert.match(await page.textContent("#status"), /checked|fixed/);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1400]) {
    test(`axe and the width of the page, ${colorScheme}, ${width} px`, async () => {
      const { page, context, troubles } = await opened({
        isStarted: false,
        colorScheme,
        viewport: { width, height: 844 },
      });
      assert.deepEqual(await accessible(page), []);
      await page.click("#start");
      await page.waitForSelector("html[data-engine=ready][data-checked]", { timeout: 120_000 });
      await page.check("#notices");
      await settled(page);
      for (const tab of ["Findings", "Plan", "Output"]) {
        await page.getByRole("tab", { name: tab }).click();
        await page.waitForSelector(`html[data-panel=${tab.toLowerCase()}]`);
        assert.deepEqual(await accessible(page), [], tab);
      }
      await page.click("#add");
      assert.deepEqual(await accessible(page), [], "dialog");
      assert(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        "the page scrolls sideways",
      );
      assert.deepEqual(troubles, []);
      await context.close();
    });
  }
}
