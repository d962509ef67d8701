"""One run: projects are linted, findings suppressed, compared with a baseline, fixed."""
