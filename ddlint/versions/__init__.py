"""Versions, markers and Pythons: the algebra of requirements."""
