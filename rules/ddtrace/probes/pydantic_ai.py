from pydantic_ai import Agent
from pydantic_ai.models.test import TestModel

Agent(TestModel()).run_sync("a")
