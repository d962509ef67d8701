try:
    from langchain_core.language_models.fake import FakeListLLM
except ImportError:
    from langchain_core.language_models import FakeListLLM
assert FakeListLLM(responses=["hello"]).invoke("a") == "hello"
