import asyncio


async def main():
    await asyncio.create_task(asyncio.sleep(0))


asyncio.run(main())
