import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession() as session:
        try:
            await session.get("http://127.0.0.1:1/")
        except aiohttp.ClientError:
            pass


asyncio.run(main())
