from typing import TypedDict

from langgraph.graph import StateGraph


class State(TypedDict):
    a: int


graph = StateGraph(State)
graph.add_node("first", lambda state: {"a": 2})
graph.set_entry_point("first")
graph.set_finish_point("first")
assert graph.compile().invoke({"a": 1})["a"] == 2
