import asyncio

import asyncpg


async def main():
    try:
        await asyncpg.connect(host="127.0.0.1", port=1, user="a", database="b", timeout=1)
    except OSError:
        pass


asyncio.run(main())
