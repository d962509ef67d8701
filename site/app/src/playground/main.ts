/** The page of the playground: files, editor, engine and results, and what passes between them. */

import { byId, debounced, h, visible } from "../shared/dom.ts";
import { decode, encode } from "../shared/share.ts";
import { createEditor } from "./editor.ts";
import { Engine } from "./engine.ts";
import { findingsList } from "./findings.ts";
import { fromDrop, fromInput, type Intake } from "./intake.ts";
import { planList } from "./plan.ts";
import { cleanPath, fromBytes, fromText, Project, type ProjectFile } from "./project.ts";
import type { Result } from "./protocol.ts";
import type { Edit, Finding, Plans, Position, Report } from "./report.ts";
import { drawTabs, type Tab } from "./tabs.ts";

interface Example {
  title: string;
  files: [string, string][];
}

const TYPING = 60;
const PLANNING = 400;
const MOST_TABS = 12;
const START = "requirements.txt";
/** What is opened first. */
const FIRST = /^(pyproject\.toml|[^/]*requirements[^/]*\.txt)$/;
const PANELS: [string, string][] = [
  ["findings", "Findings"],
  ["plan", "Plan"],
  ["output", "Output"],
];

const project = new Project();
const engine = new Engine(project);
const page = document.documentElement;
let current = "";
let panel = "findings";
let isReady = false;
let report: Report | null = null;
/** The version of the project that `report` is about: a fix of an older one could hit the wrong text. */
let reported = -1;
let read: string[] = [];
let isRunning = false;
let isAsked = false;

const editor = createEditor(byId("editor"), edited, fix);

// --- files

function edited(path: string, text: string): void {
  project.write(path, text);
  checkSoon();
}

function open(path: string): void {
  const file = project.files.get(path);
  if (file === undefined) {
    return;
  }
  current = path;
  const isText = file.text !== null;
  byId("editor").hidden = !isText;
  byId("binary").hidden = isText;
  if (file.text !== null) {
    editor.show(path, file.text);
  }
  drawFiles();
}

function load(files: ProjectFile[], isReplacing: boolean): void {
  if (isReplacing) {
    for (const path of project.files.keys()) {
      editor.forget(path);
    }
    project.replace(files);
    read = [];
    report = null;
    editor.mark([]);
  } else {
    for (const file of files) {
      editor.forget(file.path);
      const refused = project.put(file);
      if (refused !== null) {
        tell(refused);
      }
    }
  }
  const texts = files.filter((file) => file.text !== null);
  const first = texts.find((file) => FIRST.test(file.path)) ?? texts[0] ?? files[0];
  current = "";
  if (first !== undefined) {
    open(first.path);
  }
  checkSoon();
}

/** Returns the paths that get a tab: all of a small project, else those that ddlint reads. */
function tabbed(): string[] {
  const all = [...project.files.keys()];
  if (all.length <= MOST_TABS) {
    return all;
  }
  const found = new Set([...(report?.findings.map((finding) => finding.path) ?? []), ...read]);
  const shown = all.filter((path) => found.has(path) || path === current);
  return shown.length > 1 ? shown : all.slice(0, MOST_TABS);
}

function drawFiles(): void {
  const paths = tabbed();
  const tabs = paths.map((path): Tab => {
    const own = report?.findings.filter((finding) => finding.path === path) ?? [];
    const worst = own.some((finding) => finding.severity === "error") ? "error" : "warning";
    return { id: path, text: visible(path), count: own.length, tone: worst };
  });
  drawTabs(byId("files"), tabs, current, "editor-panel", open);
  const others = [...project.files.keys()].filter((path) => !paths.includes(path));
  const select = byId<HTMLSelectElement>("others");
  select.hidden = others.length === 0;
  byId("others-label").hidden = others.length === 0;
  select.replaceChildren(
    h("option", { value: "" }, `${others.length} more files …`),
    ...others.map((path) => h("option", { value: path }, visible(path))),
  );
}

function ask(title: string, value: string, done: (path: string) => string | null): void {
  const dialog = byId<HTMLDialogElement>("name");
  const input = byId<HTMLInputElement>("name-input");
  const error = byId("name-error");
  byId("name-title").textContent = title;
  input.value = value;
  error.textContent = "";
  byId<HTMLFormElement>("name-form").onsubmit = (event): void => {
    const submitter = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (submitter?.value === "cancel") {
      return;
    }
    const path = cleanPath(input.value);
    const refused = path === null ? "No file can have that name." : done(path);
    if (refused !== null) {
      event.preventDefault();
      error.textContent = refused;
      input.focus();
    }
  };
  dialog.showModal();
  input.select();
}

// --- the engine

function tell(text: string): void {
  byId("status").textContent = text;
}

async function start(): Promise<void> {
  const button = byId<HTMLButtonElement>("start");
  if (isReady || button.disabled) {
    return;
  }
  button.disabled = true;
  page.dataset.engine = "loading";
  try {
    await engine.start(tell);
  } catch (error) {
    button.disabled = false;
    page.dataset.engine = "failed";
    tell(`ddlint could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  isReady = true;
  byId("start-box").hidden = true;
  byId("run-box").hidden = false;
  const to = byId<HTMLSelectElement>("to");
  to.replaceChildren(
    h("option", { value: "" }, "the newest"),
    ...engine.series.map((each) => h("option", { value: each }, each)),
  );
  page.dataset.engine = "ready";
  await check();
}

const checkLater = debounced(TYPING, () => void check());

function checkSoon(): void {
  page.dataset.busy = isReady ? "yes" : "no";
  checkLater();
}

const planSoon = debounced(PLANNING, () => void drawPanel());

function options(): string[] {
  return byId<HTMLInputElement>("notices").checked ? ["--min-severity", "notice"] : [];
}

/** Checks the project as it is; while a check runs, one more is remembered. */
async function check(): Promise<void> {
  if (!isReady) {
    return;
  }
  if (isRunning) {
    isAsked = true;
    return;
  }
  isRunning = true;
  const version = project.version;
  const began = performance.now();
  try {
    const result = await engine.run(["check", "--output-format", "json", ...options()]);
    if (result.code === 2) {
      report = null;
      editor.mark([]);
      tell("");
      drawError(result.err);
    } else {
      report = JSON.parse(result.out) as Report;
      reported = version;
      if (project.files.size > MOST_TABS) {
        await listRead();
      }
      if (version === project.version) {
        editor.mark(report.findings);
      }
      tell(`checked in ${Math.round(performance.now() - began)} ms`);
      if (panel === "findings") {
        await drawPanel();
      } else {
        planSoon();
      }
    }
    page.dataset.checked = String(version);
    page.dataset.latency = String(Math.round(performance.now() - began));
  } catch (error) {
    drawError(error instanceof Error ? error.message : String(error));
  }
  drawFiles();
  isRunning = false;
  if (isAsked) {
    isAsked = false;
    await check();
  } else if (project.version === version) {
    page.dataset.busy = "no";
  }
}

async function listRead(): Promise<void> {
  const result = await engine.run(["inspect", "--output-format", "json"]);
  if (result.code === 0) {
    read = (JSON.parse(result.out) as { files: { path: string }[] }).files.map((file) => file.path);
  }
}

function drawError(text: string): void {
  byId("panel").replaceChildren(
    h("p", { class: "headline bad" }, "ddlint could not judge this project"),
    h("pre", { tabindex: 0 }, text),
  );
}

// --- results

const actions = { goTo, fix };

function goTo(path: string, position: Position): void {
  if (path !== current) {
    open(path);
  }
  editor.goTo(position);
}

function fix(finding: Finding): void {
  if (finding.fix !== null && reported === project.version) {
    change(finding.fix.edits);
    tell(`fixed ${finding.code}: ${finding.fix.title}`);
  }
}

function change(edits: Edit[]): void {
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const text = project.files.get(path)?.text;
    if (typeof text === "string") {
      editor.change(
        path,
        text,
        edits.filter((edit) => edit.path === path),
      );
    }
  }
}

/** Runs a command that writes, and takes over what it has written. */
async function writeFiles(words: string[]): Promise<void> {
  const version = project.version;
  page.dataset.busy = "yes";
  const result = await engine.run(words, true);
  if (version === project.version) {
    takeOver(result);
  }
  checkSoon();
}

function takeOver(result: Result): void {
  for (const [path, bytes] of result.changed) {
    const before = project.files.get(path)?.text;
    const after = fromBytes(path, bytes).text;
    if (typeof before === "string" && after !== null) {
      editor.replace(path, before, after);
    }
  }
  tell(
    result.err
      .replaceAll(/^ddlint: /gm, "")
      .trim()
      .split("\n")[0] ?? "",
  );
}

async function drawPanel(): Promise<void> {
  drawTabs(
    byId("panels"),
    PANELS.map(([id, text]) => ({ id, text, count: id === "findings" ? (report?.findings.length ?? 0) : 0 })),
    panel,
    "panel",
    (id) => {
      panel = id;
      void drawPanel();
    },
  );
  for (const [id] of PANELS) {
    byId(`${id}-bar`).hidden = id !== panel;
  }
  if (!isReady) {
    return;
  }
  const place = byId("panel");
  page.dataset.panel = "busy";
  if (panel === "findings") {
    if (report !== null) {
      place.replaceChildren(...findingsList(report, actions));
    }
  } else if (panel === "plan") {
    const to = byId<HTMLSelectElement>("to").value;
    const version = project.version;
    const result = await engine.run(["plan", "--output-format", "json", ...(to === "" ? [] : ["--to", to])]);
    if (panel === "plan") {
      place.replaceChildren(
        ...(result.code === 2
          ? [h("pre", { tabindex: 0 }, result.err)]
          : planList(JSON.parse(result.out) as Plans, {
              goTo,
              edit: (edits) => {
                if (version === project.version) {
                  change(edits);
                }
              },
            })),
      );
    }
  } else {
    const words = (byId<HTMLSelectElement>("format").value || "check full").split(" ");
    const [command = "check", format = "full"] = words;
    const version = project.version;
    const result = await engine.run([command, "--output-format", format, ...(command === "check" ? options() : [])]);
    if (panel === "output") {
      place.replaceChildren(
        h(
          "pre",
          {
            id: "printed",
            tabindex: 0,
            "data-format": `${command} ${format}`,
            "data-version": version,
            "aria-label": "what ddlint prints",
          },
          result.out,
        ),
        ...(result.err === "" ? [] : [h("pre", { tabindex: 0, class: "aside" }, result.err)]),
      );
    }
  }
  page.dataset.panel = panel;
}

// --- sharing

async function share(): Promise<void> {
  const texts = [...project.files.values()].filter((file) => file.text !== null);
  const fragment = await encode({ files: texts.map((file) => [file.path, decodeWhole(file)]) });
  history.replaceState(null, "", `#${fragment}`);
  const link = location.href;
  const left = project.files.size - texts.length;
  const field = byId<HTMLInputElement>("link");
  field.value = link;
  byId("link-box").hidden = false;
  field.focus();
  field.select();
  const note = left > 0 ? `; ${left} files that are no text are not in it` : "";
  try {
    await navigator.clipboard.writeText(link);
    tell(`the link is copied (${link.length} characters)${note}`);
  } catch {
    tell(`the link has ${link.length} characters${note}`);
  }
}

/** Returns the text of a file with its byte order mark and its line ends. */
function decodeWhole(file: ProjectFile): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
}

async function fromAddress(): Promise<boolean> {
  try {
    const shared = await decode(location.hash);
    if (shared === null) {
      return false;
    }
    const files = shared.files.flatMap(([path, text]) => {
      const clean = cleanPath(path);
      return clean === null ? [] : [fromText(clean, text)];
    });
    load(files, true);
    return files.length > 0;
  } catch (error) {
    tell(`The link cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

// --- the page

function take(intake: Intake, isReplacing: boolean): void {
  if (intake.files.length > 0) {
    load(intake.files, isReplacing);
  }
  tell(intake.leftOut);
}

function listen(): void {
  byId("start").addEventListener("click", () => void start());
  byId("share").addEventListener("click", () => void share());
  byId("add").addEventListener("click", () => {
    ask("Add a file", project.files.has(START) ? "Dockerfile" : START, (path) => {
      if (project.files.has(path)) {
        return `“${path}” exists already`;
      }
      const refused = project.put(fromText(path, ""));
      if (refused === null) {
        open(path);
        checkSoon();
      }
      return refused;
    });
  });
  byId("rename").addEventListener("click", () => {
    ask(`Rename ${visible(current)}`, current, (path) => {
      const from = current;
      const refused = project.rename(from, path);
      if (refused === null) {
        current = path;
        editor.rename(from, path);
        drawFiles();
        checkSoon();
      }
      return refused;
    });
  });
  byId("remove").addEventListener("click", () => {
    const paths = tabbed();
    const at = paths.indexOf(current);
    project.remove(current);
    editor.forget(current);
    const next = paths[at + 1] ?? paths[at - 1] ?? [...project.files.keys()][0];
    if (next === undefined) {
      load([fromText(START, "")], true);
    } else {
      open(next);
    }
    checkSoon();
  });
  byId<HTMLSelectElement>("others").addEventListener("change", (event) => {
    open((event.target as HTMLSelectElement).value);
  });
  for (const [id, isReplacing] of [
    ["upload-files", false],
    ["upload-folder", true],
  ] as const) {
    const input = byId<HTMLInputElement>(id);
    byId(`${id}-button`).addEventListener("click", () => {
      input.click();
    });
    input.addEventListener("change", () => {
      if (input.files !== null) {
        void fromInput(input.files).then((intake) => {
          take(intake, isReplacing);
          input.value = "";
        });
      }
    });
  }
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      page.dataset.drop = "over";
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      delete page.dataset.drop;
    }
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    delete page.dataset.drop;
    const { dataTransfer } = event;
    if (dataTransfer !== null) {
      const hasFolder = [...dataTransfer.items].some((item) => item.webkitGetAsEntry()?.isDirectory);
      void fromDrop(dataTransfer).then((intake) => {
        take(intake, hasFolder);
      });
    }
  });
  byId("notices").addEventListener("change", () => void check());
  for (const id of ["to", "format"]) {
    byId(id).addEventListener("change", () => void drawPanel());
  }
  for (const [id, words] of [
    ["fix-all", ["check", "--fix"]],
    ["fix-unsafe", ["check", "--fix", "--unsafe-fixes"]],
  ] as const) {
    byId(id).addEventListener("click", () => void writeFiles([...words]));
  }
  byId("plan-write").addEventListener("click", () => {
    const to = byId<HTMLSelectElement>("to").value;
    void writeFiles(["plan", "--write", ...(to === "" ? [] : ["--to", to])]);
  });
  window.addEventListener("hashchange", () => void fromAddress());
}

async function listExamples(): Promise<Example[]> {
  const response = await fetch("examples.json");
  const examples = (await response.json()) as Example[];
  const select = byId<HTMLSelectElement>("example");
  select.append(...examples.map((example, number) => h("option", { value: number }, example.title)));
  select.addEventListener("change", () => {
    const example = examples[Number(select.value)];
    if (select.value !== "" && example !== undefined) {
      load(
        example.files.map(([path, text]) => fromText(path, text)),
        true,
      );
      select.value = "";
    }
  });
  return examples;
}

listen();
const [isShared, examples] = await Promise.all([fromAddress(), listExamples()]);
if (!isShared) {
  load(
    (examples[0]?.files ?? [[START, "ddtrace\n"]]).map(([path, text]) => fromText(path, text)),
    true,
  );
}
await drawPanel();
page.dataset.ready = "yes";
