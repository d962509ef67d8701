"""What `tools/refresh.py` is made of: the index, what files and sources say, and the rows written from it."""
