/** The plan beside the editor: what has to change on the way to another release. */

import { h, visible } from "../shared/dom.ts";
import { evidence, location, marked } from "./findings.ts";
import type { Change, Edit, Plan, Plans, Position } from "./report.ts";

export interface PlanActions {
  goTo: (path: string, position: Position) => void;
  edit: (edits: Edit[]) => void;
}

/** Returns the plans of all environments. */
export function planList(plans: Plans, actions: PlanActions): Node[] {
  if (plans.plans.length === 0) {
    return [h("p", { class: "aside" }, "Nothing here declares ddtrace, so there is nothing to plan.")];
  }
  return plans.plans.map((plan) => section(plan, actions));
}

function section(plan: Plan, actions: PlanActions): HTMLElement {
  const place = [plan.project === "." ? "" : plan.project, plan.environment].filter((text) => text !== "").join(": ");
  const used = plan.removed.filter((each) => each.used);
  return h(
    "section",
    { class: "plan" },
    h("h2", {}, place === "" ? "This project" : visible(place)),
    h("p", { class: "verdict" }, plan.verdict.text),
    plan.verdict.blockers.length === 0
      ? null
      : h(
          "ul",
          { class: "blockers" },
          ...plan.verdict.blockers.map((each) => h("li", {}, h("code", {}, each.subject), " ", ...marked(each.reason))),
        ),
    h("ol", { class: "findings" }, ...plan.changes.map((change) => item(change, actions))),
    used.length === 0 ? null : h("h3", {}, "Removed on the way, and used here"),
    used.length === 0
      ? null
      : h(
          "ul",
          {},
          ...used.map((each) =>
            h(
              "li",
              {},
              `${each.name}${each.version === null ? "" : `, in ${each.version}`}${each.successor === null ? "" : `; successor: ${each.successor}`}`,
            ),
          ),
        ),
    plan.commands.length === 0 ? null : h("h3", {}, "Then run"),
    ...plan.commands.map((each) =>
      h("pre", { tabindex: 0 }, each.directory === "." ? each.command : `cd ${each.directory}\n${each.command}`),
    ),
  );
}

function item(change: Change, actions: PlanActions): HTMLLIElement {
  const { edits } = change;
  return h(
    "li",
    { class: change.blocker ? "error" : change.required ? "warning" : "notice" },
    h(
      "p",
      {},
      h("span", { class: "severity" }, change.blocker ? "blocker" : change.required ? "required" : "optional"),
      " ",
      h("a", { href: `../checks/${change.code}/` }, change.code),
      " ",
      ...change.places.slice(0, 1).map((each) => location(each.path, each.start, actions)),
    ),
    h("p", { class: "message" }, ...marked(change.message)),
    change.help === "" ? null : h("p", { class: "help" }, ...marked(change.help)),
    ...change.notes.map((note) => h("p", { class: "aside" }, ...marked(note))),
    edits.length === 0
      ? null
      : h(
          "p",
          {},
          h(
            "button",
            { type: "button", class: "fix", onclick: () => actions.edit(edits) },
            `Write ${edits.map((edit) => edit.text.trim()).join(", ")}`,
          ),
        ),
    evidence("", change.evidence),
  );
}
