from pymemcache.client.base import Client

try:
    Client(("127.0.0.1", 1)).get("key")
except OSError:
    pass
