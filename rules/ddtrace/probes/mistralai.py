try:
    from mistralai.client import Mistral
except ImportError:
    try:
        from mistralai import Mistral
    except ImportError:
        Mistral = None

if Mistral:
    client = Mistral(api_key="a", server_url="http://127.0.0.1:1")
    try:
        client.chat.complete(model="b", messages=[{"role": "user", "content": "c"}])
    except Exception as error:  # versions differ in their HTTP client, and so in the error of a refused connection
        assert "onnect" in type(error).__name__, error
