import importlib
import sys

elasticsearch = importlib.import_module(sys.argv[3])
try:
    elasticsearch.Elasticsearch("http://127.0.0.1:1", max_retries=0).info()
except Exception as error:  # each major has a class of its own for a refused connection, and none is in all of them
    assert "Connection" in type(error).__name__, error
