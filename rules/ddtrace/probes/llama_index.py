from llama_index.core.llms import MockLLM

MockLLM().complete("a")
