"""Entries 32 to 52: the forms of a requirement, and what is none."""

from __future__ import annotations

from tests.inputs.tricky.case import Case

_URL = "https://example.invalid"

PLACES = (
    Case(32, "-e .", ("1:4-1:5 ? unknown",)),
    Case(32, "-e .[test]", ("1:4-1:11 ? [test] unknown",)),
    Case(
        32,
        "-e git+ssh://git@example.invalid/a/foo.git@v1#egg=foo[x]&subdirectory=y",
        ("1:4-1:72 foo [x] unknown",),
    ),
    Case(
        33,
        "-e git@example.invalid:a/b.git#egg=b\n",
        ("1:4-1:24 DD003 write `git+ssh://git@example.invalid/a/b.git#egg=b`",),
    ),
    Case(34, f"git+{_URL}/y@main#egg=foo==1.0\n", ("1:36-1:48 DD003 names no distribution; write `egg=name`",)),
    Case(35, "foo-1.0-py3-none-any.whl\n", ("1:1-1:25 foo ==1.0@1:5-1:8",)),
    Case(35, "./dist/foo-1.0-py3-none-any.whl\n", ("1:1-1:32 foo ==1.0@1:12-1:15",)),
    Case(36, "./foo\n", ("1:1-1:6 ? unknown",)),
    Case(36, "foo/bar\n", ("1:1-1:8 ? unknown",)),
    Case(36, "/a/b\n", ("1:1-1:5 ? unknown",)),
    Case(36, "C:\\x\\y\n", ("1:1-1:7 ? unknown",)),
    Case(36, "file:///x/y\n", ("1:1-1:12 ? unknown",)),
    Case(36, f"{_URL}/a;b.zip\n", ("1:1-1:32 ? unknown",)),
    Case(
        37,
        f"a@{_URL}/y.zip; python_version<'3.8'\n",
        ("1:1-1:54 a ; python_version<'3.8'@1:34-1:54 unknown",),
    ),
    Case(38, "numpy @ file:///home/conda/x\n", ("1:1-1:29 numpy unknown",)),
    Case(39, "pkg-resources==0.0.0\n", ("1:1-1:21 pkg-resources ==0.0.0@1:14-1:21",)),
)

VALID = (
    Case(40, "Django_Foo.Bar==1\n", ("1:1-1:18 django-foo-bar ==1@1:15-1:18",)),
    Case(40, "DJANGO>=3\n", ("1:1-1:10 django >=3@1:7-1:10",)),
    Case(
        41,
        'requests [security , socks] >= 2 , < 3 ; extra=="z"\n',
        ('1:1-1:52 requests >=2,<3@1:29-1:39 [security,socks] ; extra=="z"@1:42-1:52',),
    ),
    Case(41, "a (>=1,<2)\n", ("1:1-1:11 a >=1,<2@1:4-1:10",)),
    Case(42, "a>=1,\n", ("1:1-1:6 a >=1@1:2-1:5",)),
    Case(43, "a==v1.0\n", ("1:1-1:8 a ==v1.0@1:2-1:8",)),
    Case(43, "a==V1.0.0\n", ("1:1-1:10 a ==V1.0.0@1:2-1:10",)),
    Case(43, "a==01.02\n", ("1:1-1:9 a ==01.02@1:2-1:9",)),
    Case(43, "a==1!2.0\n", ("1:1-1:9 a ==1!2.0@1:2-1:9",)),
    Case(43, "a==1.0+cu118\n", ("1:1-1:13 a ==1.0+cu118@1:2-1:13",)),
    Case(43, "a===1.0-weird\n", ("1:1-1:14 a ===1.0-weird@1:2-1:14",)),
    Case(44, "a==3.10\n", ("1:1-1:8 a ==3.10@1:2-1:8",)),
    Case(49, "python>=3.8\n", ("1:1-1:12 python >=3.8@1:7-1:12",)),
    Case(50, "a==1\na==2\n", ("1:1-1:5 a ==1@1:2-1:5", "2:1-2:5 a ==2@2:2-2:5")),
)

INVALID = (
    Case(42, "a>=1 <2\n", ("1:5-1:6 DD003 a comma is missing between two bounds",)),
    Case(42, "a>=\n", ("1:2-1:4 DD003 no version follows `>=`",)),
    Case(42, "a=1\n", ("1:2-1:3 DD003 write `==1`",)),
    Case(42, "a=>1\n", ("1:2-1:4 DD003 write `>=1`",)),
    Case(42, "a<>1\n", ("1:2-1:4 DD003 write `!=1`",)),
    Case(42, "a^1.0\n", ("1:2-1:3 DD003 write `>=1.0` and an upper bound",)),
    Case(42, "a~1.0\n", ("1:2-1:3 DD003 write `~=1.0`",)),
    Case(42, "a==latest\n", ("1:4-1:10 DD003 `latest` is no version; leave it out",)),
    Case(42, "a==*\n", ("1:4-1:5 DD003 leave out `==*`",)),
    Case(42, "a>=1.*\n", ("1:5-1:7 DD003 write `>=1`",)),
    Case(42, "a~=1\n", ("1:4-1:5 DD003 write `~=1.0`",)),
    Case(42, "a~=1.0.*\n", ("1:7-1:9 DD003 write `==1.0.*`",)),
    Case(42, "a==1.0+foo.*\n", ("1:11-1:13 DD003 leave it out",)),
    Case(42, "a>=1.0+cu118\n", ("1:7-1:13 DD003 a local version such as `+cu118`",)),
    Case(42, "a==1_0\n", ("1:4-1:7 DD003 `1_0` is no version of PEP 440",)),
    Case(42, "pytz>=2004d\n", ("1:7-1:12 DD003 `2004d` is no version of PEP 440",)),
    Case(45, 'a; python_version<"3.8"#c\n', ("1:24-1:25 DD003 a comment needs a blank before its `#`",)),
    Case(45, "a;\n", ("1:1-1:3 a",)),
    Case(46, "\u200bdjango==4.2\n", ("1:1-1:2 DD003 U+200B",)),
    Case(46, "django\u00a0==4.2\n", ("1:7-1:8 DD003 U+00A0",)),
    Case(46, "a; python_version < \u201c3.8\u201d\n", ("1:21-1:22 DD003 U+201C",)),
    Case(46, "\u2013r x.txt\n", ("1:1-1:2 DD003 U+2013",)),
    Case(46, "django\uff1d\uff1d4.2\n", ("1:7-1:8 DD003 U+FF1D",)),
    Case(
        47,
        "<<<<<<< HEAD\na==1\n=======\na==2\n>>>>>>> b\n",
        (
            *("2:1-2:5 a ==1@2:2-2:5", "4:1-4:5 a ==2@4:2-4:5", "1:1-1:13 DD003 a merge conflict was left here"),
            *("3:1-3:8 DD003 a merge conflict was left here", "5:1-5:10 DD003 a merge conflict was left here"),
        ),
    ),
    Case(48, "a=={{ version }}\n", ("1:1-1:17 a unknown",)),
    Case(48, '"a==1",\n', ("1:1-1:8 DD003 a requirement has no quotes and no comma after it",)),
    Case(48, "```\na==1\n```\n", ("2:1-2:5 a ==1@2:2-2:5", "1:1-1:4 DD003 Markdown", "3:1-3:4 DD003 Markdown")),
    Case(48, "pip install a\n", ("1:1-1:12 DD003 write only what follows `pip install`",)),
    Case(48, "numpy=1.21.2=py39_0\n", ("1:6-1:7 DD003 conda's spelling; write `==1.21.2`",)),
)

SIZES = (
    Case(51, "a==1\x00\nb\n", ("DD001 it contains NUL characters",)),
    Case(51, "a" * 10_000_000, ("1:1-1:10000001 DD003 it is longer than 20,000 characters",)),
    Case(51, "# c\n" * 99_999 + "a==1", ("100000:1-100000:5 a ==1@100000:2-100000:5",)),
    Case(51, ""),
    Case(51, "# c\n\n  # d\n"),
    Case(
        52,
        "#\n#    pip-compile --output-file=requirements.txt\n#\na==1\n    # via\n    #   -r requirements.in\n    #   b\nb==1\n"
        "    # via -r requirements.in\n",
        ("4:1-4:5 a ==1@4:2-4:5", "8:1-8:5 b ==1@8:2-8:5"),
    ),
)

CASES = (*PLACES, *VALID, *INVALID, *SIZES)
