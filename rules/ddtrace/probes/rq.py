import redis
import rq

try:
    rq.Queue(connection=redis.Redis(host="127.0.0.1", port=1)).enqueue("os.getcwd")
except redis.exceptions.ConnectionError:
    pass
