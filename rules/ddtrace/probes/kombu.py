import kombu

with kombu.Connection("memory://") as connection:
    queue = connection.SimpleQueue("things")
    queue.put({"a": 1})
    assert queue.get(timeout=1).payload == {"a": 1}
