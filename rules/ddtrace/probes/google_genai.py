from google import genai

client = genai.Client(api_key="a", http_options={"base_url": "http://127.0.0.1:1"})
try:
    client.models.generate_content(model="b", contents="c")
except Exception as error:  # the client of HTTP behind it has changed
    assert "onnect" in type(error).__name__, error
