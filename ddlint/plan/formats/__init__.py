"""How plans are written."""
