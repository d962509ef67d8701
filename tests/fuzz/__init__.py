"""Fuzzing of every input: `python -m tests.fuzz --minutes 60` is the long run, the tests here are its short form."""
