import anyio


async def main():
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, 0)


anyio.run(main)
