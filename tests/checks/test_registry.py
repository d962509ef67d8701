"""Every check is complete: its record, module, documentation and cases. One test lists all that is missing at once."""

import inspect
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import ddlint.checks
from ddlint.checks import CHECKS, Check, Needs, Step, check_of

ROOT = Path(__file__).parents[2]
HEADINGS = ["What it does", "Why it matters", "Example", "What to do"]
CASES = ROOT / "tests" / "cases"
FOLDER = Path(ddlint.checks.__file__).parent


def holes(check: Check) -> list[str]:
    module = import_module(f"ddlint.checks.{check.module}")
    page = module.__doc__ or ""
    cases = [path.read_text(encoding="utf-8") for path in (CASES / check.module).rglob("expected.txt")]
    documented = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    found = {
        "its docstring has the four headings": re.findall(r"^## (.+)$", page, re.MULTILINE) == HEADINGS,
        "it has run(project, pack)": list(inspect.signature(module.run).parameters) == ["project", "pack"],
        "its module finds its record": check_of(module.__name__) is check,
        "its place in a plan is said": check.step is None or check.step in vars(Step).values(),
        "docs/checks.md has it": f"## {check.code} {check.name}\n" in documented,
        "a case is caught": any(f" {check.code} " in text for text in cases),
        "a case is not caught": any(f" {check.code} " not in text for text in cases),
        "a case has its level": any(f": {check.level.value} {check.code} " in text for text in cases),
    }
    return [f"{check.code} {check.name}: {what}" for what, is_so in found.items() if not is_so]


def test_no_check_has_a_hole() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    listed = Counter(check.module for check in CHECKS)
    unlisted = [f"{name}: no record in ddlint/checks/__init__.py" for name in sorted(modules - set(listed))]
    twice = [
        f"{value}: twice"
        for field in ("code", "name", "module")
        for value, number in Counter(getattr(check, field) for check in CHECKS).items()
        if number > 1
    ]

    assert [*unlisted, *twice, *(hole for check in CHECKS for hole in holes(check))] == []


def test_codes_are_in_order() -> None:
    codes = [check.code for check in CHECKS]

    assert codes == sorted(codes)


def test_a_new_check_has_to_say_its_place_in_a_plan() -> None:
    parameters = inspect.signature(Check).parameters

    assert parameters["step"].default is inspect.Parameter.empty
    assert parameters["needs"].default is Needs.TRACER
