/** A list of tabs by the pattern of the ARIA Authoring Practices: arrow keys move, one tab is in the order of Tab. */

import { h } from "../shared/dom.ts";

export interface Tab {
  id: string;
  text: string;
  /** A number behind the name, and what it counts. */
  count?: number;
  tone?: string;
}

/** Draws tabs into a `role="tablist"`; `panel` is the id of what they control. */
export function drawTabs(
  list: HTMLElement,
  tabs: Tab[],
  current: string,
  panel: string,
  choose: (id: string) => void,
): void {
  const hadFocus = list.contains(document.activeElement);
  const buttons = tabs.map((tab) => {
    const isCurrent = tab.id === current;
    const count = tab.count ? h("span", { class: `count ${tab.tone ?? ""}` }, ` ${tab.count}`) : null;
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${panel}-tab-${tabs.indexOf(tab)}`,
        "aria-selected": isCurrent ? "true" : "false",
        "aria-controls": panel,
        tabindex: isCurrent ? 0 : -1,
        onclick: () => choose(tab.id),
      },
      tab.text,
      count,
    );
  });
  list.replaceChildren(...buttons);
  const selected = buttons.find((button) => button.getAttribute("aria-selected") === "true");
  document.getElementById(panel)?.setAttribute("aria-labelledby", selected?.id ?? "");
  if (hadFocus) {
    selected?.focus();
  }
  if (selected !== undefined) {
    reveal(list, selected);
  }
  list.onkeydown = (event): void => {
    const at = tabs.findIndex((tab) => tab.id === current);
    const goals: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const goal = goals[event.key];
    const tab = goal === undefined ? undefined : tabs[goal];
    if (tab !== undefined) {
      event.preventDefault();
      choose(tab.id);
    }
  };
}

/** Scrolls the list to a tab, and the list alone: `scrollIntoView` would scroll the page too. */
function reveal(list: HTMLElement, tab: HTMLElement): void {
  const [start, end] = [tab.offsetLeft - list.offsetLeft, tab.offsetLeft - list.offsetLeft + tab.offsetWidth];
  if (start < list.scrollLeft) {
    list.scrollLeft = start;
  } else if (end > list.scrollLeft + list.clientWidth) {
    list.scrollLeft = end - list.clientWidth;
  }
}
