import rediscluster

try:
    rediscluster.RedisCluster(startup_nodes=[{"host": "127.0.0.1", "port": "1"}]).get("key")
except rediscluster.exceptions.RedisClusterException:
    pass
