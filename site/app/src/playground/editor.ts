/** The editor: one CodeMirror view, a state for each file, and the findings as its diagnostics. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { type ChangeSpec, Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { visible } from "../shared/dom.ts";
import { followTheme, isDark } from "../shared/theme.ts";
import { languageOf } from "./languages.ts";
import { type Edit, type Finding, offsetInLine, type Position } from "./report.ts";

const DARK = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({
    ...spec,
    color: spec.color === undefined ? undefined : lighter(String(spec.color)),
  })),
);

/** Returns a colour for a dark ground: the same hue, as bright as text has to be. */
function lighter(color: string): string {
  return `color-mix(in oklab, ${color} 45%, white)`;
}

export interface Editor {
  show(path: string, text: string): void;
  forget(path: string): void;
  rename(from: string, to: string): void;
  /** Changes a file as one step that can be undone; `text` is what it holds now. */
  change(path: string, text: string, edits: Edit[]): void;
  replace(path: string, before: string, after: string): void;
  mark(findings: Finding[]): void;
  goTo(position: Position): void;
  focus(): void;
}

/** Returns the editor in a shadow tree of `host`, so that its style sheets need no exception from the page's policy. */
export function createEditor(
  host: HTMLElement,
  changed: (path: string, text: string) => void,
  fix: (finding: Finding) => void,
): Editor {
  const root = host.attachShadow({ mode: "open" });
  const place = document.createElement("div");
  place.style.height = "100%";
  root.append(place);
  const states = new Map<string, EditorState>();
  const highlighting = new Compartment();
  let current = "";
  let findings: Finding[] = [];

  const view = new EditorView({ root, parent: place, state: EditorState.create({ doc: "" }) });
  followTheme(() => {
    states.clear();
    reopen();
  });

  function extensions(path: string): Extension[] {
    const language = languageOf(path);
    return [
      lineNumbers(),
      history(),
      highlightSpecialChars(),
      drawSelection(),
      highlightActiveLine(),
      lintGutter(),
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      highlighting.of(syntaxHighlighting(isDark() ? DARK : defaultHighlightStyle)),
      EditorView.theme(THEME, { dark: isDark() }),
      EditorView.contentAttributes.of({
        "aria-label": visible(path),
        tabindex: "0",
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          changed(current, update.state.doc.toString());
        }
      }),
      ...(language === undefined ? [] : [language]),
    ];
  }

  function stateOf(path: string, text: string): EditorState {
    const found = states.get(path);
    return found !== undefined && found.doc.toString() === text
      ? found
      : EditorState.create({ doc: text, extensions: extensions(path) });
  }

  function reopen(): void {
    view.setState(EditorState.create({ doc: view.state.doc, extensions: extensions(current) }));
    mark();
  }

  function mark(): void {
    view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc, current, findings, fix)));
  }

  function update(path: string, text: string, changes: ChangeSpec[]): void {
    if (path === current) {
      view.dispatch({ changes });
    } else {
      const state = stateOf(path, text).update({ changes }).state;
      states.set(path, state);
      changed(path, state.doc.toString());
    }
  }

  return {
    show(path, text) {
      if (current !== "") {
        states.set(current, view.state);
      }
      current = path;
      view.setState(stateOf(path, text));
      mark();
    },
    forget(path) {
      states.delete(path);
      if (path === current) {
        current = "";
      }
    },
    rename(from, to) {
      states.delete(from);
      if (from === current) {
        current = to;
        reopen();
      }
    },
    change(path, text, edits) {
      const { doc } = path === current ? view.state : stateOf(path, text);
      update(
        path,
        text,
        edits.map((edit) => ({ from: offset(doc, edit.start), to: offset(doc, edit.end), insert: edit.text })),
      );
    },
    replace(path, before, after) {
      update(path, before, [{ from: 0, to: before.length, insert: after }]);
    },
    mark(found) {
      findings = found;
      mark();
    },
    goTo(position) {
      const at = offset(view.state.doc, position);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    focus() {
      view.focus();
    },
  };
}

function offset(doc: Text, position: Position): number {
  const line = doc.line(Math.min(Math.max(position.line, 1), doc.lines));
  return line.from + offsetInLine(line.text, position.column);
}

const SEVERITY = { error: "error", warning: "warning", notice: "info" } as const;

function diagnostics(doc: Text, path: string, findings: Finding[], fix: (finding: Finding) => void): Diagnostic[] {
  const own = findings
    .filter((finding) => finding.path === path)
    .map((finding): Diagnostic => {
      const from = offset(doc, finding.start);
      return {
        from,
        to: Math.max(from, offset(doc, finding.end)),
        severity: SEVERITY[finding.severity],
        source: finding.code,
        message: finding.help === "" ? finding.message : `${finding.message}\n${finding.help}`,
        ...(finding.fix === null ? {} : { actions: [{ name: finding.fix.title, apply: () => fix(finding) }] }),
      };
    });
  const related = findings.flatMap((finding) =>
    finding.related
      .filter((each) => each.path === path)
      .map((each): Diagnostic => {
        const from = offset(doc, each.start);
        return {
          from,
          to: Math.max(from, offset(doc, each.end)),
          severity: "hint",
          source: finding.code,
          message: each.message,
        };
      }),
  );
  return [...own, ...related].sort((one, other) => one.from - other.from);
}

const THEME = {
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--editor)", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--editor)", color: "var(--dim)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    border: "1px solid var(--line)",
    maxWidth: "36rem",
  },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", fontFamily: "var(--sans)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    font: "inherit",
    padding: "0.2rem 0.6rem",
  },
  ".cm-lintRange-hint": { backgroundImage: "none", borderBottom: "1px dashed var(--dim)" },
};
