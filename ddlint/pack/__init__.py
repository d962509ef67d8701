"""Packs: rows about one subject distribution, read from YAML or from their compiled form."""
