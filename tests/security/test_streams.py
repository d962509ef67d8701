"""No call prints or writes a secret, a command that it was handed, or what steers a terminal: each call, each stream."""

from __future__ import annotations

import shutil
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddlint.cli import COMMANDS
from ddlint.cli import plan as plans
from ddlint.outputs import NAMES
from tests.core.test_redact import ENV, ISSUED, PHRASES
from tests.repository.source_tree import ROOT
from tests.security.streams import BROKEN_PACK, PACK, calls, steering, streams
from tests.security.tree import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ddlint.linter.lint_project import Request

pytestmark = pytest.mark.long
CALLS = tuple(calls())
ONE_BY_ONE = tuple((words,) for words in CALLS if words[0] != "plan")
PLANS = tuple(words for words in CALLS if words[0] == "plan")
"""Together, as the plan that they write is the same, and takes long to make."""
SECRET = "hunter2"
FORMS = {**ENV, **PHRASES, **{f"issued, {name}": f"VALUE={secret}" for name, secret in ISSUED.items()}}
OLD = ("django==1.11.29", "celery==4.3.0", "flask==0.5", "redis==2.0", "aiohttp==1.0", "sqlalchemy==1.0")
SECRETS = (SECRET, *(secret[:24] for secret in ISSUED.values()))
COMMANDS_OF_CIS = (
    *("::error file=a.py::forged", "\u3000::error::forged", "\u00a0\u2003::add-mask::x", "::stop-commands::x", "##[error]forged"),
    *("##vso[task.complete result=Failed]", "##teamcity[buildStop]", "%0A::error::forged", "\r::error::forged", "::set-env name=A::b"),
)  # fmt: skip
STEERING = (
    *("\x1b[31mred", "\x1b]52;c;aGk=\x07", "\x9b2J", "\u202egnp.exe", "\u2066x", "zero\u200bwidth", "vari\ufe0fation", "\u3164"),
    *("a\u2028b", "\x08\x08", "\u00ad", "\U000e0041"),
)  # fmt: skip


def batched(texts: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    left = iter(texts)
    while batch := tuple(islice(left, size)):
        yield batch


@pytest.fixture(scope="module")
def secret_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for each form of a secret: beside a requirement, as a setting, and on a line that a fix changes."""
    top = tmp_path_factory.mktemp("secrets")
    (top / ".git").mkdir()
    for number, forms in enumerate(batched(FORMS.values(), 6)):
        folder = top / f"p{number}"
        lines = [form.replace("\\\n", " ").replace("\n", " ") for form in forms]
        pairs = list(zip(OLD, lines, strict=False))
        comments = "".join(f"# {line}\n" for line in lines)
        instructions = "".join(f"{_instruction(form)}\n" for form in forms)
        broken = "".join(f"{line}\nx == {line}\n" for line in lines)
        listed = "".join(f"      - {line}\n" for line in lines)
        put(
            folder / "requirements.txt",
            "ddtrace==4.16.0\n" + "".join(f"{comments}{old}  # {line}\n" for old, line in pairs),
        )
        put(
            folder / "Dockerfile",
            f"FROM python:3.12\nENV DD_TRACE_ENABLED=1\n{instructions}RUN pip install -r requirements.txt\n",
        )
        put(
            folder / "pyproject.toml",
            "[project]\nname = 'x'\ndependencies = [\n"
            + "".join(f"  '{old}', # {line}\n" for old, line in pairs)
            + "]\n",
        )
        put(folder / "env/.env", "DD_TRACE_ENABLED=1\n" + "".join(f"{line}\n" for line in lines))
        put(folder / "broken/requirements.txt", f"ddtrace==4.16.0\n{broken}")
        put(folder / "compose.yaml", f"services:\n  a:\n    environment:\n{listed}")
        for index, line in enumerate(lines):
            put(folder / f"broken{index}/pyproject.toml", f"[project]\nx = {line}\n")
    _put_packs(top, line := "DB_PWD=hunter2")
    put(top / "ddlint.toml", f"fail-on = '{line}'\n")
    return top


def _instruction(form: str) -> str:
    return form if form.lstrip().lower().startswith(("env", "arg", "onbuild")) else f"ENV {form}"


def _put_packs(top: Path, text: str) -> None:
    """Put a pack that holds `text` wherever a person writes one, and one with mistakes that quote it."""
    for name in (PACK, BROKEN_PACK):
        shutil.copytree(ROOT / "examples/own-pack/rules", top / name)
        for path in (top / name).rglob("*.yaml"):
            written = path.read_text(encoding="utf-8").replace("Acme platform handbook", _yaml(text))
            written = written.replace('"the exporter\'s thread never starts"', f'"{_yaml(text)}"')
            path.write_text(written.replace("title: " + _yaml(text), f'title: "{_yaml(text)}" #'), encoding="utf-8")
    broken = top / BROKEN_PACK / "integrations/web.yaml"
    put(broken, broken.read_text(encoding="utf-8") + f'"{_yaml(text)}": 1\n')


def _yaml(text: str) -> str:
    """Write `text` inside double quotes of YAML."""
    return "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text
    )


@pytest.fixture
def one_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the plan of a test once, and write it in each format."""
    made: dict[object, object] = {}

    def remembered(request: Request, to: str, via: str) -> object:
        key = request.cwd, request.paths, to, via
        if key not in made:
            made[key] = plan(request, to, via)
        return made[key]

    plan = plans.plans
    monkeypatch.setattr(plans, "plans", remembered)


EACH_CALL = pytest.mark.parametrize(
    "group", [*ONE_BY_ONE, PLANS], ids=[" ".join(words) for words, *_ in ONE_BY_ONE] + ["plan"]
)


@EACH_CALL
def test_no_call_shows_a_secret(secret_tree: Path, group: tuple[tuple[str, ...], ...], one_plan: None) -> None:
    leaks = {
        (words, name, secret): text[max(text.find(secret) - 120, 0) :][:200]
        for words in group
        for name, text in streams(words, secret_tree).items()
        for secret in SECRETS
        if secret in text
    }

    assert leaks == {}


@pytest.fixture(scope="module")
def steering_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for each text, with it in the name of the folder and in every file."""
    top = tmp_path_factory.mktemp("steering")
    (top / ".git").mkdir()
    for number, text in enumerate((*COMMANDS_OF_CIS, *STEERING)):
        put(top / text.replace("/", "-") / "requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29\n")
        _put_steering(top / f"p{number % 6}" / f"{number}", text)
    _put_packs(top, "::error::\x1b[31m##[error]\u202e\u200b\nx")
    return top


def _put_steering(folder: Path, text: str) -> None:
    quoted = text.replace("\r", " ")
    put(
        folder / "requirements.txt",
        f"ddtrace==4.16.0\ndjango==1.11.29  # {quoted}\n{quoted}\nx=={quoted}\n-r {quoted}\n",
    )
    put(
        folder / "pyproject.toml",
        f"[project]\nrequires-python = '>=3.8'\ndescription = '''\n{quoted}\n'''\ndependencies = ['celery==4.3.0', 'x=={quoted}']\n[tool.poetry.dependencies]\nddtrace = '{quoted}'\n",
    )
    put(folder / "Dockerfile", f"FROM python:{quoted}\nENV DD_SITE={quoted} DD_X{quoted}=1\n")
    put(folder / ".python-version", f"{quoted}\n")
    put(folder / "env/.env", f"DD_SERVICE={quoted}\nDD_SITE='{quoted}'\n")
    put(
        folder / "compose.yaml",
        f"services:\n  a:\n    image: 'datadog/agent:{quoted}'\n    environment:\n      DD_SITE: '{quoted}'\n",
    )


@EACH_CALL
def test_no_call_steers_a_terminal_or_forges_a_command(
    steering_tree: Path, group: tuple[tuple[str, ...], ...], monkeypatch: pytest.MonkeyPatch, one_plan: None
) -> None:
    monkeypatch.setenv("CI", "true")
    found = {
        (words, name): steered
        for words in group
        for name, text in streams(words, steering_tree).items()
        if (steered := steering(words, name, text)[:3])
    }

    assert found == {}


TEXT = st.text(st.sampled_from([*"::error##[]\u3000\u00a0 \x1b\u202e\u200b\n`|", *"abc=.-"]), max_size=24)
FILES = st.dictionaries(
    st.sampled_from(["requirements.txt", "pyproject.toml", "Dockerfile", ".env", "compose.yaml", ".python-version"]),
    st.lists(st.sampled_from(["ddtrace==4.16.0", "django==1.11.29 # ", "dependencies = ['celery==4.3.0', '", "ENV DD_SITE="]) | TEXT)
    .map("\n".join),
    max_size=3,
)  # fmt: skip


@given(TEXT.filter(lambda text: text.strip("./\n ") and "/" not in text), FILES, st.sampled_from(CALLS))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_a_project_holds_reaches_a_stream(
    tmp_path_factory: pytest.TempPathFactory, name: str, files: dict[str, str], words: tuple[str, ...]
) -> None:
    top = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CI", "true")
        put(top / name / "requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29\n")
        for path, text in files.items():
            put(top / path, text)
        texts = streams(words, top)

    assert {stream: found for stream, text in texts.items() if (found := steering(words, stream, text))} == {}


def test_every_command_and_format_is_called() -> None:
    called = {(words[0], words[words.index("--output-format") + 1]) for words in CALLS if "--output-format" in words}

    assert {words[0] for words in CALLS} == set(COMMANDS)
    assert {name for command, name in called if command == "check"} == set(NAMES)
    assert {command for command, _ in called} == set(COMMANDS) - {"pack", "server"}


def test_a_command_of_an_output_is_not_taken_for_a_forged_one(steering_tree: Path) -> None:
    """The judge lets the annotations of `github` pass, and nothing else that looks like them."""
    ours = "::error title=ddlint (DD301),file=a,line=1::x"
    words = ("check", "--output-format", "github")

    assert steering(words, "stdout", f"{ours}\n") == []
    assert steering(("check", "--output-format", "concise"), "stdout", f"{ours}\n") == [ours]
    for forged in (
        "::error file=a::x",
        "\u3000::error::x",
        "a\r::error::x",
        "x\x1b[31m",
        "##[error]x",
    ):
        assert steering(words, "stdout", f"{forged}\n") != [], forged
