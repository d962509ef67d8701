/** The dialog of a cell: what rules, why, and by which documents. */

import { byId, external, h } from "../shared/dom.ts";
import { encode } from "../shared/share.ts";
import { shown } from "./matrix.ts";
import {
  type Answers,
  BASIS,
  badPairs,
  type Evidence,
  type Library,
  letterOf,
  type Parsed,
  type Run,
  runAt,
  slug,
  statusOf,
} from "./model.ts";

const ON: Record<string, string> = {
  yes: "on by default",
  no: "off by default",
  conditional: "on by default under a condition",
};

let evidence: Promise<Evidence> | undefined;

async function loadEvidence(): Promise<Evidence> {
  evidence ??= fetch("evidence.json").then((response) => response.json() as Promise<Evidence>);
  return evidence;
}

/** Opens the dialog; `closed` is called when it is closed again. */
export function openEvidence(
  answers: Answers,
  library: Library,
  series: number,
  parsed: Parsed,
  closed: () => void,
): void {
  const dialog = byId<HTMLDialogElement>("evidence");
  const run = runAt(library, series);
  const found = answers.series[series];
  if (run === undefined || found === undefined) {
    return;
  }
  const name = (number: number): string => answers.series[number]?.name ?? "";
  const body = h("div", {}, h("p", { class: "aside" }, "Loading the documents …"));
  const version = parsed.library === library ? parsed.written : "";
  dialog.replaceChildren(
    h(
      "h2",
      { id: "evidence-title", tabindex: -1 },
      `${library.name}${version === "" ? "" : ` ${version}`} with ${answers.subject} ${found.name}`,
    ),
    facts(answers, library, run, series, parsed),
    h(
      "p",
      { class: "aside" },
      `The same holds for ${answers.subject} ${run.first === run.last ? name(run.first) : `${name(run.first)} to ${name(run.last)}`}.`,
    ),
    h("h3", {}, "Other series"),
    h(
      "ul",
      { class: "history" },
      ...runsInWords(library).map(([first, last, words]) => {
        const text = `${first === last ? name(first) : `${name(first)} to ${name(last)}`}: ${words}`;
        const isHere = first <= series && series <= last;
        return h("li", {}, isHere ? text : h("a", { href: address(`${library.name} ${name(last)}`) }, text));
      }),
    ),
    h("h3", {}, "Evidence"),
    body,
    h("p", { class: "links" }, ...links(library, found.name, found.release, version)),
    h("form", { method: "dialog" }, h("button", { type: "submit" }, "Close")),
  );
  if (!dialog.open) {
    dialog.showModal();
  }
  byId("evidence-title").focus();
  dialog.scrollTop = 0;
  dialog.onclose = closed;
  void loadEvidence().then((loaded) => {
    const numbers = [...run.because, ...badPairs(answers, library, series, null).map((pair) => pair.because)];
    body.replaceChildren(...numbers.map((number) => statement(loaded, number)));
    dialog.dataset.ready = "yes";
  });
}

/** Returns the runs of series of which the same is said, the newest first. */
function runsInWords(library: Library): [number, number, string][] {
  const found: [number, number, string][] = [];
  for (const run of library.runs.toReversed()) {
    const words = `${shown(library, run, null)[1]}${run.basis === "" ? "" : `, ${run.basis}`}`;
    const open = found.at(-1);
    if (open !== undefined && open[2] === words && open[0] === run.last + 1) {
      open[0] = run.first;
    } else {
      found.push([run.first, run.last, words]);
    }
  }
  return found;
}

/** Returns the address of another cell, with the filters as they are. */
function address(cell: string): string {
  const given = new URLSearchParams(location.hash.slice(1));
  given.set("cell", cell);
  return `#${given}`;
}

function facts(answers: Answers, library: Library, run: Run, series: number, parsed: Parsed): HTMLElement {
  const rows: [string, Node | string][] = [];
  if (parsed.version !== null && parsed.library === library) {
    const status = statusOf(letterOf(library, run, parsed.version));
    rows.push(["Answer", h("span", { class: status.tone }, `${status.mark} ${status.word}`)]);
  }
  if (run.removed.length > 0) {
    const successor = run.removed[1] ? `; its successor is ${run.removed[1]}` : "";
    rows.push(["Integration", `removed in ${run.removed[0]}${successor}`]);
  } else {
    const ranges = run.ranges.map((range) => (range === "*" ? "every version" : range)).join(" or ");
    rows.push(["Supported", ranges === "" ? "nothing is stated" : ranges], ["Basis", BASIS[run.basis] ?? run.basis]);
  }
  if (run.tested.length > 0) {
    rows.push(["Tested with", run.tested.join(" or ")]);
  }
  const switches = run.switches.length > 0 ? `, switched by ${run.switches.join(" and ")}` : "";
  rows.push([
    "Instrumented",
    `${run.on.map((each) => ON[each] ?? each).join(" or ") || "not known by default"}${switches}`,
  ]);
  const found = answers.series[series];
  rows.push(["Python", found?.pythons.join(", ") ?? ""]);
  const hits = badPairs(answers, library, series, parsed.library === library ? parsed.version : null);
  for (const pair of hits) {
    rows.push([pair.severity, `${pair.problem}; ${pair.help}`]);
  }
  return h("dl", {}, ...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

function statement(loaded: Evidence, number: number): HTMLElement {
  const [heading, words, row, documents] = loaded.statements[number] ?? ["", "", "", []];
  return h(
    "section",
    { class: "statement" },
    h("p", {}, h("strong", {}, heading), `: ${words}`),
    h(
      "ul",
      {},
      ...documents.map((each) => {
        const [title, section, day, url] = loaded.documents[each] ?? ["", "", "", ""];
        return h(
          "li",
          {},
          external(url, title),
          section === "" || title.includes(section) ? "" : `, ${section}`,
          `, ${day}`,
        );
      }),
    ),
    h("p", { class: "aside" }, h("code", {}, `ddlint rule ${row}`)),
  );
}

function links(library: Library, series: string, release: string, version: string): Node[] {
  const found: Node[] = library.integrations.map((name) =>
    h("a", { href: `../integrations/${slug(name)}/` }, `Integration ${name}`),
  );
  found.push(h("a", { href: `../series/${series}/` }, `Series ${series}`));
  if (!library.name.includes(":")) {
    const link = h("a", { href: "../playground/" }, "Try it in the playground");
    const requirement =
      version === "" ? library.name : `${library.name}==${version}${version.split(".").length > 2 ? "" : ".*"}`;
    void encode({ files: [["requirements.txt", `ddtrace==${release}\n${requirement}\n`]] }).then((fragment) => {
      link.href = `../playground/#${fragment}`;
    });
    found.push(link);
  }
  return found.flatMap((link, number) => (number > 0 ? [document.createTextNode(" · "), link] : [link]));
}
