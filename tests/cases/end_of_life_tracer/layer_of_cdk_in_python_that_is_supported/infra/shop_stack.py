"""The stack of a shop."""

from typing import Any


def add_datadog(scope: Any, constructs: Any, aws_lambda: Any) -> None:
    """Add the functions."""
    # it was python_layer_version=10 before
    datadog = constructs.DatadogLambda(scope, "datadog", python_layer_version=130, extension_layer_version=65)
    runtime = aws_lambda.Runtime.PYTHON_3_11
    datadog.add_lambda_functions([aws_lambda.Function(scope, "api", runtime=runtime)])
