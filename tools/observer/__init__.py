"""Run releases of ddtrace with versions of libraries, and record what happens."""
