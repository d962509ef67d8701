import asyncio

import aredis


async def main():
    try:
        await aredis.StrictRedis(host="127.0.0.1", port=1).get("key")
    except aredis.exceptions.ConnectionError:
        pass


asyncio.run(main())
