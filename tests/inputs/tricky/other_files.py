"""Entries 81 to 91: YAML, Python, INI, scripts and what else says what a project runs on."""

from __future__ import annotations

from tests.inputs.tricky.case import Case

_WORKFLOW = ".github/workflows/test.yml"
_ENVIRONMENT = "environment.yml"
_DOCKER = "Dockerfile"


def _setup_python(lines: str) -> str:
    return f"on: push\njobs:\n  t:\n    steps:\n    - uses: actions/setup-python@v5\n      with:\n        {lines}\n"


YAML = (
    Case(81, _setup_python("python-version: 3.10"), ("7:25-7:29 python ==3.10.* exact",), _WORKFLOW),
    Case(
        81,
        'on: push\njobs:\n  t:\n    strategy:\n      matrix:\n        p: [3.9, 3.10, "3.11", 3.x]\n    steps:\n'
        "    - uses: actions/setup-python@v5\n      with:\n        python-version: ${{ matrix.p }}\n",
        (
            *("6:13-6:16 python ==3.9.* exact", "6:18-6:22 python ==3.10.* exact"),
            "6:25-6:29 python ==3.11.* exact",
        ),
        _WORKFLOW,
    ),
    Case(82, "\ufeffdependencies: [a=1]\n", ("1:16-1:19 a ==1.*@1:17-1:19",), _ENVIRONMENT),
    Case(
        82,
        "# \u2028\nname: 'x\u2028y\u0085z'\ndependencies: [a=1]\n",
        ("3:16-3:19 a ==1.*@3:17-3:19",),
        _ENVIRONMENT,
    ),
    Case(83, "x: &x a=1\ndependencies:\n- *x\n", ("1:7-1:10 a ==1.*@1:8-1:10",), _ENVIRONMENT),
    Case(83, "x: &x\n  dependencies: [a=1]\n<<: *x\n", ("2:18-2:21 a ==1.*@2:19-2:21",), _ENVIRONMENT),
    Case(83, "dependencies: [a=1]\ndependencies: [b=1]\n", ("1:16-1:19 a ==1.*@1:17-1:19",), _ENVIRONMENT),
    Case(83, "dependencies: [a=1]\n---\ndependencies: [b=1]\n", ("1:16-1:19 a ==1.*@1:17-1:19",), _ENVIRONMENT),
    Case(83, "dependencies:\t[a=1]\n", ("1:16-1:19 a ==1.*@1:17-1:19",), _ENVIRONMENT),
    Case(
        83,
        "".join(f"a{index}: &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n" for index in range(1, 30)).replace(
            "*a0", "b=1"
        )
        + "dependencies: *a29\n",
        (),
        _ENVIRONMENT,
    ),
    Case(
        84,
        "dependencies:\n- python=3.8\n- conda-forge::numpy=1.21=py39_0\n- numpy 1.8*\n- pip:\n  - django<2\n"
        "  - -r requirements.txt\n",
        (
            *("3:3-3:33 numpy ==1.21@3:21-3:33", "4:3-4:13 numpy ==1.8.*@4:9-4:13", "6:5-6:13 django <2@6:11-6:13"),
            *("2:3-2:13 python ==3.8.* exact", "7:8-7:24 -> requirements.txt"),
        ),
        _ENVIRONMENT,
    ),
)


def _setup(arguments: str, *expected: str, before: str = "") -> Case:
    return Case(85, f"from setuptools import setup\n{before}setup({arguments})\n", expected, "setup.py")


SETUP = (
    _setup(
        'install_requires=["django>=1" ",<3", *X, "a"+"b"] + X',
        "2:7-2:8 c",
        "3:25-3:42 django >=1,<3@3:25-3:42",
        "3:48-3:55 ab",
        before='X = ["c"]\n',
    ),
    _setup('install_requires=open("requirements.txt").read().splitlines()'),
    _setup(
        "install_requires=DJANGO",
        "2:12-2:21 django >=2@2:18-2:21",
        before='DJANGO = ["django>=2"]\n',
    ),
    _setup(
        'install_requires=[f"a=={V}", f"b{V}", "c==%s" % V, "d=={}".format(V)]',
        *("2:27-2:33 a unknown", "2:38-2:42 ? unknown", "2:45-2:56 c unknown", "2:58-2:75 d unknown"),
    ),
    _setup("install_requires=[k + v for k, v in X.items()], extras_require={k: [v] for k, v in X.items()}"),
    _setup("**kw", "2:30-2:33 a <2@2:31-2:33", before='kw = dict(install_requires=["a<2"])\n'),
    _setup("**kw"),
    _setup(
        "install_requires=X",
        before='import sys\nX = ["a"]\nif sys.version_info < (3,):\n    X = ["a<2"]\n',
    ),
    Case(85, 'print "x"\nsetup(install_requires=["a"])\n', ("1:1-1:10 DD002 Python 2",), "setup.py"),
    Case(
        86,
        'setup(author="\xe9", install_requires=["django<2"])\n',
        ("1:38-1:46 django <2@1:44-1:46",),
        "setup.py",
    ),
)

_OPTIONS = '[options]\ninstall_requires =\n    django>=1.8 ; python_version<"3"\n    # comment\n    flask  # inline\n'

INI = (
    Case(
        87,
        _OPTIONS,
        ('3:5-3:37 django >=1.8@3:11-3:16 ; python_version<"3"@3:19-3:37', "5:5-5:10 flask"),
        "setup.cfg",
    ),
    Case(87, "[options]\ninstall-requires = a\n", ("2:20-2:21 a",), "setup.cfg"),
    Case(87, "[options]\ninstall_requires = file: requirements.txt\n", ("2:26-2:42 -> requirements.txt",), "setup.cfg"),
    Case(
        87,
        "[options.extras_require]\ntest = pytest; mock\n",
        ("2:8-2:14 pytest @extra:test", "2:16-2:20 mock @extra:test"),
        "setup.cfg",
    ),
    Case(
        91,
        "[base]\ndeps = flask>2\n[testenv]\ndeps =\n  py39: django<4\n  -rreq.txt\n  {[base]deps}\n",
        (
            *("2:8-2:15 flask >2@2:13-2:15 @env:base", "5:9-5:17 django <4@5:15-5:17 @env:testenv:py39"),
            "6:5-6:12 -> req.txt",
        ),
        "tox.ini",
    ),
)

_BLOCK = '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "django<2",\n#\n# ]\n# ///\n'
_SCRIPT = ("4:6-4:14 django <2@4:12-4:14", "2:22-2:28 python >=3.11")

SCRIPTS = (
    Case(88, _BLOCK, _SCRIPT, "tool.py"),
    Case(88, _BLOCK.replace("\n", "\r\n"), _SCRIPT, "tool.py"),
    Case(88, f"{_BLOCK}\n{_BLOCK}", (*_SCRIPT, "9:1-9:13 DD002 a second"), "tool.py"),
    # By its grammar a block is found in every line of comments, so within a string too.
    Case(88, f'"""\n{_BLOCK}"""\n', ("5:6-5:14 django <2@5:12-5:14", "3:22-3:28 python >=3.11"), "tool.py"),
    Case(89, "3.11\n3.12\n", ("1:1-1:5 python ==3.11.* exact",), ".python-version"),
    Case(89, "pypy3.10-7.3.12\n", ("1:1-1:16 on pypy",), ".python-version"),
    Case(89, "myenv\n", (), ".python-version"),
    Case(89, "# c\n", (), ".python-version"),
    Case(89, "# c\n3.12.1\n", ("2:1-2:7 python ==3.12.1 exact",), ".python-version"),
    Case(89, "python-3.11.6\r\n", ("1:8-1:14 python ==3.11.6 exact",), "runtime.txt"),
)

IMAGES = (
    Case(
        90,
        "FROM --platform=$BUILDPLATFORM docker.example/library/python:3.9.18-slim-bookworm@sha256:ab AS b\n",
        (
            "1:62-1:68 python ==3.9.18 exact",
            "1:32-1:92 on manylinux-x86_64",
            "1:32-1:92 image docker.example/library/python:3.9.18-slim-bookworm",
        ),
        _DOCKER,
    ),
    Case(
        90,
        "ARG PY=3.8\nFROM python:${PY}\n",
        ("1:8-1:11 python ==3.8.* exact", "2:6-2:18 on manylinux-x86_64", "2:6-2:18 image python:3.8"),
        _DOCKER,
    ),
    Case(90, "FROM python\n", ("1:6-1:12 image python:",), _DOCKER),
    Case(
        90,
        "FROM \\\n  python:3.9\nRUN pip install \\\n    'django<2' \\\n    # why\n    flask\nRUN <<EOF\npip install a==1\nEOF\n",
        (
            *("4:6-4:14 django <2@4:12-4:14", "6:5-6:10 flask", "8:13-8:17 a ==1@8:14-8:17"),
            *("2:10-2:13 python ==3.9.* exact", "2:3-2:13 on manylinux-x86_64", "2:3-2:13 image python:3.9"),
        ),
        _DOCKER,
    ),
)

CASES = (*YAML, *SETUP, *INI, *SCRIPTS, *IMAGES)
