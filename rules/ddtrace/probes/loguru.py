from loguru import logger

logger.info("hello")
