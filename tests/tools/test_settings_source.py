"""What the code of a release reads, found in its syntax trees, and the file that keeps it."""

from __future__ import annotations

import io
import tarfile

import pytest
import yaml

from tools.refresher.settings import Document, read_document, render, with_series
from tools.refresher.settings_source import Settings, read_settings
from tools.settings_registry import uses


def sdist(**files: str) -> bytes:
    """Give a source distribution; `__` in a name stands for `/`."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in files.items():
            path = f"ddtrace-9.9.9/ddtrace/{name.replace('__', '/')}"
            member = tarfile.TarInfo(path if "." in name else f"{path}.py")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def names(code: str) -> dict[str, str]:
    """Give each name that code reads, with the ways its value is read."""
    return {name: " ".join(sorted(kinds)) for name, kinds in read_settings(sdist(settings=code)).names.items()}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('os.environ.get("DD_A")', {"DD_A": ""}),
        ('os.environ["DD_A"]', {"DD_A": ""}),
        ('"DD_A" in os.environ', {"DD_A": ""}),
        ('asbool(os.getenv("DD_A", default=False))', {"DD_A": "asbool"}),
        ('int(os.getenv("DD_A") or os.getenv("DD_B"))', {"DD_A": "int", "DD_B": "int"}),
        ('asbool(os.getenv("DD_A", os.getenv("DD_B")))', {"DD_A": "asbool", "DD_B": "asbool"}),
        ('os.getenv("DD_A", "").lower() in ("true", "1")', {"DD_A": "asbool"}),
        ('os.getenv("DD_A", "").lower() in ("true", "1", "yes")', {"DD_A": "flag"}),
        ('os.getenv("DD_A") in ("w3c", "b3")', {"DD_A": "other"}),
        ('_get_config("DD_A", False, asbool)', {"DD_A": "asbool"}),
        ('_get_config(["DD_A", "DD_B"], 1.0, float)', {"DD_A": "float", "DD_B": "float"}),
        ('asbool(_get_config("DD_A", default=True))', {"DD_A": "asbool"}),
        ('_ConfigItem(default=1, envs=["DD_A"], modifier=int)', {"DD_A": "int"}),
        ('get_env("django", "cache_name")', {"DATADOG_DJANGO_CACHE_NAME": "", "DD_DJANGO_CACHE_NAME": ""}),
        ('A = "DD_A"\nasbool(os.getenv(A))', {"DD_A": "asbool"}),
        ('class K:\n    A = "DD_A"\nint(os.getenv(K.A))', {"DD_A": "int"}),
        (
            'class C(DDConfig):\n    __prefix__ = "dd.p"\n    a = DDConfig.v(bool, "a.b", default=True)',
            {"DD_P_A_B": "flag"},
        ),
        ('class C(En):\n    __prefix__ = "dd"\n    a = En.v(int, "a", default=1, private=True)', {"_DD_A": "int"}),
        ('class C(En):\n    __prefix__ = "dd"\n    a = En.v(t.Optional[int], "a", default=1)', {"DD_A": "int"}),
        ('class C(En):\n    __prefix__ = "dd"\n    a = En.v(str, "a", parser=parse, default=1)', {"DD_A": "other"}),
        (
            'class C(En):\n    __prefix__ = "dd"\n    a = En.v(bool, "a", default=1, deprecations=[("old", None, "5.0")])',
            {"DD_A": "flag", "DD_OLD": "flag"},
        ),
        (
            (
                'class C(En):\n    __prefix__ = "dd"\n    class D(En):\n        __item__ = __prefix__ = "d"\n'
                '        a = En.v(bool, "a", default=True)'
            ),
            {"DD_D_A": "flag"},
        ),
        (
            (
                'class C(En):\n    __prefix__ = "dd.c"\nclass D(En):\n    __prefix__ = "d"\n'
                '    a = En.v(bool, "a", default=True)\nC.include(D, namespace="d")'
            ),
            {"DD_C_D_A": "flag"},
        ),
        (
            'INTEGRATION_CONFIGS = frozenset({"flask", "aiohttp-client"})\nos.getenv("DD_%s_SERVICE" % name.upper())',
            {"DD_AIOHTTP_CLIENT_SERVICE": "", "DD_FLASK_SERVICE": ""},
        ),
        (
            'PATCH_MODULES = {"flask": True}\ne = f"DD_TRACE_{m}_ENABLED"\nasbool(env[e])',
            {"DD_TRACE_FLASK_ENABLED": "asbool"},
        ),
        # not read
        ('"""Set ``DD_A``."""\ndef f():\n    "DD_A"', {}),
        ('log("set DD_A to true")', {}),
        ('x = "DD_"', {}),
    ],
)
def test_names_and_types(code: str, expected: dict[str, str]) -> None:
    assert names(code) == expected


def test_code_that_is_no_python_3_and_native_code_are_searched() -> None:
    found = read_settings(sdist(old='print "x", os.environ["DD_A"]', **{"x.cpp": 'getenv("DD_B");'}))

    assert set(found.names) == {"DD_A", "DD_B"}


def test_the_registry_lists_and_does_not_read() -> None:
    registry = (
        'SUPPORTED_CONFIGURATIONS: frozenset[str] = frozenset({"DD_A", "DD_UNREAD"})\n'
        'CONFIGURATION_ALIASES: dict[str, list[str]] = {"DD_A": ["DD_OLD"]}\n'
        'DEPRECATED_CONFIGURATIONS: frozenset[str] = frozenset({"DD_OLD"})\n'
    )

    found = read_settings(sdist(_supported_configurations=registry, settings='asbool(env.get("DD_A"))'))

    assert found.listed == {"DD_A", "DD_OLD", "DD_UNREAD"}
    assert found.aliases == {"DD_OLD": "DD_A"}
    assert found.deprecated == {"DD_OLD"}
    assert dict(found.names) == {"DD_A": {"asbool"}, "DD_OLD": {"asbool"}}


def test_an_announced_end() -> None:
    code = 'deprecate("DD_A is deprecated", message="Use DD_B instead.", removal_version="5.0.0")'

    assert {name: each.removed_in for name, each in read_settings(sdist(a=code)).announced.items()} == {"DD_A": "5.0.0"}


ORDER = ["1.0", "1.1", "2.0", "2.1"]
FAMILIES = ("DD_TRACE_*_ENABLED",)
FACTS = {
    "DD_A": {"1.0": "", "1.1": "boolean", "2.0": "boolean", "2.1": "boolean"},
    "DD_B": {"1.0": "integer", "2.0": "integer"},
    "DD_TRACE_128_ENABLED": {"2.1": ""},
    "DD_TRACE_FLASK_ENABLED": {"1.0": "boolean", "1.1": "boolean"},
}
TEXT = """\
variables:
  source: "code"
  families:
    "DD_TRACE_*_ENABLED":
      "2.1+": ["128"]
      "1.0-1.1 boolean": [FLASK]
  names:
    DD_A: "1.0, 1.1+ boolean"
    DD_B: "1.0 integer, 2.0 integer"
"""


def test_the_file_says_what_was_read() -> None:
    text = render(Document({"source": "code"}, FAMILIES, FACTS), ORDER)

    assert text[text.index("variables:\n") :] == TEXT
    assert read_document(yaml.safe_load(text), ORDER) == Document({"source": "code"}, FAMILIES, FACTS)
    assert render(read_document(yaml.safe_load(text), ORDER), ORDER, text) == text


def test_a_series_that_is_read_again() -> None:
    settings = Settings(
        {"DD_B": frozenset({"int"}), "DD_C": frozenset()}, frozenset(), {}, frozenset(), {}, frozenset()
    )

    facts = with_series(FACTS, "2.1", settings)

    assert facts["DD_A"] == {"1.0": "", "1.1": "boolean", "2.0": "boolean"}
    assert facts["DD_B"] == {"1.0": "integer", "2.0": "integer", "2.1": "integer"}
    assert facts["DD_C"] == {"2.1": ""}
    assert "DD_TRACE_128_ENABLED" not in facts


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('STYLE = os.getenv("DD_A") == "b3"', {"STYLE = os.getenv('DD_A') == 'b3'"}),
        ('"""DD_A may be b3."""\nSTYLE = os.getenv("DD_A") == "b4"', set()),
        ('STYLE = os.getenv("DD_B") == "b3"', set()),
        ('os.getenv("DD_A")\nif x == "b3":\n    y = 1', {"if x == 'b3':\n    y = 1"}),
    ],
)
def test_the_statements_that_have_a_value(code: str, expected: set[str]) -> None:
    assert uses(sdist(propagation=code), "DD_A", "b3") == expected
