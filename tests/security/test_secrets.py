"""The credentials of an index, a repository or a service are never printed, wherever a file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.whole import run_over
from tests.security.tree import put

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "t0k3nOfSomebody"
URL = f"https://user:{SECRET}@index.example/simple"
TOKEN = f"https://{SECRET}@index.example/simple"
OLD = "ddtrace==4.16.0\ndjango==1.11.29\n"

FILES = {
    "index": ("requirements.txt", f"--index-url {URL}\n{OLD}"),
    "index with =": ("requirements.txt", f"--extra-index-url={TOKEN}\n{OLD}"),
    "short index": ("requirements.txt", f"-i {URL}\n{OLD}"),
    "find links": ("requirements.txt", f"-f {URL}\n{OLD}"),
    "unknown option": ("requirements.txt", f"--indx-url={URL}\n{OLD}"),
    "a continued index": ("requirements.txt", f"--index-url \\\n  {URL}\n{OLD}"),
    "a repository": ("requirements.txt", f"{OLD}git+{URL}/x.git@v1#egg=x\n"),
    "a named repository": ("requirements.txt", f"{OLD}x @ git+{TOKEN}/x.git@v1\n"),
    "a repository of the tracer": ("requirements.txt", f"ddtrace @ git+{TOKEN}/x.git@v1\ndjango==1\n"),
    "a broken repository": ("requirements.txt", f"{OLD}git+{URL}/x.git@v1#egg=x==1\n"),
    "a broken requirement": ("requirements.txt", f"{OLD}x == 1 {URL}\n"),
    "an include": ("requirements.txt", f"{OLD}-r {URL}/x.txt\n"),
    "a constraint": ("requirements.txt", f"{OLD}-c {TOKEN}/x.txt\n"),
    "an editable": ("requirements.txt", f"{OLD}-e git+{URL}/x#egg=x\n"),
    "a query": ("requirements.txt", f"{OLD}x @ https://index.example/x.zip?token={SECRET}&a=b\n"),
    "a token that stands beside": ("requirements.txt", f"--index-url {URL} django==1.0\n{OLD}"),
    "pyproject": ("pyproject.toml", f'[project]\ndependencies = ["ddtrace==4.16.0", "x @ git+{URL}"]\n[[tool.uv.index]]\nurl = "{URL}"\n'),
    "poetry": ("pyproject.toml", f'[tool.poetry.dependencies]\nddtrace = "4.16.0"\nx = {{git = "{URL}"}}\n[[tool.poetry.source]]\nurl = "{URL}"\n'),
    "poetry, broken": ("pyproject.toml", f'[tool.poetry.dependencies]\nddtrace = "4.16.0"\nx = "{URL}"\n[[tool.poetry.source]\nurl = "{URL}"\n'),
    "broken TOML": ("pyproject.toml", f"[[tool.uv.index]]\nurl = {URL}\n"),
    "uv sources": ("pyproject.toml", f'[project]\ndependencies = ["ddtrace==4.16.0", "x"]\n[tool.uv.sources]\nx = {{git = "{URL}"}}\n'),
    "Pipfile": ("Pipfile", f'[[source]]\nurl = "{URL}"\n[packages]\nddtrace = "==4.16.0"\nx = {{git = "{TOKEN}"}}\ny = "{URL}"\n'),
    "Pipfile.lock": ("Pipfile.lock", f'{{"_meta": {{"sources": [{{"url": "{URL}"}}]}}, "default": {{"ddtrace": {{"version": "==4.16.0"}}, "x": {{"git": "{URL}"}}}}}}'),
    "broken Pipfile.lock": ("Pipfile.lock", f'{{"_meta": {{"sources": [{{"url": {URL}}}]}}}}'),
    "uv.lock": ("uv.lock", f'version = 1\n[[package]]\nname = "ddtrace"\nversion = "4.16.0"\nsource = {{ registry = "{URL}" }}\n'),
    "poetry.lock": ("poetry.lock", f'[[package]]\nname = "ddtrace"\nversion = "4.16.0"\n[package.source]\nurl = "{URL}"\n'),
    "setup.cfg, a setting": ("setup.cfg", f"[options.extras_require]\nENV DB_PWD=x\\ {SECRET}\nDB_PASS: a {SECRET}\nexport API_KEY=a,b;c#{SECRET}\n"),
    "setup.cfg": ("setup.cfg", f"[options]\ninstall_requires =\n  ddtrace==4.16.0\n  x @ git+{URL}\n  x == {URL}\n"),
    "setup.py": ("setup.py", f'from setuptools import setup\nsetup(install_requires=["ddtrace==4.16.0", "x @ git+{URL}", "x {URL}"])\n'),
    "tox.ini": ("tox.ini", f"[testenv]\ndeps =\n  ddtrace==4.16.0\n  -i {URL}\n  x @ git+{URL}\nsetenv =\n  PIP_INDEX_URL = {URL}\n"),
    "tox.ini, a name": ("tox.ini", f"[tox]\nenvlist =\n  password = {SECRET}\n[testenv]\ndeps = ddtrace==4.16.0\n[testenv:{SECRET}]\ndeps = ddtrace==4.2.0\n"),
    "environment.yml": ("environment.yml", f"dependencies:\n- pip:\n  - ddtrace==4.16.0\n  - --index-url {URL}\n  - x @ git+{URL}\n- {URL}::x=1\nchannels: ['{URL}']\n"),
    "broken YAML": ("environment.yml", f"dependencies:\n- pip: [ddtrace\n  - --index-url {URL}\n"),
    "Dockerfile": ("Dockerfile", f'FROM python:3.12\nARG INDEX={URL}\nENV PIP_INDEX_URL={URL} UV_INDEX="{TOKEN}" PIP_EXTRA_INDEX_URL=$INDEX\nRUN pip install ddtrace==4.16.0 django==1.0 -i {URL} x@git+{URL}\nENV DD_API_KEY={SECRET}\n'),
    "compose": ("compose.yaml", f"services:\n  a:\n    image: python:3.12\n    environment:\n      PIP_INDEX_URL: {URL}\n      DD_API_KEY: {SECRET}\n      MY_PASSWORD: {SECRET}\n"),
    "env": (".env", f"PIP_INDEX_URL={URL}\nDD_APP_KEY={SECRET}\nGITHUB_TOKEN='{SECRET}'\n"),
    "workflow": (".github/workflows/a.yml", f"env:\n  PIP_INDEX_URL: {URL}\n  DD_API_KEY: {SECRET}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n"),
    "kubernetes": ("k8s/a.yaml", f"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: python:3.12\n    env:\n    - {{name: DD_API_KEY, value: {SECRET}}}\n    - {{name: URL, value: '{URL}'}}\n"),
}  # fmt: skip


@pytest.mark.parametrize("name, text", FILES.values(), ids=FILES)
def test_no_secret_is_printed(tmp_path: Path, name: str, text: str) -> None:
    if name != "requirements.txt":
        put(tmp_path / "requirements.txt", OLD)
    put(tmp_path / name, text)

    texts = run_over(tmp_path)

    leaking = {form: text[max(text.find(SECRET) - 150, 0) :][:300] for form, text in texts.items() if SECRET in text}
    assert leaking == {}
    assert "DD" in texts["concise"], "something is said of it, or of what stands beside it"
