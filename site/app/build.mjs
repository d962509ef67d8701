// Builds both pages into $DDLINT_SITE (build/site of the checkout): `npm ci && npm run build`.
// $DDLINT_PYTHON is a Python with the dependencies of ddlint; everything else comes from node_modules.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const site = resolve(process.env.DDLINT_SITE || join(root, "build/site"));
const python = process.env.DDLINT_PYTHON || "python3";

/** Scripts and styles are files of the site; WebAssembly is compiled in the worker; no address of another host works. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const PYODIDE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"];

/** Returns the licences of packages that are part of a page. */
function licenses(packages) {
  return [...new Set(packages)]
    .sort()
    .map((name) => {
      const folder = join(here, "node_modules", name);
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), "utf8");
      return `${name} ${version}\n\n${text.trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

for (const page of ["explorer", "playground"]) {
  const out = join(site, page);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const source = join(here, "src", page);
  const isPlayground = page === "playground";
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: {
      app: join(source, "main.ts"),
      style: join(source, "style.css"),
      ...(isPlayground ? { worker: join(source, "worker.ts") } : {}),
    },
    outdir: out,
    bundle: true,
    format: "esm",
    target: ["es2023", "chrome123", "firefox121", "safari18"],
    minify: true,
    loader: { ".py": "text" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  writeFileSync(join(out, "licenses.txt"), licenses(isPlayground ? [...packages, "pyodide"] : packages));
  const header = readFileSync(join(here, "src/shared/header.html"), "utf8").trim();
  const here_ = header.replace(`<a href="../${page}/">`, `<a href="../${page}/" aria-current="page">`);
  const html = readFileSync(join(source, "index.html"), "utf8")
    .replace("{{csp}}", POLICY)
    .replace("{{header}}", () => here_);
  writeFileSync(join(out, "index.html"), html);
}

for (const name of PYODIDE) {
  cpSync(join(here, "node_modules/pyodide", name), join(site, "playground/pyodide", name));
}
// The list of Pyodide's own packages stays empty: none is used, and none can be asked for.
const { info } = JSON.parse(readFileSync(join(here, "node_modules/pyodide/pyodide-lock.json"), "utf8"));
writeFileSync(join(site, "playground/pyodide/pyodide-lock.json"), JSON.stringify({ info, packages: {} }));

const module_ = (name, ...args) => {
  execFileSync(python, ["-m", `tools.site.${name}`, ...args], { cwd: root, stdio: "inherit" });
};
module_("python_archive", join(site, "playground/modules.zip"));
module_("example_projects", join(site, "playground/examples.json"));
module_("explorer_data", join(site, "explorer"));
