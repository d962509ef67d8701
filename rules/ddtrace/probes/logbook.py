import logbook

with logbook.NullHandler().applicationbound():
    logbook.Logger("a").info("hello")
