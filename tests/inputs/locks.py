"""Locks in the shapes that tools write them, with versions and hashes made up."""

from __future__ import annotations

_HASH = "sha256:" + "0123456789abcdef" * 4

UV = f"""version = 1
revision = 3
requires-python = ">=3.9"
resolution-markers = [
    "python_full_version >= '3.11'",
    "python_full_version < '3.11'",
]

[manifest]
overrides = [{{ name = "zlib", specifier = ">=1" }}]

[[package]]
name = "shop"
version = "0.1.0"
source = {{ editable = "." }}
dependencies = [
    {{ name = "flask" }},
    {{ name = "numpy", version = "1.26.4", source = {{ registry = "https://index.example/simple" }}, marker = "python_full_version < '3.11'" }},
    {{ name = "numpy", version = "2.1.0", source = {{ registry = "https://index.example/simple" }}, marker = "python_full_version >= '3.11'" }},
]

[package.optional-dependencies]
fast = [
    {{ name = "uvloop", marker = "sys_platform != 'win32'" }},
]

[package.dev-dependencies]
dev = [
    {{ name = "pytest" }},
]

[package.metadata]
requires-dist = [
    {{ name = "flask", specifier = ">=2" }},
    {{ name = "numpy" }},
]
provides-extras = ["fast"]

[package.metadata.requires-dev]
dev = [{{ name = "pytest", specifier = ">=8" }}]

[[package]]
name = "flask"
version = "2.3.3"
source = {{ registry = "https://index.example/simple" }}
dependencies = [
    {{ name = "importlib-metadata", marker = "python_full_version < '3.10'" }},
    {{ name = "werkzeug" }},
]
sdist = {{ url = "https://files.example/flask-2.3.3.tar.gz", hash = "{_HASH}", size = 672299, upload-time = "2023-08-21T19:52:35.343Z" }}
wheels = [
    {{ url = "https://files.example/flask-2.3.3-py3-none-any.whl", hash = "{_HASH}", size = 96112 }},
    {{ url = "https://files.example/flask-2.3.3-py2-none-any.whl", hash = "{_HASH}", size = 0 }},
]

[[package]]
name = "importlib-metadata"
version = "8.5.0"
source = {{ registry = "https://index.example/simple" }}

[[package]]
name = "numpy"
version = "1.26.4"
source = {{ registry = "https://index.example/simple" }}
resolution-markers = [
    "python_full_version < '3.11'",
]

[[package]]
name = "numpy"
version = "2.1.0"
source = {{ registry = "https://index.example/simple" }}
resolution-markers = [
    "python_full_version >= '3.11' and sys_platform == 'win32'",
    "python_full_version >= '3.11' and sys_platform != 'win32'",
]

[[package]]
name = "pytest"
version = "8.3.4"
source = {{ git = "https://git.example/pytest?tag=8.3.4#0123" }}

[[package]]
name = "uvloop"
version = "0.21.0"
source = {{ registry = "https://index.example/simple" }}

[[package]]
name = "werkzeug"
version = "3.1.3"
source = {{ registry = "https://index.example/simple" }}

[[package]]
name = "worker"
source = {{ virtual = "packages/worker" }}
"""

POETRY_2_1 = f"""# This file is written by a tool and should not be changed by hand.

[[package]]
name = "colorama"
version = "0.4.6"
description = "Says \\"colour\\" = [1]"
optional = false
python-versions = "!=3.0.*,>=2.7"
groups = ["main", "dev"]
files = [
    {{file = "colorama-0.4.6-py2.py3-none-any.whl", hash = "{_HASH}"}},
    {{file = "colorama-0.4.6.tar.gz", hash = "{_HASH}"}},
]
markers = {{main = "sys_platform == \\"win32\\"", dev = "os_name == \\"nt\\" or sys_platform == \\"win32\\""}}

[[package]]
name = "Django_Stuff"
version = "4.2.16"
description = ""
optional = false
python-versions = ">=3.8"
groups = ["main"]
files = []

[package.dependencies]
asgiref = ">=3.6.0,<4"
"backports.zoneinfo" = {{version = "*", markers = "python_version < \\"3.9\\""}}
sqlparse = [
    {{version = ">=0.3.1", markers = "python_version < \\"3.9\\""}},
    {{version = ">=0.4", markers = "python_version >= \\"3.9\\""}},
]

[package.extras]
argon2 = ["argon2-cffi (>=19.1.0)", "x"]

[[package]]
name = "grpcio"
version = "1.66.0"
description = "x"
optional = true
python-versions = ">=3.8"
groups = ["main"]
files = []
markers = "extra == \\"grpc\\""

[[package]]
name = "mylib"
version = "1.0"
description = ""
optional = false
python-versions = "*"
groups = ["test"]
files = []
develop = false

[package.source]
type = "git"
url = "https://git.example/mylib.git"
reference = "main"
resolved_reference = "0123456789abcdef"

[[package]]
name = "private"
version = "2.0+corp.1"
description = ""
optional = false
python-versions = "*"
groups = ["docs", "test"]
files = []

[package.source]
type = "legacy"
url = "https://index.example/simple"
reference = "corp"

[extras]
grpc = ["grpcio"]

[metadata]
lock-version = "2.1"
python-versions = "^3.8"
content-hash = "0123"
"""

POETRY_1_0 = f"""[[package]]
category = "main"
description = "The one"
name = "boto"
optional = false
python-versions = "*"
version = "1.13.41"

[package.dependencies]
docutils = ">=0.10,<0.16"

[package.dependencies.python-dateutil]
python = ">=2.7"
version = ">=2.1,<2.8.1"

[[package]]
category = "dev"
description = "Another"
marker = "python_version < \\"3.8\\""
name = "zipp"
optional = false
python-versions = ">=2.7"
version = "0.6.0"

[metadata]
content-hash = "e90f"
python-versions = "~3.8"

[metadata.hashes]
boto = ["0123", "4567"]
zipp = ["0123"]

[metadata.files]
boto = [
    {{file = "boto-1.13.41.tar.gz", hash = "{_HASH}"}},
]
"""

PDM = f"""# This file is @generated by PDM.
# It is not intended for manual editing.

[metadata]
groups = ["default", "test"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
content_hash = "sha256:0123"

[[metadata.targets]]
requires_python = ">=3.8"

[[metadata.targets]]
requires_python = ">=3.9"
platform = "linux"

[[package]]
name = "requests"
version = "2.31.0"
requires_python = ">=3.7"
summary = "x"
groups = ["default"]
dependencies = [
    "certifi>=2017.4.17",
    "urllib3<3,>=1.21.1; python_version >= \\"3.8\\"",
]
files = [
    {{file = "requests-2.31.0.tar.gz", hash = "{_HASH}"}},
]

[[package]]
name = "requests"
version = "2.31.0"
extras = ["socks"]
requires_python = ">=3.7"
summary = "x"
groups = ["test"]
dependencies = [
    "PySocks>=1.5.6",
    "requests==2.31.0",
]

[[package]]
name = "tomli"
version = "2.0.1"
groups = ["test"]
marker = "python_version < \\"3.11\\""

[[package]]
name = "local"
version = "0.1"
path = "./local"
groups = ["default"]

[[package]]
name = "celery"
version = "5.3.0"
extras = ["redis", "Sq_s"]
groups = ["default"]
"""

PYLOCK = """# This file was made by a tool.
lock-version = "1.0"
created-by = "tool"
requires-python = ">=3.9"

[[packages]]
name = "attrs"
version = "24.2.0"
index = "https://index.example/simple"
sdist = { url = "https://files.example/attrs-24.2.0.tar.gz", upload-time = 2024-02-29T09:03:30.130Z, size = 12, hashes = { sha256 = "01" } }
wheels = [{ url = "https://files.example/attrs-24.2.0-py3-none-any.whl", upload-time = 2024-08-06T14:37:36Z, size = 1, hashes = { sha256 = "01" } }]

[[packages]]
name = "tomli"
version = "2.0.1"
marker = "python_full_version < '3.11'"

[[packages]]
name = "here"
directory = { path = ".", editable = true }

[[packages]]
name = "vcs"
version = "1.0"
vcs = { type = "git", url = "https://git.example/x", commit-id = "01" }
"""

ALL = {"uv": UV, "poetry 2.1": POETRY_2_1, "poetry 1.0": POETRY_1_0, "pdm": PDM, "pylock": PYLOCK}
