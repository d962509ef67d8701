import valkey

try:
    valkey.Valkey(host="127.0.0.1", port=1, socket_connect_timeout=1).get("key")
except valkey.exceptions.ConnectionError:
    pass
