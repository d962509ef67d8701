import asyncio

import aioredis


async def main():
    try:
        redis = aioredis.from_url("redis://127.0.0.1:1") if hasattr(aioredis, "from_url") else None
        await (redis.get("key") if redis else aioredis.create_redis("redis://127.0.0.1:1"))
    except (OSError, aioredis.RedisError):
        pass


asyncio.run(main())
