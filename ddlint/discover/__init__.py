"""From paths to projects and their files: `search.py` groups them, `walk.py` lists them and is alone in doing so."""
