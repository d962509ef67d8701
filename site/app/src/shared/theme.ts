/** Follows the theme that was chosen on the pages of the site; without a choice, that of the system. */

const SYSTEM = window.matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark. */
export function isDark(): boolean {
  return chosen() ?? SYSTEM.matches;
}

/** Applies the choice, and calls a function when the system changes. */
export function followTheme(changed: () => void = () => undefined): void {
  const choice = chosen();
  if (choice !== null) {
    document.documentElement.style.colorScheme = choice ? "dark" : "light";
  }
  SYSTEM.addEventListener("change", changed);
}

/** Reads what the pages of the site keep of their switch: one entry for each folder that a site lies in. */
function chosen(): boolean | null {
  try {
    const folder = new URL("..", location.href).pathname;
    const kept = JSON.parse(localStorage.getItem(`${folder}.__palette`) ?? "null") as {
      color?: { media?: string; scheme?: string };
    } | null;
    const scheme = kept?.color?.media === "(prefers-color-scheme)" ? undefined : kept?.color?.scheme;
    return scheme === undefined ? null : scheme === "slate";
  } catch {
    return null;
  }
}
