from __future__ import annotations

import pytest

from ddlint.core.model import Origin, Severity
from ddlint.core.source import Source, Undecodable, decode
from ddlint.inputs import BY_MODULE, requirements_txt
from tests.inputs.shown import assert_lawful, read, shown

LINES = [
    ("", []),
    ("# only\n\n   # comments\n", []),
    ("django>=1.8,\\\n<3\nflask\n", ["1:1 django >=1.8,<3", "3:1 flask"]),
    ("django\\\n>=1.8\n", ["1:1 django >=1.8"]),
    ("django>=1.8,\\\n# c\n<3\n", ["1:1 django >=1.8", "3:1 DD003 <3"]),
    ("django==4.2 \\ \n    --hash=sha256:aa\nflask\n", ["3:1 flask", "1:13 DD003 \\"]),
    ("django==4.2 \\\\\nflask\n", ["2:1 DD003 flask"]),
    ("django==4.2 \\\n\nflask\n", ["1:1 django ==4.2", "3:1 flask"]),
    ("django==4.2 \\\n", ["1:1 django ==4.2"]),
    ("django==4.2 \\", ["1:1 django ==4.2"]),
    ("# foo \\\ndjango==4.2\n", ["2:1 django ==4.2"]),
    ("django==4.2 # foo \\\nflask\nred\n", ["1:1 django ==4.2", "3:1 red"]),
    ("a==1\rb==2\r", ["1:1 a ==1", "2:1 b ==2"]),
    ("a==1\r\nb==2\r\n", ["1:1 a ==1", "2:1 b ==2"]),
    ("a==1 # x\u2028b==2\n", ["1:1 a ==1", "1:10 b ==2"]),
    ("a==1\x0cb==2\n", ["1:1 a ==1", "1:6 b ==2"]),
    ("a==1 # x\x85b\n", ["1:1 a ==1", "1:10 b"]),
    ("a==1\nthis is bad\nb==2\n", ["1:1 a ==1", "3:1 b ==2", "2:6 DD003 is bad"]),
    ("  \ta==1  \n", ["1:4 a ==1"]),
    ("a==1\n\n\n    # via\n    #   b\nc==2\n", ["1:1 a ==1", "6:1 c ==2"]),
    ("#    pip-compile requirements.in\na==1\n    # via -r requirements.in\n", ["2:1 a ==1"]),
]

OPTIONS = [
    ("a==1\t--hash=sha256:aa\n", ["1:5 DD003 \t"]),
    ("a==1 --hash sha256:aa\n", ["1:1 a ==1"]),
    ("a==1 --hash=sha256:aa # c\nb==1\n", ["1:1 a ==1", "2:1 b ==1"]),
    ("a==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nb==1\n", ["1:1 a ==1", "4:1 b ==1"]),
    ('django --config-settings "a=b; c"\n', ["1:1 django"]),
    ("django -r x.txt\n", ["1:1 django"]),
    ("a; sys_platform == 'x -r y' --hash=md5:aa\n", ["1:1 a ; sys_platform == 'x -r y'"]),
    ("-r x.txt -c c.txt\n", ["1:4 -> x.txt"]),
    ('-r "a b.txt"\n', ["1:4 -> a b.txt"]),
    ("-r 'a b.txt'\n", ["1:4 -> a b.txt"]),
    ("-r a\\ b.txt\n", ["1:4 -> a b.txt"]),
    ("-rfoo.txt\n", ["1:3 -> foo.txt"]),
    ("-r=foo.txt\n", ["1:3 -> =foo.txt"]),
    ("--requirement=foo.txt\n", ["1:15 -> foo.txt"]),
    ("--requirement foo.txt\n", ["1:15 -> foo.txt"]),
    ("--requirem foo.txt\n", ["1:12 -> foo.txt"]),
    ("--req foo.txt\n", ["1:1 DD003 --req"]),
    ("--requirement='foo.txt'\n", ["1:1 -> foo.txt"]),
    ("-r foo.txt # c\n", ["1:4 -> foo.txt"]),
    ("  -r \\\n  foo.txt\n", ["2:3 -> foo.txt"]),
    ("-r ../../../../etc/hostname\n", ["1:4 -> ../../../../etc/hostname"]),
    ("-r https://example.invalid/r.txt\n", ["1:4 -> https://example.invalid/r.txt"]),
    ("-r missing.txt", ["1:4 -> missing.txt"]),
    ("-r .\n", ["1:4 -> ."]),
    ("-r \n", ["1:1 DD004 -r"]),
    ("-r ''\n", ["1:1 DD004 -r ''"]),
    ("-r ${DIR}/x.txt\n", []),
    ("-c c.txt\ndjango\n", ["2:1 django", "1:4 => c.txt"]),
    ("--constraint=c.txt\n", ["1:14 => c.txt"]),
    ("--index-url https://user:s3cret@example.invalid/simple\n", []),
    ("-i https://index.example/simple\n--extra-index-url=https://index.example/other\n--pre\n--no-index\n", []),
    ("--frobnicate\na\n", ["2:1 a", "1:1 DD003 --frobnicate"]),
    ("-foo\n-x\n", ["2:1 DD003 -x"]),
    ("a --frobnicate=1\n", ["1:1 a", "1:3 DD003 --frobnicate=1"]),
    ("a --hash='x\n", ["1:1 a", "1:10 DD003 'x"]),
    ("-r 'x\n", ["1:4 DD003 'x"]),
    ("- a\n-\n-- b\n-r x.txt y z\n", ["4:4 -> x.txt"]),
]

PLACES = [
    ("-e .", ["1:4 ? unknown"]),
    ("-e .[test]", ["1:4 ? [test] unknown"]),
    ("--editable=./x\n", ["1:12 ? unknown"]),
    (
        "-e git+ssh://git@example.invalid/a/foo.git@v1#egg=foo[x]&subdirectory=y",
        ["1:4 foo [x] unknown"],
    ),
    ("-e git@example.invalid:a/b.git#egg=b\n", ["1:4 DD003 git@example.invalid:"]),
    ("-e 'foo @ git+https://example.invalid/x'\n", ["1:5 foo unknown"]),
    ("-e ${PLACE}\n", ["1:4 ? unknown"]),
    ("git+https://example.invalid/y@main#egg=foo==1.0\n", ["1:36 DD003 egg=foo==1.0"]),
    ("git+https://example.invalid/y@main\n", ["1:1 ? unknown"]),
    ("git+https://example.invalid/y#sha256=ab&egg=a\n", ["1:1 a unknown"]),
    ("foo-1.0-py3-none-any.whl\n", ["1:1 foo ==1.0"]),
    ("./dist/foo-1.0-py3-none-any.whl", ["1:1 foo ==1.0"]),
    ("./foo-1.0-py3-none-any.whl[x]", ["1:1 foo ==1.0 [x]"]),
    ("https://example.invalid/Foo_x-1.0%2Bcu1-1-py3-none-any.whl#sha256=aa", ["1:1 foo-x ==1.0+cu1"]),
    ("./foo-bad-py3-none-any.whl", ["1:1 ? unknown"]),
    ("foo.tar.gz\n", ["1:1 ? unknown"]),
    ("./foo\nfoo/bar\n/a/b\nC:\\x\\y\n", [f"{n}:1 ? unknown" for n in (1, 2, 3, 4)]),
    ("file:///x/y\n", ["1:1 ? unknown"]),
    ("https://example.invalid/a;b.zip\n", ["1:1 ? unknown"]),
    ("https://example.invalid/a.zip ; os_name=='x'\n", ["1:1 ? ; os_name=='x' unknown"]),
    ("./a; os_name=='x'\n./b;bad\n", ["1:1 ? ; os_name=='x' unknown", "2:5 DD003 bad"]),
    ("a@https://example.invalid/y.zip; python_version<'3.8'\n", ["1:1 a ; python_version<'3.8' unknown"]),
    ("a @ https://example.invalid/y.zip ; python_version<'3.8'\n", ["1:1 a ; python_version<'3.8' unknown"]),
    ("numpy @ file:///home/conda/x\n", ["1:1 numpy unknown"]),
    ("foo.zip @ https://example.invalid/y\n", ["1:1 foo-zip unknown"]),
]

REQUIREMENTS = [
    ("foo==${VER}\nfoo==${ver}\nfoo==$VER\n", ["1:1 foo unknown", "2:1 foo unknown", "3:1 foo unknown"]),
    ("a=={{ version }}\n{{ name }}==1\n{% if x %}\n{# c #}\n", ["1:1 a unknown"]),
    ("foo-{{ x }}==1\nfoo {{ spec }}\n", ["2:1 foo unknown"]),
    ("pkg-resources==0.0.0\n", ["1:1 pkg-resources ==0.0.0"]),
    ("Django_Foo.Bar==1\nDJANGO>=3\n", ["1:1 django-foo-bar ==1", "2:1 django >=3"]),
    (
        'requests [security , socks] >= 2 , < 3 ; extra=="z"\n',
        ['1:1 requests >=2,<3 [security,socks] ; extra=="z"'],
    ),
    ("a (>=1,<2)\na()\na[]\n", ["1:1 a >=1,<2", "2:1 a", "3:1 a"]),
    ("a>=1,\na>=1 , ; os_name=='x'\n", ["1:1 a >=1", "2:1 a >=1 ; os_name=='x'"]),
    (
        "a==v1.0\na==V1.0.0\na==01.02\na==1!2.0\na==1.0+cu118\na===1.0-weird\n",
        [
            "1:1 a ==v1.0",
            "2:1 a ==V1.0.0",
            "3:1 a ==01.02",
            "4:1 a ==1!2.0",
            "5:1 a ==1.0+cu118",
            "6:1 a ===1.0-weird",
        ],
    ),
    ("a==3.10\n", ["1:1 a ==3.10"]),
    ('a; python_version<"3.8"#c\n', ["1:24 DD003 #"]),
    ("a;\n", ["1:1 a"]),
    (
        "<<<<<<< HEAD\na==1\n=======\na==2\n>>>>>>> b\n",
        ["2:1 a ==1", "4:1 a ==2", "1:1 DD003 <<<<<<< HEAD", "3:1 DD003 =======", "5:1 DD003 >>>>>>> b"],
    ),
    ("python>=3.8\n", ["1:1 python >=3.8"]),
    ("a==1\na==2\n", ["1:1 a ==1", "2:1 a ==2"]),
    (
        "a==1 ; python_version<'3'\na==2 ; python_version>='3'\n",
        ["1:1 a ==1 ; python_version<'3'", "2:1 a ==2 ; python_version>='3'"],
    ),
    ("café\n😀==1\na==1\n", ["3:1 a ==1", "1:4 DD003 é", "2:1 DD003 😀"]),
]


@pytest.mark.parametrize("text, expected", [*LINES, *OPTIONS, *PLACES, *REQUIREMENTS])
def test_reads_like_pip(text: str, expected: list[str]) -> None:
    manifest = read(requirements_txt, text, "/project/requirements.txt")

    assert expected == shown(manifest)
    assert_lawful(manifest)


HINTS = [
    ("a>=1 <2", " ", "a comma is missing"),
    ("a>=", ">=", "no version follows"),
    ("a=1", "=", "`==1`"),
    ("a=>1", "=>", "`>=1`"),
    ("a=<1", "=<", "`<=1`"),
    ("a<>1", "<>", "`!=1`"),
    ("a > = 1", "> =", "in one piece"),
    ("a^1.0", "^", "Poetry"),
    ("a~1.0", "~", "`~=1.0`"),
    ("a~>1.0", "~>", "`~=1.0`"),
    ("a!1", "!", "`!=`"),
    ("a==latest", "latest", "leave it out"),
    ("a==*", "*", "every version"),
    ("a>=1.*", ".*", "`>=1`"),
    ("a~=1", "1", "`~=1.0`"),
    ("a~=1.0.*", ".*", "`==1.0.*`"),
    ("a==1.0+foo.*", ".*", "plain numbers"),
    ("a>=1.0+cu118", "+cu118", "local version"),
    ("a==1_0", "1_0", "no version of PEP 440"),
    ("pytz>=2004d", "2004d", "no version of PEP 440"),
    ("django==4.2#hi", "#", "needs a blank before its `#`"),
    ("a==1\t--hash=sha256:aa", "\t", "a plain blank before it"),
    ("\u200bdjango==4.2", "\u200b", "U+200B ZERO WIDTH SPACE"),
    ("django\u00a0==4.2", "\u00a0", "U+00A0 NO-BREAK SPACE; write a plain blank"),
    ("a; python_version < \u201c3.8\u201d", "\u201c", "U+201C"),
    ("\u2013r x.txt", "\u2013", "U+2013 EN DASH, which only looks like `-`"),
    ("django\uff1d\uff1d4.2", "\uff1d", "U+FF1D FULLWIDTH EQUALS SIGN, which only looks like `=`"),
    ("a==1\x1b[31m", "\x1b", "U+001B"),
    ("<<<<<<< HEAD", "<<<<<<< HEAD", "merge conflict"),
    ('"a==1",', '"a==1",', "no quotes"),
    ("```", "```", "Markdown"),
    ("pip install a", "pip install", "what follows `pip install`"),
    ("numpy=1.21.2=py39_0", "=", "conda"),
    ("flask django", "django", "one requirement to a line"),
    ("django==4.2 flask", "flask", "one requirement to a line"),
    ("a[x", "[", "never closed"),
    ("a (>=1", "(", "never closed"),
    ("a; python_version>3", "3", "quotes"),
    ('a; python_version="3"', "=", "`==`"),
    ("a-", "a-", "ends in a letter"),
    ("==1", "==1", "starts with a letter"),
    ("a; nonsense == 'x'", "", "expected a marker variable"),
    ("a" + "x" * 30_000, "a" + "x" * 30_000, "longer than"),
    ("a==" + "9" * 5000, "a==" + "9" * 5000, "longer than"),
    ("a; " + "(" * 40 + "os_name=='x'" + ")" * 40, None, "more than 30 parentheses"),
]


@pytest.mark.parametrize("text, fault, hint", HINTS)
def test_says_what_is_wrong_and_where(text: str, fault: str | None, hint: str) -> None:
    manifest = read(requirements_txt, f"good==1\n{text}\nalso\n", "/project/requirements.txt")

    (problem,) = manifest.problems
    assert [found.name for found in manifest.dependencies] == ["good", "also"]
    assert problem.code == "DD003"
    assert fault is None or fault == manifest.source.slice(problem.at)
    assert hint in problem.message
    assert problem.message.isprintable()
    assert len(problem.message) < 400


def test_places_of_the_parts() -> None:
    text = "x\nRequests [security] >= 2 , < 3 ; os_name=='y' --hash=sha256:aa # c\n"
    manifest = read(requirements_txt, text)
    found = manifest.dependencies[1]
    cut = manifest.source.slice

    assert cut(found.name_at) == "Requests"
    assert cut(found.specifier_at) == ">= 2 , < 3"
    assert cut(found.marker_at) == "os_name=='y'"
    assert cut(found.at) == "Requests [security] >= 2 , < 3 ; os_name=='y'"


def test_a_clause_after_a_continuation_keeps_its_own_line() -> None:
    manifest = read(requirements_txt, "django>=1.8,\\\n<3\n")
    source, at = manifest.source, manifest.dependencies[0].specifier_at

    assert source.position(at.start) == (1, 7)
    assert source.position(at.end) == (2, 3)


def test_an_absent_specifier_is_empty_behind_the_name() -> None:
    found = read(requirements_txt, "django [x] ; os_name=='y'\n").dependencies[0]

    assert found.specifier_at == (10, 10)
    assert read(requirements_txt, "a\\\n").dependencies[0].specifier_at == (1, 1)


@pytest.mark.parametrize(
    "path, origin",
    [
        ("/p/requirements.txt", Origin.DECLARED),
        ("/p/constraints.txt", Origin.CONSTRAINT),
        ("/p/requirements/base-constraints.in", Origin.CONSTRAINT),
        ("/constraints/base.txt", Origin.DECLARED),
    ],
)
def test_origin_follows_the_name_of_the_file(path: str, origin: Origin) -> None:
    manifest = read(requirements_txt, "a==1\n./b\n-e ./c\n", path)

    assert [origin] * 3 == [found.origin for found in manifest.dependencies]


@pytest.mark.parametrize(
    "text",
    [
        "a @ https://user:s3cret@example.invalid/a.zip",
        "a @ https://s3cret@example.invalid/a.zip",
        "-e git+https://user:s3cret@example.invalid/a#egg=a",
        "https://user:pa/s3cret@example.invalid/a.zip",
        "a @ https://example.invalid/a.zip?token=s3cret&x=1",
        "-r https://user:s3cret@example.invalid/r.txt",
        "--index-url 'https://user:s3cret@example.invalid/simple",
        "bad requirement https://user:s3cret@example.invalid/simple",
        "a==1 --frobnicate=https://user:s3cret@example.invalid/simple",
        "git+https://user:s3cret@example.invalid/x#egg=a==1",
    ],
)
def test_never_shows_a_secret(text: str) -> None:
    manifest = read(requirements_txt, text)

    everything = [found.written for found in manifest.dependencies]
    everything += [problem.message for problem in manifest.problems]
    everything += [include.target for include in manifest.includes]
    assert everything
    assert "s3cret" not in "".join(everything)


def test_a_user_name_that_is_no_secret_stays() -> None:
    found = read(requirements_txt, "git+ssh://git@example.invalid/a#egg=a").dependencies[0]

    assert found.written == "git+ssh://git@example.invalid/a#egg=a"


def test_only_comments_about_ddlint_are_kept() -> None:
    text = 'a==1 # ddlint: ignore[DD301] why\n# other\nb; os_name=="# ddlint:" \nc @ https://x.invalid/#ddlint:\n'
    manifest = read(requirements_txt, text)

    # pip ends a line at ` #` even within quotes, so the third line's is a comment to pip, and the fourth's is none.
    assert [manifest.source.slice(span) for span in manifest.comments] == ["# ddlint: ignore[DD301] why"]


def test_an_unknown_option_is_a_notice() -> None:
    problems = read(requirements_txt, "--frobnicate\n").problems

    assert [problem.severity for problem in problems] == [Severity.NOTICE]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfdjango==4.2\n",
        "\ufeffdjango==4.2\n".encode("utf-16-le"),
        "\ufeffdjango==4.2\n".encode("utf-16-be"),
        b"django==4.2\n# -*- coding: latin-1 -*- caf\xe9\n",
    ],
)
def test_decodes_like_pip(data: bytes) -> None:
    source = decode("/p/requirements.txt", data, has_cookie=BY_MODULE["requirements_txt"].has_cookie)

    assert isinstance(source, Source)
    assert shown(requirements_txt.parse(source)) == ["1:1 django ==4.2"]


@pytest.mark.parametrize("data", [b"# caf\xe9\ndjango\n", "django==4.2\n".encode("utf-16-le"), b"a==1\x00\nb\n"])
def test_what_is_no_text_is_not_guessed(data: bytes) -> None:
    assert isinstance(decode("/p/requirements.txt", data, has_cookie=True), Undecodable)


def test_limits_end_in_one_finding() -> None:
    bad = read(requirements_txt, "a=1\n" * 100_000)
    many = read(requirements_txt, "a==1\n" * 30_000)
    slow = read(requirements_txt, "a===1\n" * 30_000)

    assert len(bad.problems) == 101
    assert bad.problems[-1].message.startswith("this line and 99,899 more could not be read either")
    assert (len(many.dependencies), len(many.problems)) == (15_000, 1)
    assert (len(slow.dependencies), len(slow.problems)) == (5_000, 1)


@pytest.mark.parametrize("bad", ["a b", "numpy=1.21.2=py39_0", "--nothing", "a===1"])
@pytest.mark.parametrize("count", [99, 100, 101, 6_000])
def test_what_is_behind_bad_lines_is_read(bad: str, count: int) -> None:
    """A limit bounds what is reported, never what is read."""
    manifest = read(requirements_txt, f"{bad}\n" * count + "flask==2.0\n-r more.txt\n")

    assert [each.specifier for each in manifest.dependencies if each.name == "flask"] == ["==2.0"]
    assert [each.target for each in manifest.includes] == ["more.txt"]
    assert len(manifest.problems) == (
        0 if bad == "a===1" and count < 5_000 else 1 if bad == "a===1" else min(count, 101)
    )


@pytest.mark.parametrize(
    "text", ["a" * 10_000_000, "a==1 " * 1_000_000, "[" * 1_000_000, " " * 1_000_000 + "#x", "\\\n" * 300_000]
)
def test_a_huge_line_takes_no_time(text: str) -> None:
    assert len(read(requirements_txt, text).problems) <= 1
