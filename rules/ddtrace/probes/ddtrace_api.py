import ddtrace_api

with ddtrace_api.tracer.trace("ddtrace_api.probe"):
    pass
