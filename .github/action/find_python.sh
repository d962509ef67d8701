#!/usr/bin/env bash
# Finds a Python that ddlint runs on and that can make a virtual environment; the output `path` is empty if there is none.
set -euo pipefail

probe='import ensurepip, sys, venv
if sys.version_info >= (3, 11) and sys.implementation.name == "cpython":
    print(sys.executable, end="")'

for candidate in python3 python python3.14 python3.13 python3.12 python3.11; do
    if path=$("$candidate" -I -c "$probe" 2>/dev/null) && [ -n "$path" ]; then
        printf 'path=%s\n' "$path" >>"$GITHUB_OUTPUT"
        exit 0
    fi
done
printf 'path=\n' >>"$GITHUB_OUTPUT"
