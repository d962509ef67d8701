import asyncio

import aiopg
import psycopg2


async def main():
    try:
        await aiopg.connect(host="127.0.0.1", port=1)
    except psycopg2.OperationalError:
        pass


asyncio.run(main())
