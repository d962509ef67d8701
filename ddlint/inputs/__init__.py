"""The list of input formats. An input decides by the file's name only, and reads one source into a manifest.

An input is a module with `NAME: str` (shown by `inspect`), `HAS_COOKIE: bool` (whether a PEP 263 cookie names the
encoding of its files) and `parse(source: Source) -> Manifest`. A line of `INPUTS` is the module's name and a regular
expression that is searched in the absolute path, with `/`; the first line that matches reads the file. The patterns
stand here and not in the modules, so that no module is imported for files that are not there.
"""

from __future__ import annotations

INPUTS: tuple[tuple[str, str], ...] = (
    (
        "requirements_txt",
        r"(?i)(?:/(?:requirements|reqs|deps)/[^/]*|/[^/]*(?:requirements|constraints)[^/]*)\.(?:txt|in|pip)$",
    ),
    ("pyproject", r"/pyproject\.toml$"),
    ("setup_cfg", r"/setup\.cfg$"),
    ("setup_py", r"/setup\.py$"),
    ("tox_ini", r"/tox\.ini$"),
    ("script", r"\.py$"),
    ("uv_lock", r"/(?:uv|[^/]+\.py)\.lock$"),
    ("poetry_lock", r"/poetry\.lock$"),
    ("pdm_lock", r"/pdm(?:\.[^/]+)?\.lock$"),
    ("pylock", r"/pylock(?:\.[^/.]+)?\.toml$"),
    ("pipfile", r"/Pipfile$"),
    ("pipfile_lock", r"/Pipfile\.lock$"),
    ("hatch_toml", r"/hatch\.toml$"),
    ("uv_toml", r"/uv\.toml$"),
    ("pixi_toml", r"/pixi\.toml$"),
    ("pixi_lock", r"/pixi\.lock$"),
    ("conda_lock", r"/(?:[^/]*\.)?conda-lock(?:\.[^/]+)?\.ya?ml$"),
    ("environment_yml", r"/(?:conda|(?:conda[-_.])?environment(?:[-_][\w.-]+)?)\.ya?ml$"),
    ("pre_commit_config", r"/\.pre-commit-config\.ya?ml$"),
    ("workflow", r"/\.github/workflows/[^/]+\.ya?ml$"),
    ("dockerfile", r"(?i)/(?:[^/]+[.-])?(?:docker|container)file(?:[.-](?!dockerignore$|md$|py$)[\w-]+)*$"),
    ("compose", r"/(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$"),
    ("env_file", r"/(?!example|sample)(?:[\w-][\w.-]*)?\.env(?:\.(?!example$|sample$|template$|tmpl$|dist$)[\w-]+)?$"),
    ("serverless", r"/(?:serverless|sam|template)(?:[.-][\w.-]+)?\.ya?ml$"),
    ("ecs", r"(?i)/[^/]*task[-_.]?def(?:inition)?s?[^/]*\.json$"),
    (
        "kubernetes",
        (
            r"(?i)(?:/(?:k8s|kubernetes|kube|manifests?|deploy(?:ments?)?|kustomize|overlays)/.*"
            r"|/[^/]*(?:deployment|statefulset|daemonset|cronjob|configmap|k8s|kubernetes))\.ya?ml$"
        ),
    ),
    ("python_version", r"/\.python-version$"),
    ("runtime_txt", r"/runtime\.txt$"),
    ("tool_versions", r"/\.tool-versions$"),
)
"""(module, pattern), in order of precedence."""

HINTS: frozenset[str] = frozenset(
    (
        *("compose", "dockerfile", "ecs", "env_file", "kubernetes", "pre_commit_config", "python_version"),
        *("runtime_txt", "serverless", "tool_versions", "workflow"),
    )
)
"""Modules whose files say what a project runs on, and do not make a directory a project by themselves."""

ON_REQUEST: frozenset[str] = frozenset({"script"})
"""Modules that read a file only when the call names it, because their pattern holds for most files."""

ENDINGS: frozenset[str] = frozenset(
    ("txt", "in", "pip", "toml", "cfg", "ini", "lock", "yml", "yaml", "json", "python-version", "tool-versions")
)
WORDS = ("file", ".env", "setup.py")
"""What is behind the last dot, or else somewhere in the name, of every file that is read without being named.

In lower case. Most files of a repository are told apart by this alone.
"""
