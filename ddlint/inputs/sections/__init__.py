"""Sections of pyproject.toml and of the files of its tools."""
