/** Which colours a file gets, by its name. */

import { StreamLanguage } from "@codemirror/language";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { json } from "@codemirror/legacy-modes/mode/javascript";
import { properties } from "@codemirror/legacy-modes/mode/properties";
import { python } from "@codemirror/legacy-modes/mode/python";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";

const MODES: [RegExp, StreamLanguage<unknown>][] = [
  [/\.toml$|^(uv|poetry|pdm|pylock.*)\.lock$|^pipfile$/, StreamLanguage.define(toml)],
  [/\.ya?ml$/, StreamLanguage.define(yaml)],
  [/\.json$|^pipfile\.lock$/, StreamLanguage.define(json)],
  [/^(docker|container)file|\.dockerfile$/, StreamLanguage.define(dockerFile)],
  [/\.py$/, StreamLanguage.define(python)],
  [/\.(ini|cfg|env|properties)$|^\.env/, StreamLanguage.define(properties)],
  [/\.(txt|in|sh)$/, StreamLanguage.define(shell)],
];

/** Returns the language of a file; nothing for one that gets no colours. */
export function languageOf(path: string): StreamLanguage<unknown> | undefined {
  const name = (path.split("/").at(-1) ?? "").toLowerCase();
  return MODES.find(([pattern]) => pattern.test(name))?.[1];
}
