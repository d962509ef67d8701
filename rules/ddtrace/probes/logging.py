import logging

logging.getLogger("probe").warning("hello")
