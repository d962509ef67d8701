from setuptools import setup

setup(name="tracing-graphql", python_requires=">=3.7", install_requires=["ddtrace>=1.5.5", "graphql-core"])
