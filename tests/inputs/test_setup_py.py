from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Severity
from ddlint.inputs import setup_py
from tests.inputs.shown import assert_lawful, read, shown

CASES = [
    ("", []),
    ("# only\n", []),
    ("setup(install_requires=['django>=1.8'])", ["1:26 django >=1.8"]),
    ("setuptools.setup(install_requires=('a', 'b'))", ["1:37 a", "1:42 b"]),
    ("other.setup(install_requires=['a'])\nsetup_all(install_requires=['b'])", []),
    ('setup(install_requires=["django>=1.8" ",<3"])', ["1:25 django >=1.8,<3"]),
    ('setup(install_requires=["a" + "b", *X] + X)\nX = ["c"]', ["1:25 ab", "2:7 c"]),
    (
        "X = ['a']\nX += ['b']\nX.append('c')\nX.extend(['d'])\nsetup(install_requires=X)",
        ["1:7 a", "2:8 b", "3:11 c", "4:12 d"],
    ),
    ("setup(install_requires=open('requirements.txt').read().splitlines())", []),
    ("setup(install_requires=load('x') + ['a'])", ["1:38 a"]),
    (
        "V = '1'\nsetup(install_requires=[f'a=={V}', 'b==%s' % V, 'c=={}'.format(V), 'd==' + V, V2])",
        [
            "2:27 a ==1",
            "2:36 b unknown",
            "2:49 c unknown",
            "2:68 d ==1",
        ],
    ),
    ("setup(install_requires=[x for x in y], extras_require={k: [v] for k in z})", []),
    ("setup(**kw)\nkw = dict(install_requires=['a'])", ["2:30 a"]),
    ("setup(**{'install_requires': ['a'], 'python_requires': '>=3.8'})", ["1:32 a", "1:57 python >=3.8"]),
    ("if 1:\n    R = ['a']\nelse:\n    R = ['b']\nsetup(install_requires=R)", []),
    ("R = ['a']\nif sys.version_info < (3,):\n    R.append('b')\nsetup(install_requires=R)", ["1:7 a"]),
    ("R = ['a']\nif sys.version_info < (3,):\n    R = ['b']\nsetup(install_requires=R)", []),
    ("if __name__ == '__main__':\n    setup(install_requires=['a'])", ["2:30 a"]),
    (
        (
            "setup(extras_require={'Test_x': ['a'], ':python_version<\"3\"': ['b'], 'c:os_name==\"x\"': ['d; os_name!=\"y\"'], 'e': 'f', **Z})\n"
            "Z = {'g': ['h']}\nZ['i'] = ['j']"
        ),
        [
            "1:35 a @extra:test-x",
            '1:65 b ; python_version<"3"',
            '1:90 d ; (os_name!="y") and (os_name=="x") @extra:c',
            "1:115 f @extra:e",
            "2:13 h @extra:g",
            "3:12 j @extra:i",
        ],
    ),
    ("setup(setup_requires=['a'], tests_require='b')", ["1:24 a @build", "1:44 b @group:test"]),
    ('setup(install_requires="""\n  a\n   b==1 # c\n  # d\n""")', ["2:3 a", "3:4 b ==1"]),
    ('setup(install_requires="""\r\n  a\r\n   b==1\r\n""")', ["2:3 a", "3:4 b ==1"]),
    ("é = 'é'; setup(author='é', install_requires=['django>=1', 'é'])", ["1:47 django >=1", "1:60 DD003 é"]),
    ("setup(install_requires=['a\\x3e1'])", ["1:26 a >1"]),
    ("setup(install_requires=['a=1', 'b'])", ["1:33 b", "1:27 DD003 ="]),
    ("setup(python_requires=PR)\nPR = '>=3.8'", ["2:7 python >=3.8"]),
    ("setup(python_requires='3.8')", ["1:24 DD003 3.8"]),
    ("setup(install_requires=[1, None, b'x', 'a'])", ["1:41 a"]),
    ("setup(install_requires=X)\nX = X + X", []),
    ("def (\n", ["1:5 DD002 ("]),
    ("\n\n  x\n", ["3:2 DD002  x"]),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_reads_what_is_static(text: str, expected: list[str]) -> None:
    manifest = read(setup_py, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


def test_python_2_is_one_notice() -> None:
    manifest = read(setup_py, "setup(install_requires=['a'])\nprint 'x'\n")

    assert shown(manifest) == ["2:1 DD002 print 'x'"]
    assert manifest.problems[0].severity is Severity.NOTICE


def test_shows_an_expression_as_it_is_written() -> None:
    (found,) = read(setup_py, "setup(install_requires=['b==%s' % V])").dependencies

    assert found.written == "'b==%s' % V"


def test_comments_are_those_of_the_tokenizer() -> None:
    text = (
        "setup(install_requires=['#ddlint: no', 'a'])  # ddlint: ignore[DD301]\n'''\n# ddlint: no\n'''\n#ddlint: yes\n"
    )
    manifest = read(setup_py, text)

    assert [manifest.source.slice(span) for span in manifest.comments] == ["# ddlint: ignore[DD301]", "#ddlint: yes"]


@pytest.mark.slow  # it measures time
@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "1",
        "x" + "+x" * 50_000,
        "-" * 50_000 + "1",
        "a = b = " * 20_000 + "1",
        "setup(install_requires=[" * 50,
        "A0=['x']\n" + "".join(f"A{n + 1}=[*A{n}, *A{n}, *A{n}]\n" for n in range(30)) + "setup(install_requires=A30)",
        "A0={'x':[]}\n" + "".join(f"A{n + 1}={{**A{n}, **A{n}}}\n" for n in range(30)) + "setup(extras_require=A30)",
        "# " + "x" * 300_000,
    ],
)
def test_nothing_takes_long(text: str) -> None:
    start = time.perf_counter()
    manifest = read(setup_py, text)

    assert time.perf_counter() - start < 5
    assert len(manifest.problems) <= 1


@given(
    text=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "setup(",
                    "install_requires=",
                    "[",
                    "]",
                    ")",
                    "'a>1'",
                    ",",
                    "\n",
                    "X",
                    "=",
                    "+",
                    "*",
                    "{",
                    "}",
                    ":",
                    "é",
                    "\\",
                    '"""',
                    "#",
                ]
            ),
            max_size=20,
        ).map("".join),
    )
)
@settings(deadline=None, max_examples=300)
def test_nothing_raises(text: str) -> None:
    assert_lawful(read(setup_py, text))


@pytest.mark.parametrize(
    "text",
    [
        "type X = int\n",
        "def f[T](x): pass\n",
        "class A[T]: pass\n",
        "x = t'{a}'\n",
        "x = f'{a['b']}'\n",
        "try: 1\nexcept A, B: 1\n",
    ],
)
def test_syntax_that_only_a_later_python_reads_is_no_error(text: str) -> None:
    """Whether it is read depends on the Python that runs ddlint, and so it must not decide."""
    assert [each.severity for each in read(setup_py, text).problems] in ([], [Severity.NOTICE])


def test_a_mistake_is_an_error_on_every_python() -> None:
    assert [each.severity for each in read(setup_py, "x = (\n").problems] == [Severity.ERROR]
