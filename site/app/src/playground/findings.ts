/** The list of findings beside the editor. */

import { external, h, visible } from "../shared/dom.ts";
import type { Document, Finding, Position, Report } from "./report.ts";

export interface Actions {
  goTo: (path: string, position: Position) => void;
  fix: (finding: Finding) => void;
}

/** Returns the list for a report. */
export function findingsList(report: Report, actions: Actions): Node[] {
  const { summary } = report;
  const shown = { error: 0, warning: 0, notice: 0 };
  for (const finding of report.findings) {
    shown[finding.severity] += 1;
  }
  const hidden = (["error", "warning", "notice"] as const)
    .map((severity) => counted(summary[severity] - shown[severity], severity))
    .filter((text) => text !== "");
  const counts = (["error", "warning", "notice"] as const)
    .map((severity) => counted(shown[severity], severity))
    .filter((text) => text !== "");
  const head = [
    counts.length > 0 ? counts.join(", ") : "No findings",
    hidden.length > 0 ? `${hidden.join(", ")} hidden` : "",
    summary.suppressed > 0 ? `${summary.suppressed} suppressed` : "",
    `${summary.files} ${summary.files === 1 ? "file" : "files"} read`,
  ].filter((text) => text !== "");
  return [
    h("p", { class: "summary" }, head.join(" · ")),
    h("ol", { class: "findings" }, ...report.findings.map((finding) => item(finding, actions))),
  ];
}

function counted(count: number, word: string): string {
  return count <= 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}

function item(finding: Finding, actions: Actions): HTMLLIElement {
  const { fix } = finding;
  return h(
    "li",
    { class: finding.severity },
    h(
      "p",
      {},
      h("span", { class: "severity" }, finding.severity),
      " ",
      h("a", { href: `../checks/${finding.code}/`, title: finding.name }, finding.code),
      " ",
      location(finding.path, finding.start, actions),
    ),
    h("p", { class: "message" }, ...marked(finding.message)),
    finding.help === "" ? null : h("p", { class: "help" }, ...marked(finding.help)),
    fix === null
      ? null
      : h(
          "p",
          {},
          h(
            "button",
            { type: "button", class: "fix", onclick: () => actions.fix(finding) },
            "Fix: ",
            ...marked(fix.title),
          ),
          fix.safety === "safe" ? "" : h("span", { class: "aside" }, " unsafe: look at it before you keep it"),
        ),
    evidence(finding.row, finding.evidence),
  );
}

/** Returns a button that leads to a location in the editor. */
export function location(path: string, position: Position, actions: Pick<Actions, "goTo">): HTMLButtonElement {
  const text = `${visible(path)}:${position.line}:${position.column}`;
  return h("button", { type: "button", class: "location", onclick: () => actions.goTo(path, position) }, text);
}

/** Returns a message with what is between backticks as code. */
export function marked(message: string): Node[] {
  return message
    .split("`")
    .map((part, number) => (number % 2 === 1 ? h("code", {}, visible(part)) : document.createTextNode(visible(part))));
}

/** Returns the documents of a finding, to be opened. */
export function evidence(row: string, documents: Document[]): HTMLElement | null {
  if (documents.length === 0) {
    return null;
  }
  return h(
    "details",
    {},
    h("summary", {}, "Evidence"),
    h(
      "ul",
      {},
      ...documents.map((each) =>
        h(
          "li",
          {},
          external(each.url, each.title),
          each.section === "" || each.title.includes(each.section) ? "" : `, ${each.section}`,
          `, ${each.as_of}`,
        ),
      ),
    ),
    row === "" ? null : h("p", { class: "aside" }, h("code", {}, `ddlint rule ${row}`)),
  );
}
