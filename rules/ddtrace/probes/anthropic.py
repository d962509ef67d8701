import anthropic

client = anthropic.Anthropic(api_key="a", base_url="http://127.0.0.1:1", max_retries=0)
try:
    client.messages.create(model="b", max_tokens=1, messages=[{"role": "user", "content": "c"}])
except anthropic.APIConnectionError:
    pass
