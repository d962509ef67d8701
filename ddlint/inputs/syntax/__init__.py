"""TOML, JSON, YAML, INI and Python text with the place of every value. It knows no format."""
