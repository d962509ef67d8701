import litellm

litellm.completion(model="gpt-4o", messages=[{"role": "user", "content": "a"}], mock_response="hello")
