"""Write the site: pages from `docs/`, `site/pages/`, the docstrings of checks and the pack, then their build."""
