# 1.x, 2.x and later have nothing in common: each is found by what it has
try:
    from algoliasearch.search_client import SearchClient
except ImportError:
    SearchClient = None
if SearchClient:
    from algoliasearch.configs import SearchConfig
    from algoliasearch.exceptions import AlgoliaException
    from algoliasearch.http.hosts import Host, HostsCollection

    config = SearchConfig("a", "b")
    config.hosts = HostsCollection([Host("127.0.0.1:1")])
    try:
        SearchClient.create_with_config(config).init_index("c").search("d")
    except AlgoliaException:
        pass
