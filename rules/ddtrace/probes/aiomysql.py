import asyncio

import aiomysql


async def main():
    try:
        await aiomysql.connect(host="127.0.0.1", port=1)
    except aiomysql.OperationalError:
        pass


asyncio.run(main())
