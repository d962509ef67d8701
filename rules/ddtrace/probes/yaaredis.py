import asyncio

import yaaredis


async def main():
    try:
        await yaaredis.StrictRedis(host="127.0.0.1", port=1).get("key")
    except yaaredis.exceptions.ConnectionError:
        pass


asyncio.run(main())
