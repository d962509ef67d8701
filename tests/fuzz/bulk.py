"""Huge files of every input, each one shape over and over: `python -m tests.fuzz.bulk --size 5` tries them all.

Each is read in a process of its own; it may take 2 s per megabyte, and 40 MiB and 8 times its size of memory.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.fuzz.judge import SECONDS_PER_MEGABYTE, allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_COMMENT = "# ddlint: ignore[DD301] \U0001f40d\n".encode()
"""Makes many readers go slower, and every character of the text take four bytes."""
MEBIBYTE = 1024 * 1024
FLOOR = 40 * MEBIBYTE
TIMES = 8


class Shape(NamedTuple):
    """A file of any size: `head`, then `unit` (with `@` counted up in it) as often as it fits, then `tail`."""

    input: str
    name: str
    unit: str
    head: str = ""
    tail: str = ""
    closing: str = ""
    """What closes one `unit` again, behind all of them."""

    def made(self, size: int, pad: int = 0) -> bytes:
        """Make a file of that size, in which every unit is filled up with blanks to `pad` characters."""
        line_end = "\n" if self.unit.endswith("\n") else ""
        unit = self.unit.removesuffix("\n").ljust(pad - len(line_end)) + line_end
        count = max(1, (size - len(self.head) - len(self.tail)) // (len(unit) + len(self.closing) + 4 * ("@" in unit)))
        body = "".join(unit.replace("@", str(number)) for number in range(count)) if "@" in unit else unit * count
        return (self.head + body + self.closing * count + self.tail).encode()


_PIP = (
    ("requirements", "a@==1.@\n"),
    ("one name", "flask\n"),
    ("faults", "a b@\n"),
    ("odd requirements", "a@ (>=1,<2) ; python_version<'3.@'\n"),
    ("markers", "a ; python_version<'3' and os_name=='@'\n"),
    ("one line", "a"),
    ("one line of clauses", ">=1,"),
    ("one line of blanks", " "),
    ("one line of dots", "."),
    ("one line of brackets", "["),
    ("one line of quotes", "'"),
    ("one line of semicolons", ";"),
    ("one line of hashes of comments", "#"),
    ("one line of hashes", " --hash=sha256:aa"),
    ("one line of options", " -"),
    ("one line of equals", "="),
    ("one line of slashes", "/"),
    ("one line of backslashes", "\\"),
    ("continuations", "a\\\n"),
    ("empty continuations", "\\\n"),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("comments on one line", "# ddlint: ignore[DD301] "),
    ("empty lines", "\n"),
    ("line feeds of other kinds", "\u2028"),
    ("form feeds", "\x0c"),
    ("includes", "-r @.txt\n"),
    ("options", "--index-url https://index.example/@\n"),
    ("unknown options", "--x@\n"),
    ("urls", "git+https://h.example/@#egg=a@\n"),
    ("named urls", "a@ @ https://h.example/@.zip\n".replace("@ @ ", "@ \x00 ")),
    ("wheels", "./a@-1.0-py3-none-any.whl\n"),
    ("variables", "a@==${X@}\n"),
    ("templates", "{{ a@ }}\n"),
    ("one line of templates", "{{"),
    ("one egg", "&egg=a"),
    ("parentheses", "("),
)
_TOML = (
    ("keys", 'a@ = "x"\n'),
    ("tables", "[a@]\n"),
    ("arrays of tables", "[[a]]\n"),
    ("nested tables", "[a@.b.c.d]\n"),
    ("one array", '"a@",', "a = [", "]"),
    ("one array over lines", '"a@",\n', "a = [\n", "]"),
    ("open arrays", "[", "a = "),
    ("closed arrays", "[", "a = ", "", "]"),
    ("inline tables", "{a=", "a = ", "", "}"),
    ("one key", "a."),
    ("one key with a value", "a.", "", "a = 1\n"),
    ("one header", "a.", "[", "a]\n"),
    ("one header of an array", "a.", "[[", "a]]\n"),
    ("one quoted header", '"a".', "[", "a]\n"),
    ("one key of a table", "a.", "x = {", "a = 1}\n"),
    ("one long key", "a"),
    ("one string", "x", 'a = "', '"\n'),
    ("one open string", "x", 'a = "'),
    ("escapes", "\\u0041", 'a = "', '"\n'),
    ("lines of a string", "x\n", 'a = """', '"""\n'),
    ("quotes of a string", '""', 'a = """', ' """\n'),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("empty lines", "\n"),
    ("blanks", " "),
    ("conflicts", "<<<<<<< HEAD\n"),
    ("digits", "1", "a = "),
    ("duplicates", "a = 1\n"),
    ("newlines in inline tables", "b@ = 1,\n", "a = {\n", "}\n"),
)
_YAML = (
    ("keys", "a@: x\n"),
    ("elements", "- a@\n"),
    ("numbers", "- 1\n"),
    ("one list", "a@, ", "a: [", "]"),
    ("open lists", "["),
    ("closed lists", "[", "", "", "]"),
    ("dashes", "- "),
    ("mappings", "{a: "),
    ("questions", "? "),
    ("one string", "x", 'a: "', '"\n'),
    ("escapes", "\\u0041", 'a: "', '"\n'),
    ("block", "  x\n", "a: |\n"),
    ("folded", "  x\n", "a: >\n"),
    ("plain over lines", " x\n", "a: b\n"),
    ("anchors", "a@: &a@ x\n"),
    ("aliases", "- *a\n", "- &a x\n"),
    ("bomb", "a@: &a@ [*z, *z]\n", "z: &z [x, x]\n"),
    ("merges", "- <<: *a\n", "- &a {b: c}\n"),
    ("documents", "---\n"),
    ("documents with keys", "---\na: b\n"),
    ("directives", "%TAG ! x\n"),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("one comment", "#"),
    ("empty lines", "\n"),
    ("conflicts", "<<<<<<< HEAD\n"),
    ("tags", "- !a x\n"),
)
_INI = (
    ("keys", "a@ = x\n", "[x]\n"),
    ("sections", "[a@]\n"),
    ("lines", " a@>=1\n", "[options]\ninstall_requires =\n"),
    ("lines of tox", " a@>=1\n", "[testenv]\ndeps =\n"),
    ("one line", "a", "[options]\ninstall_requires = "),
    ("semicolons", "a;", "[options]\ninstall_requires = "),
    ("factors", "a,", "[testenv]\ndeps = "),
    ("braces", "{", "[testenv]\ndeps = "),
    ("references", " {[testenv]deps}\n", "[testenv]\ndeps =\n"),
    ("colons", ":", "[x]\n"),
    ("equals", "=", "[x]\n"),
    ("blanks", " ", "[x]\na"),
    ("brackets", "["),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("extras", "a@ = b\n", "[options.extras_require]\n"),
)
_JSON = (
    ("keys", '"a@": 1,', "{", '"z": 1}'),
    ("one array", "1,", "[", "1]"),
    ("open arrays", "["),
    ("closed arrays", "[", "", "", "]"),
    ("objects", '{"a":', "", "1", "}"),
    ("one string", "x", '"', '"'),
    ("escapes", "\\u0041", '"', '"'),
    ("one open string", "x", '"'),
    ("digits", "1"),
    ("blanks", " "),
    ("empty lines", "\n"),
    ("duplicates", '"a": 1,', "{", '"a": 1}'),
)
_PYTHON = (
    ("names", "a@ = 1\n"),
    ("one list", '"a@",', "from setuptools import setup\nsetup(install_requires=[", "])\n"),
    ("one string", "a", 'from setuptools import setup\nsetup(install_requires="', '")\n'),
    ("one string of lines", "a@\\n", 'from setuptools import setup\nsetup(install_requires="', '")\n'),
    ("strings side by side", '"a" ', "from setuptools import setup\nsetup(install_requires=", ")\n"),
    ("sums", '["a"] + ', "from setuptools import setup\nsetup(install_requires=", '["b"])\n'),
    ("doubled", "a = a + a\n", "from setuptools import setup\na = ['x']\n", "setup(install_requires=a)\n"),
    ("brackets", "["),
    ("parentheses", "(", "x = "),
    ("minuses", "-", "x = ", "1\n"),
    ("nots", "not ", "x = ", "1\n"),
    ("attributes", ".a", "x"),
    ("one imported name", ".a", "import a", "\n"),
    ("one imported name over lines", ".\\\na", "import a", "\n"),
    ("one name to import from", ".a", "from a", " import b\n"),
    ("dots to import from", ".", "from ", " import b\n"),
    ("imported names", "a, ", "import ", "a\n"),
    ("one decorator", ".a", "@a", "\ndef f(): pass\n"),
    ("strings on one line", "'a'", "x = ", "\n"),
    ("strings of formats", "f'{a}' ", "x = ", "\n"),
    ("comparisons", "a<", "x = ", "a\n"),
    ("conditions", "a if b else ", "x = ", "c\n"),
    ("lambdas", "lambda:", "x = ", "1\n"),
    ("targets", "a=", "", "1\n"),
    ("subscripts", "[a]", "x = a", "\n"),
    ("commas", "a,", "x = ", "\n"),
    ("statements on one line", "a;"),
    ("calls", "a("),
    ("ifs", "if x:\n y\n"),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("quotes", "'"),
    ("empty lines", "\n"),
    ("digits", "1", "x = "),
    ("setups", "setup(install_requires=['a@'])\n", "from setuptools import setup\n"),
)
_SCRIPT = (
    ("dependencies", '#   "a@",\n', "# /// script\n# dependencies = [\n", "# ]\n# ///\n"),
    ("keys", "# a@ = 1\n", "# /// script\n", "# ///\n"),
    ("blocks", "# /// script\n# ///\n"),
    ("open blocks", "# /// script\n"),
    ("other blocks", "# /// a@\n# x\n# ///\n"),
    ("empty comments", "#\n", "# /// script\n"),
    ("code", "x = 1\n"),
    ("quotes", "'"),
    ("array", "[", "# /// script\n# a = "),
)
_DOCKER = (
    ("stages", "FROM python:3.9 AS a@\n"),
    ("stages on stages", "FROM a AS a\n", "FROM python:3.9 AS a\n"),
    ("settings", "ENV A@=1\n", "FROM python:3.9\n"),
    ("settings on one line", "A@=1 ", "FROM python:3.9\nENV "),
    ("settings and stages", "ENV A@=1\nFROM a AS a\n", "FROM python:3.9 AS a\n"),
    ("settings of stages", "ENV A@=1\nFROM a AS b@\nFROM b@ AS a\n", "FROM python:3.9 AS a\n"),
    ("installs", "RUN pip install a@\n", "FROM python:3.9\n"),
    ("installs on one line", " a@", "FROM python:3.9\nRUN pip install"),
    ("commands", " && pip install a@", "FROM python:3.9\nRUN x"),
    ("continuations", "a \\\n", "FROM python:3.9\nRUN pip install "),
    ("comments in one", "# x\n", "FROM python:3.9\nRUN pip install \\\n"),
    ("here-documents", "RUN <<A\nA\n", "FROM python:3.9\n"),
    ("one here-document", "pip install a@\n", "FROM python:3.9\nRUN <<A\n"),
    ("words of here-documents", " <<A@", "FROM python:3.9\nRUN x"),
    ("variables", "${A}", "ARG A=1\nFROM python:3.9\nENV B="),
    ("variables that double", "ARG A=$A$A\n", "ARG A=1\n", "FROM python:$A\n"),
    ("arguments", "ARG A@=1\n"),
    ("quotes", "'", "FROM python:3.9\nRUN pip install "),
    ("double quotes", '"', "FROM python:3.9\nENV A="),
    ("backslashes", "\\", "FROM python:3.9\nRUN pip install "),
    ("exec form", '"a@",', 'FROM python:3.9\nRUN ["pip","install",', '"b"]\n'),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("options of from", "--a=b ", "FROM "),
    ("colons", ":", "FROM a"),
    ("slashes", "a/", "FROM "),
    ("words", "a "),
    ("sudo", "sudo ", "FROM python:3.9\nRUN "),
    ("assignments", "A=1 ", "FROM python:3.9\nRUN "),
    ("redirects", "> a ", "FROM python:3.9\nRUN "),
    ("semicolons", ";", "FROM python:3.9\nRUN "),
    ("empty lines", "\n"),
)
_ENV = (
    ("settings", "A@=1\n"),
    ("one name", "A"),
    ("one value", "x", "A="),
    ("quotes", '"', "A="),
    ("lines of a value", "x\n", 'A="'),
    ("escapes", "\\n", 'A="', '"\n'),
    ("blanks", " ", "A=1"),
    ("blanks before", " "),
    ("hashes", " #", "A=1"),
    ("exports", "export "),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
    ("equals", "="),
    ("dollars", "$A", "B="),
)
_LAYERS = (
    ("layers", '"arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python39:@",\n'),
    ("one layer", ":layer:"),
    ("open blocks", 'resource "a" "b@" {\n', ":layer:x:1\n"),
    ("blocks", 'resource "aws_lambda_function" "b@" {\n layers = [":layer:x:@"]\n}\n'),
    ("braces", "{", 'resource "a" "b" {\n :layer:x:1\n'),
    ("quotes", '"', 'resource "a" "b" {\n :layer:x:1\n'),
    ("open comments", "/*", 'resource "a" "b" {\n :layer:x:1\n'),
    ("versions of layers", "python_layer_version=@\n"),
    ("one name", "layer_version", ":layer:"),
    ("underscores", "_", "layer_version"),
    ("settings", ' DD_A@ = "x"\n', 'module "b" {\n layer_version = 1\n', "}\n"),
    ("runtimes", "Runtime.PYTHON_3_@\n", "layer_version = 1\n"),
)
_WORDS = (
    ("versions", "3.@\n"),
    ("one version", "3."),
    ("digits", "1"),
    ("python", "python 3.11 "),
    ("lines of python", "python 3.@\n"),
    ("words", "python-"),
    ("blanks", " "),
    ("empty lines", "\n"),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n"),
)
_LOCK = (
    ("packages", '[[package]]\nname = "a@"\nversion = "1.@"\n\n'),
    ("packages in a list", '{name = "a@", version = "1"},', "package = [", "]\n"),
    ("packages of one name", '[[package]]\nname = "a"\nversion = "1.@"\n\n'),
    ("edges", '    { name = "a@" },\n', '[[package]]\nname = "a"\nversion = "1"\ndependencies = [\n', "]\n"),
    ("edges on one line", '{ name = "a@" }, ', '[[package]]\nname = "a"\nversion = "1"\ndependencies = [', "]\n"),
    ("keys of an edge", "k@ = 1, ", '[[package]]\nname = "a"\nversion = "1"\nx = { ', "z = 1 }\n"),
    ("files", '    {file = "a@", hash = "sha256:aa"},\n', '[[package]]\nname = "a"\nversion = "1"\nfiles = [\n', "]\n"),
    ("keys of a package", "k@ = 1\n", '[[package]]\nname = "a"\nversion = "1"\n'),
    ("tables of a package", "[package.t@]\na = 1\n", '[[package]]\nname = "a"\nversion = "1"\n'),
    ("dependencies", 'a@ = ">=1"\n', '[[package]]\nname = "a"\nversion = "1"\n[package.dependencies]\n'),
    ("one name", "a", '[[package]]\nname = "', '"\nversion = "1"\n'),
    ("one version", "1.", '[[package]]\nname = "a"\nversion = "', '"\n'),
    ("one header of a package", "a.", '[[package]]\nname = "a"\nversion = "1"\n[package.', "a]\nx = 1\n"),
    ("one header beside packages", "a.", "[metadata.", "a]\nx = 1\n"),
    ("one key of a package", "a.", '[[package]]\nname = "a"\nversion = "1"\n', "a = 1\n"),
    ("one key of an edge", "a.", '[[package]]\nname = "a"\nversion = "1"\ndependencies = [{', "a = 1}]\n"),
    ("other tables", "[a@]\nb = 1\n"),
    ("blanks", " "),
    ("comments", "# x\n"),
    ("comments for ddlint", "# ddlint: ignore[DD301] x@\n", "", '[[package]]\nname = "a"\nversion = "1"\n'),
    ("chain", '[[package]]\nname = "a@"\nversion = "1"\ndependencies = [\n    { name = "b@" },\n]\n\n'),
    ("open arrays", "[", "a = "),
    ("digits", "1", "a = "),
    ("escapes", "\\n", '[[package]]\nname = "a"\nversion = "1"\nx = "', '"\n'),
)
_YAML_LOCK = (
    ("packages", "- name: a@\n  version: 1.@\n  manager: pip\n  platform: linux-64\n", "version: 1\npackage:\n"),
    ("pixi packages", "- pypi: https://h.example/a@.whl\n  name: a@\n  version: 1.@\n", "version: 6\npackages:\n"),
    (
        "edges",
        "  - a@ >=1\n",
        "version: 6\npackages:\n- pypi: https://h.example/a.whl\n  name: a\n  version: 1\n  requires_dist:\n",
    ),
    ("one scalar", "a", "version: 6\npackages:\n- name: "),
    ("one word after the other", "a b ", "version: 6\npackages:\n- name: "),
    ("dashes", "- ", "packages:\n"),
    ("blanks", " ", "packages:\n-"),
    ("quotes", "''", "packages:\n- name: '", "'\n"),
    ("hashes", "a#", "packages:\n- name: "),
    ("colons", "a:", "packages:\n- "),
)
_MANIFEST = {
    "pyproject": (
        ("dependencies", '"a@>=1",\n', "[project]\ndependencies = [\n", "]\n"),
        ("odd dependencies", '"a@ (>=1)",\n', "[project]\ndependencies = [\n", "]\n"),
        ("faults", '"a b@",\n', "[project]\ndependencies = [\n", "]\n"),
        ("escaped dependencies", '"\\u0061@>=1",\n', "[project]\ndependencies = [\n", "]\n"),
        ("one dependency", "a", '[project]\ndependencies = ["', '"]\n'),
        ("one escaped dependency", "\\u0061", '[project]\ndependencies = ["', '"]\n'),
        ("one dependency of lines", "\\\n ", '[project]\ndependencies = ["""a', '"""]\n'),
        ("extras", 'a@ = ["b"]\n', "[project.optional-dependencies]\n"),
        ("groups", 'a@ = ["b"]\n', "[dependency-groups]\n"),
        ("groups that include", 'a@ = [{include-group = "b"}]\n', "[dependency-groups]\nb = []\n"),
        ("one group that includes", '{include-group = "b"},', "[dependency-groups]\nb = ['x']\na = [", "]\n"),
        ("poetry", 'a@ = "^1.@"\n', "[tool.poetry.dependencies]\n"),
        ("poetry groups", '[tool.poetry.group.a@.dependencies]\nb = "^1"\n'),
        ("poetry constraints", '{version="^1.@"},', "[tool.poetry.dependencies]\na = [", "]\n"),
        ("one constraint", "^1 || ", '[tool.poetry.dependencies]\na = "', '^2"\n'),
        ("one wish for a python", ">=3.8,", '[project]\nrequires-python = "', '<4"\n'),
        ("environments", '[tool.hatch.envs.e@]\ndependencies = ["a"]\n'),
        ("members", '"a@",', "[tool.uv.workspace]\nmembers = [", "]\n"),
        ("sources", 'a@ = { git = "https://h.example/x" }\n', "[tool.uv.sources]\n"),
    ),
    "pipfile": (
        ("packages", 'a@ = ">=1.@"\n', "[packages]\n"),
        ("categories", "[c@]\na = '*'\n"),
    ),
    "hatch_toml": (("environments", "[envs.e@]\ndependencies = ['a']\n"), ("templates", "[envs.e@]\ntemplate = 'e'\n")),
    "uv_toml": (("constraints", '"a@<2",\n', "constraint-dependencies = [\n", "]\n"),),
    "pixi_toml": (
        ("dependencies", 'a@ = ">=1"\n', "[dependencies]\n"),
        ("targets", "[target.t@.dependencies]\na = '1'\n"),
    ),
    "pipfile_lock": (
        ("packages", '"a@": {"version": "==1.@"},', '{"default": {', '"z": {"version": "==1"}}}'),
        ("one package", '"k@": 1,', '{"default": {"a": {', '"version": "==1"}}}'),
    ),
    "ecs": (
        ("containers", '{"name": "a@", "image": "python:3.9"},', '{"containerDefinitions": [', "{}]}"),
        ("settings", '{"name": "A@", "value": "1"},', '{"containerDefinitions": [{"environment": [', "{}]}]}"),
    ),
    "environment_yml": (
        ("dependencies", "- a@=1.@\n", "dependencies:\n"),
        ("pip", "  - a@==1.@\n", "dependencies:\n- pip:\n"),
        ("a block of pip", "    a@==1.@\n", "dependencies:\n- pip:\n  - |\n"),
        ("one dependency", "a", "dependencies:\n- "),
        ("pipes", ">=1|", "dependencies:\n- a ", "2\n"),
        ("brackets", "[", "dependencies:\n- 'a ", "'\n"),
    ),
    "pre_commit_config": (
        ("dependencies", "a@, ", "repos:\n- hooks:\n  - id: x\n    additional_dependencies: [", "b]\n"),
        ("hooks", "  - id: a@\n    additional_dependencies: [b]\n", "repos:\n- hooks:\n"),
        ("aliases", "  - *h\n", "repos:\n- hooks:\n  - &h {id: a, additional_dependencies: [b, c, d, e]}\n"),
    ),
    "workflow": (
        (
            "versions",
            "'3.@', ",
            "jobs:\n  t:\n    strategy: {matrix: {python-version: [",
            "'3.9']}}\n    steps: [{uses: actions/setup-python@v5, with: {python-version: '${{ matrix.python-version }}'}}]\n",
        ),
        ("jobs", "  j@: {runs-on: ubuntu-24.04}\n", "jobs:\n"),
        ("steps", "    - {uses: actions/setup-python, with: {python-version: '3.9'}}\n", "jobs:\n  t:\n    steps:\n"),
        (
            "matrix steps",
            "    - {uses: actions/setup-python, with: {python-version: '${{ matrix.p }}'}}\n",
            "jobs:\n  t:\n    strategy: {matrix: {p: [3.9, '3.10', 3.11]}}\n    steps:\n",
        ),
        ("jobs by alias", "  j@: *j\n", "x: &j {runs-on: ubuntu-24.04, env: {A: b, C: d}}\njobs:\n"),
        ("settings", "  A@: b\n", "env:\n"),
    ),
    "compose": (
        ("services", "  s@: {image: 'python:3.9', environment: {A: b}}\n", "services:\n"),
        ("settings", "      A@: b\n", "services:\n  s:\n    environment:\n"),
        ("services by alias", "  s@: *s\n", "x: &s {image: 'python:3.9', environment: {A: b, C: d}}\nservices:\n"),
        ("merges", "    <<: *s\n", "x: &s {image: 'python:3.9', environment: {A: b, C: d}}\nservices:\n  s:\n"),
    ),
    "serverless": (
        ("functions", "  f@: {runtime: python3.9, environment: {A: b}}\n", "functions:\n"),
        ("functions by alias", "  f@: *f\n", "x: &f {runtime: python3.9, environment: {A: b}}\nfunctions:\n"),
        ("resources", "  F@: {Type: 'AWS::Serverless::Function', Properties: {Runtime: python3.9}}\n", "Resources:\n"),
    ),
    "kubernetes": (
        ("documents", "---\nkind: Pod\nspec: {containers: [{image: 'python:3.9', env: [{name: A, value: b}]}]}\n"),
        ("containers", "  - {image: 'python:3.9', env: [{name: A, value: b}]}\n", "kind: Pod\nspec:\n  containers:\n"),
        ("items", "- {kind: Pod, spec: {containers: [{image: 'a:b'}]}}\n", "kind: List\nitems:\n"),
        (
            "containers by alias",
            "  - *c\n",
            "x: &c {image: 'python:3.9', env: [{name: A, value: b}]}\nkind: Pod\nspec:\n  containers:\n",
        ),
        (
            "lists in lists",
            "- &l@ {kind: List, items: [*a, *a]}\n",
            "kind: List\nx: &a {kind: Pod, spec: {containers: [{image: 'a:b'}]}}\nitems:\n",
        ),
    ),
}
FAMILIES = {
    "requirements_txt": _PIP,
    **dict.fromkeys(("pyproject", "pipfile", "hatch_toml", "uv_toml", "pixi_toml"), _TOML),
    **dict.fromkeys(("setup_cfg", "tox_ini"), _INI),
    **dict.fromkeys(("setup_py", "noxfile"), _PYTHON),
    "script": _SCRIPT,
    **dict.fromkeys(("uv_lock", "poetry_lock", "pdm_lock", "pylock"), _LOCK + _TOML),
    **dict.fromkeys(("pipfile_lock", "ecs"), _JSON),
    **dict.fromkeys(("pixi_lock", "conda_lock"), _YAML_LOCK + _YAML),
    **dict.fromkeys(("environment_yml", "pre_commit_config", "workflow", "compose", "serverless", "kubernetes"), _YAML),
    **dict.fromkeys(("cdk", "terraform"), _LAYERS),
    "dockerfile": _DOCKER,
    "env_file": _ENV,
    **dict.fromkeys(("python_version", "runtime_txt", "tool_versions"), _WORDS),
}


def shapes(name: str) -> Iterator[Shape]:
    """The shapes of an input: those of its language, and its own."""
    for label, *parts in (*_MANIFEST.get(name, ()), *FAMILIES[name]):
        shape = Shape(name, label, *(part.replace("\x00", "@") if label == "named urls" else part for part in parts))
        yield shape._replace(unit=shape.unit.replace("[[package]]", "[[packages]]"), head=_head(name, shape.head))


def _head(name: str, head: str) -> str:
    return (
        head.replace("[[package]]", "[[packages]]").replace("package = [", "packages = [") if name == "pylock" else head
    )


class Measured(NamedTuple):
    """What reading a file took in a process of its own; both are negative where it ended badly."""

    seconds: float
    memory: int
    words: str = ""

    def is_within(self, size: int) -> bool:
        return 0 <= self.seconds <= allowed(size) and self.memory <= FLOOR + TIMES * size


_CHILD = """
import sys, time
from importlib import import_module
from ddlint.core.source import decode
from ddlint.inputs import BY_MODULE
module = import_module("ddlint.inputs." + sys.argv[1])
data = sys.stdin.buffer.read()
start = time.process_time()
found = decode("/project/" + sys.argv[1], data, has_cookie=BY_MODULE[sys.argv[1]].has_cookie)
del data
manifest = module.parse(found) if hasattr(found, "text") else None
taken = time.process_time() - start
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1]
print(taken, int(peak) * 1024, *(len(field) for field in manifest[2:] if manifest))
"""


def measured(shape: Shape, data: bytes, limit: float) -> Measured:
    call = [sys.executable, "-c", _CHILD, shape.input]
    try:
        done = subprocess.run(call, input=data, capture_output=True, cwd=ROOT, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return Measured(-1.0, -1, f"not done after {limit:.0f} s")
    if done.returncode:
        return Measured(-1.0, -1, done.stderr.decode().splitlines()[-1] if done.stderr else str(done.returncode))
    seconds, memory, *_ = done.stdout.decode().split()
    return Measured(float(seconds), int(memory))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.bulk")
    parser.add_argument("--size", type=float, default=2.0, help="megabytes of each file")
    parser.add_argument("--pad", type=int, default=0, help="characters of each thing, to stay within limits on number")
    parser.add_argument("--comment", action="store_true", help="begin with a comment for ddlint that is not ASCII")
    parser.add_argument("--input", action="append", help="only this input; may be given often")
    options = parser.parse_args()
    size = int(options.size * 1_000_000)
    tried, worst, bad = 0, (0.0, 0.0), 0
    for name in options.input or FAMILIES:
        for shape in shapes(name):
            data = (_COMMENT if options.comment else b"") + shape.made(size, options.pad)
            found = measured(shape, data, 10 * SECONDS_PER_MEGABYTE * options.size + 10)
            per_megabyte, times = found.seconds * 1e6 / len(data), max(found.memory - FLOOR, 0) / len(data)
            tried, worst = tried + 1, (max(worst[0], per_megabyte), max(worst[1], times))
            if not found.is_within(len(data)):
                bad += 1
            mark = "" if found.is_within(len(data)) else f"   <-- {found.words or 'too much'}"
            sys.stdout.write(f"{name:18} {shape.name:32} {per_megabyte:7.3f} s/MB  40 MiB + {times:4.1f} x{mark}\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{tried} shapes of {options.size} MB, {bad} beyond a limit; at most {worst[0]:.3f} s/MB, 40 MiB + {worst[1]:.1f} x\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
