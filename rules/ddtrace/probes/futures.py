from concurrent.futures import ThreadPoolExecutor

assert ThreadPoolExecutor(1).submit(lambda: 1).result() == 1
