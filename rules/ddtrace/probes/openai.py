import openai

messages = [{"role": "user", "content": "a"}]
if hasattr(openai, "OpenAI"):
    client = openai.OpenAI(api_key="a", base_url="http://127.0.0.1:1", max_retries=0)
    try:
        client.chat.completions.create(model="b", messages=messages)
    except openai.APIConnectionError:
        pass
else:
    openai.api_key, openai.api_base = "a", "http://127.0.0.1:1"
    try:
        openai.ChatCompletion.create(model="b", messages=messages)
    except openai.error.APIConnectionError:
        pass
