from google import genai

client = genai.Client(api_key="a", http_options={"base_url": "http://127.0.0.1:1"})
try:
    client.models.generate_content(model="b", contents="c")
except Exception as error:  # versions differ in their HTTP client, and so in the error of a refused connection
    assert "onnect" in type(error).__name__, error
