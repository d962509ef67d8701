from dogpile.cache import make_region

region = make_region().configure("dogpile.cache.memory")
assert region.get_or_create("key", lambda: 1) == 1
