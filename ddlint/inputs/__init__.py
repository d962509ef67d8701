"""The registry of input formats: one record for each, from which every other list of them is derived.

An input is a module with `NAME: str` (the `name` of its record) and `parse(source: Source) -> Manifest`. The path of a
file alone decides which input reads it: the first one whose names match. The records are here and not in the modules,
so that no module is imported for files that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache

from ddlint.core.namedtuple import NamedTuple


class Kind(Enum):
    """What a file is to its project."""

    MANIFEST = "manifest"
    """It is written by hand, and says what is installed: `--fix` may edit it."""
    LOCK = "lock"
    """A tool writes it, and it says which versions are installed."""
    IMAGE = "image"
    """It says what is installed and on which Python at once, and does not make a directory a project by itself."""
    HINT = "hint"
    """It says what a project runs on, and does not make a directory a project by itself."""


class Input(NamedTuple):
    """One input format, or the part of it that has names, locks or commands of its own."""

    name: str
    """What `inspect` calls it, which is `Manifest.input`."""
    module: str
    """The module that reads it, in this package."""
    kind: Kind
    names: tuple[str, ...]
    r"""Globs of paths below a root: `*` is any text without `/`, `**` any text, `{a,b}` a choice; a glob has three
    stars at most, so that no name takes long. They match from the beginning of a name, of a file or of a folder."""
    except_names: tuple[str, ...] = ()
    """Globs of file names that it does not read all the same."""
    ignores_case: bool = False
    has_cookie: bool = False
    """Whether a PEP 263 cookie names the encoding."""
    is_on_request: bool = False
    """Whether it reads a file only when the call names it, because its names hold for most files."""
    is_included: bool = False
    """Whether it reads what other files include, whatever the name, and a text file that the call names."""
    describes_distribution: bool = False
    """Whether it describes one distribution, together with the others of which this is true in the same folder."""
    lock_of: tuple[str, ...] = ()
    """The file names of the manifests that it locks, in the same folder or below; `{stem}` is its own name without
    the last ending."""
    lock_command: str = ""
    """The command that makes it again; `{stem}` as in `lock_of`. Empty where several tools may do it."""
    upgrade_command: str = ""
    """The command that locks another version of one package, `{package}`."""


_PYPROJECT = ("pyproject.toml",)

INPUTS: tuple[Input, ...] = (
    Input(
        "requirements.txt",
        "requirements_txt",
        Kind.MANIFEST,
        ("{requirements,reqs,deps}/*.{txt,in,pip}", "*{requirements,constraints}*.{txt,in,pip}"),
        ignores_case=True,
        has_cookie=True,
        is_included=True,
        lock_command="pip-compile {stem}.in",
        upgrade_command="pip-compile --upgrade-package {package} {stem}.in",
    ),
    Input("pyproject.toml", "pyproject", Kind.MANIFEST, ("pyproject.toml",), describes_distribution=True),
    Input("setup.cfg", "setup_cfg", Kind.MANIFEST, ("setup.cfg",), describes_distribution=True),
    Input("setup.py", "setup_py", Kind.MANIFEST, ("setup.py",), has_cookie=True, describes_distribution=True),
    Input("tox.ini", "tox_ini", Kind.MANIFEST, ("tox.ini",)),
    Input("noxfile.py", "noxfile", Kind.MANIFEST, ("noxfile.py",), has_cookie=True),
    Input("cdk", "cdk", Kind.HINT, ("*stack*.{py,ts}",), ("*.d.ts", "test_*", "*_test.py", "*.test.ts", "*.spec.ts")),
    Input("script", "script", Kind.MANIFEST, ("*.py",), has_cookie=True, is_on_request=True),
    Input(
        "uv.lock",
        "uv_lock",
        Kind.LOCK,
        ("uv.lock",),
        lock_of=_PYPROJECT,
        lock_command="uv lock",
        upgrade_command="uv lock --upgrade-package {package}",
    ),
    Input(
        "uv.lock",
        "uv_lock",
        Kind.LOCK,
        ("*.py.lock",),
        lock_of=("{stem}",),
        lock_command="uv lock --script {stem}",
        upgrade_command="uv lock --script {stem} --upgrade-package {package}",
    ),
    Input(
        "poetry.lock",
        "poetry_lock",
        Kind.LOCK,
        ("poetry.lock",),
        lock_of=_PYPROJECT,
        lock_command="poetry lock",
        upgrade_command="poetry update {package}",
    ),
    Input(
        "pdm.lock",
        "pdm_lock",
        Kind.LOCK,
        ("pdm{,.*}.lock",),
        lock_of=_PYPROJECT,
        lock_command="pdm lock",
        upgrade_command="pdm update {package}",
    ),
    Input(
        "pixi.lock",
        "pixi_lock",
        Kind.LOCK,
        ("pixi.lock",),
        lock_of=("pyproject.toml", "pixi.toml"),
        lock_command="pixi lock",
        upgrade_command="pixi update {package}",
    ),
    Input("pylock.toml", "pylock", Kind.LOCK, ("pylock{,.*}.toml",), ("pylock.*.*.toml",), lock_of=_PYPROJECT),
    Input("Pipfile", "pipfile", Kind.MANIFEST, ("Pipfile",)),
    Input(
        "Pipfile.lock",
        "pipfile_lock",
        Kind.LOCK,
        ("Pipfile.lock",),
        lock_of=("Pipfile",),
        lock_command="pipenv lock",
        upgrade_command="pipenv upgrade {package}",
    ),
    Input("uv.toml", "uv_toml", Kind.MANIFEST, ("uv.toml",), describes_distribution=True),
    Input("hatch.toml", "hatch_toml", Kind.MANIFEST, ("hatch.toml",), describes_distribution=True),
    Input("pixi.toml", "pixi_toml", Kind.MANIFEST, ("pixi.toml",)),
    Input(
        "conda-lock.yml",
        "conda_lock",
        Kind.LOCK,
        ("{,*.}conda-lock{,.*}.{yml,yaml}",),
        lock_of=("environment.yml", "environment.yaml"),
        lock_command="conda-lock",
    ),
    Input(
        "environment.yml",
        "environment_yml",
        Kind.MANIFEST,
        ("conda.{yml,yaml}", "{,conda-,conda_,conda.}environment{,-*,_*}.{yml,yaml}"),
    ),
    Input(".pre-commit-config.yaml", "pre_commit_config", Kind.HINT, (".pre-commit-config.{yml,yaml}",)),
    Input("workflow", "workflow", Kind.HINT, (".github/workflows/*.{yml,yaml}",)),
    Input(
        "Dockerfile",
        "dockerfile",
        Kind.IMAGE,
        ("{,*.,*-,*_}{docker,container}file{,.*,-*,_*}",),
        ("*.dockerignore", "*.md", "*.py"),
        ignores_case=True,
    ),
    Input("compose", "compose", Kind.HINT, ("{,docker-,docker.,docker_}compose{,.*,-*,_*}.{yml,yaml}",)),
    Input(
        ".env",
        "env_file",
        Kind.HINT,
        ("{,*}.env{,.*}",),
        ("example*", "sample*", "*.env.{example,sample,template,tmpl,dist}", "*.env.*.*"),
    ),
    Input("serverless", "serverless", Kind.HINT, ("{serverless,sam,template}{,.*,-*}.{yml,yaml}",)),
    Input("ecs", "ecs", Kind.HINT, ("*task{,-,_,.}def*.json",), ignores_case=True),
    Input(
        "kubernetes",
        "kubernetes",
        Kind.HINT,
        (
            "{k8s,kubernetes,kube,manifest,manifests,deploy,deployment,deployments,kustomize,overlays}/**.{yml,yaml}",
            "{helm,chart,charts}/**.{yml,yaml}",
            "{k8s,kube,kubernetes}{-,_}manifests/**.{yml,yaml}",
            "templates/*.{yml,yaml}",
            "*{deploy,deployment,statefulset,daemonset,cronjob,job,pod,rollout,configmap,k8s,kubernetes,manifests}.{yml,yaml}",
            "app.{yml,yaml}",
            "values{,.*,-*,_*}.{yml,yaml}",
        ),
        ignores_case=True,
    ),
    Input("terraform", "terraform", Kind.HINT, ("*.tf",)),
    Input(".python-version", "python_version", Kind.HINT, (".python-version",)),
    Input("runtime.txt", "runtime_txt", Kind.HINT, ("runtime.txt",)),
    Input(".tool-versions", "tool_versions", Kind.HINT, (".tool-versions",)),
)
"""In order of precedence."""


def choices(glob: str) -> Iterator[str]:
    """Yield the globs without braces that `glob` expands to."""
    before, brace, rest = glob.partition("{")
    if not brace:
        yield glob
        return
    inside, _, after = rest.partition("}")
    for choice in inside.split(","):
        for end in choices(after):
            yield before + choice + end


def _translated(glob: str) -> str:
    """Translate a glob into an expression; both know no more than one way to read a name."""
    for sign, meant in ((".", r"\."), ("**", ".+"), ("*", "[^/]*"), ("{", "(?:"), (",", "|"), ("}", ")")):
        glob = glob.replace(sign, meant)
    return glob


def pattern_of(one: Input) -> str:
    """Return the expression that finds the names of an input in a path, each folder of which has a `/` before it."""
    flags = "(?i)" if one.ignores_case else ""
    kept_out = f"(?!(?:{'|'.join(map(_translated, one.except_names))})$)" if one.except_names else ""
    return f"{flags}/{kept_out}(?:{'|'.join(map(_translated, one.names))})$"


@cache
def _pattern(number: int) -> re.Pattern[str]:
    return re.compile(pattern_of(INPUTS[number]))


_BY_ENDING: dict[str, list[int]] = {}
_BY_WORD: dict[str, list[int]] = {}
"""The numbers of the inputs that read names with such an ending (behind the last dot), or else with such a word.

In lower case. Most files of a repository are passed over by these alone.
"""


def _index() -> None:
    """Find for every glob what each of its names ends in, or else its longest word: `dockerfile` of `dockerfile.*`."""
    for number, one in enumerate(INPUTS):
        words = set()
        for glob in one.names:
            for name in choices(glob.rpartition("/")[2].lower()):
                _, dot, ending = name.rpartition(".")
                if dot and "*" not in ending and (ending != "py" or one.is_on_request):
                    numbers = _BY_ENDING.setdefault(ending, [])
                    if number not in numbers:
                        numbers.append(number)
                else:
                    words.add(max(name.split("*"), key=len))
        for word in words:
            if not any(other in word for other in words if other != word):
                _BY_WORD.setdefault(word, []).append(number)


_index()
_ON_REQUEST = frozenset(number for number, one in enumerate(INPUTS) if one.is_on_request)


@lru_cache(maxsize=2000)
def _numbers(name: str) -> tuple[int, ...]:
    lower = name.lower()
    found = list(_BY_ENDING.get(lower.rpartition(".")[2], ()))
    for word, numbers in _BY_WORD.items():
        if word in lower:
            found += numbers
    return tuple(sorted(found))


@lru_cache(maxsize=2000)
def may_be_read(name: str) -> bool:
    """Return whether an input may read a file of that name without being asked to."""
    return any(number not in _ON_REQUEST for number in _numbers(name))


def input_for(path: str) -> Input | None:
    """Return the input that reads `path`, which is relative to its root and begins with `/`."""
    for number in _numbers(path.rpartition("/")[2]):
        if _pattern(number).search(path):
            return INPUTS[number]
    return None


@cache
def lock_named(name: str) -> Input | None:
    """Return the input of a lock by its file name; `None` for all other files."""
    found = input_for(f"/{name}")
    return found if found is not None and found.kind is Kind.LOCK else None


BY_MODULE = {one.module: one for one in INPUTS}
MODULES = tuple(BY_MODULE)
INCLUDED = next(one.module for one in INPUTS if one.is_included)
HINTS = frozenset(one.module for one in INPUTS if one.kind in (Kind.HINT, Kind.IMAGE))
"""Modules whose files do not make a directory a project by themselves."""
HINT_NAMES = frozenset(one.name for one in INPUTS if one.kind in (Kind.HINT, Kind.IMAGE))
"""Names of the same inputs."""
EDITED = frozenset(one.name for one in INPUTS if one.kind is Kind.MANIFEST)
"""Names of the inputs whose files `--fix` may edit."""
IMAGES = frozenset(one.name for one in INPUTS if one.kind is Kind.IMAGE)
LOCKED = frozenset(owner for one in INPUTS for owner in one.lock_of)
"""File names of the manifests that have locks."""
DESCRIPTIONS = tuple(name for one in INPUTS if one.describes_distribution for name in one.names)
"""File names that describe one distribution together; the first that is there represents it."""
