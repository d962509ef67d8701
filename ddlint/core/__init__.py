"""The base of all other packages: types, sources, paths, text. It imports nothing else of ddlint."""
