"""Projects made to break, stop or mislead whoever reads them."""
