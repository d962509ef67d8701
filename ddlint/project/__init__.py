"""From paths to a project: its files, what is installed together, its Pythons and its tracer."""
