"""What every other package stands on: types, sources, paths, text. It imports nothing else of ddlint."""
