"""What may bring a tracer into a deployment: layers, their versions, annotations, keys of YAML files."""

from __future__ import annotations

import pytest

from ddlint.core.source import Source
from ddlint.inputs import cdk, kubernetes, serverless, terraform

ARN = "arn:aws:lambda:eu-west-1:464622532012:layer:"
POD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n  template:\n    metadata: {}\n    spec:\n      containers: [{{image: 'python:3.9'}}]\n"
FUNCTION = 'resource "aws_lambda_function" "api" {\n%s\n}\n'


def shown(module: object, name: str, text: str) -> list[str]:
    """The workloads of a file: their names, Pythons, and hints with the text at their place."""
    source = Source(f"/p/{name}", text)
    found = []
    for each in module.parse(source).workloads:  # type: ignore[attr-defined]  # every input has it
        hints = [f"{hint.kind} {hint.name}={hint.value}|{text[hint.at.start : hint.at.end]}" for hint in each.hints]
        pythons = " ".join(python.written for python in each.pythons)
        found.append(f"{each.noun} {each.name} [{pythons}] " + "; ".join(hints))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# layer_version=1\n", []),
        ("x = 1\n", []),
        ("python_layer_version=62\r\nPYTHON_3_9\r\n", ["  [] key python_layer_version=62|python_layer_version=62"]),
        ("é = 1\npython_layer_version = 62\n", ["  [] key python_layer_version=62|python_layer_version = 62"]),
        (
            "pythonLayerVersion: 62, r: Runtime.PYTHON_3_9",
            ["  [PYTHON_3_9] key pythonLayerVersion=62|pythonLayerVersion: 62"],
        ),
        ("python_layer_version=version\n", []),
        ("python_layer_version=1.5\n", []),
        (f'a = "{ARN}Datadog-Python39:62"\n', ["  [] layer Datadog-Python39=62|Datadog-Python39:62"]),
        (f'a = f"{ARN}Datadog-Python39:{{n}}"\n', []),
        (f"// {ARN}Datadog-Python39:62\n * {ARN}Datadog-Python39:62\n", []),
    ],
)
def test_stacks(text: str, expected: list[str]) -> None:
    assert shown(cdk, "shop_stack.py", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# :layer:a:1\n", []),
        (FUNCTION % f'  layers = ["{ARN}L-Python39:62"]', ["function api [] layer L-Python39=62|L-Python39:62"]),
        (
            FUNCTION % f'  runtime = "python3.9"\r\n  layers = ["{ARN}L:6"]\r',
            ["function api [python3.9] layer L=6|L:6"],
        ),
        (FUNCTION % f'  # layers = ["{ARN}L:5"]\n  layers = ["{ARN}L:6"]', ["function api [] layer L=6|L:6"]),
        (FUNCTION % f'  x = "}}"\n  layers = ["{ARN}L:6"] # }}', ["function api [] layer L=6|L:6"]),
        (FUNCTION % f'  /* }} */\n  layers = ["{ARN}L:6"]', ["function api [] layer L=6|L:6"]),
        ('module "api" {\n  a_layer_version = 9\n', ["function api [] key a_layer_version=9|a_layer_version = 9"]),
        ('variable "a_layer_version" {\n  default = 9\n}\n', []),
        ('module "api" {\n  a_layer_version = var.n\n}\n', []),
        (FUNCTION % f'  layers = ["{ARN}L:${{var.n}}"]', []),
    ],
)
def test_terraform(text: str, expected: list[str]) -> None:
    assert shown(terraform, "main.tf", text) == expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("{}", []),
        ("{annotations: {a: b}}", []),
        ("{annotations: {x.io/v: v1}}", ["workload web [python:3.9] annotation x.io/v=v1|v1"]),
        ("{labels: {x.io/v: 'true'}}", ["workload web [python:3.9] annotation x.io/v=true|true"]),
        ("{annotations: {x.io/v: é}}", ["workload web [python:3.9] annotation x.io/v=é|é"]),
        ("{annotations: [x.io/v]}", []),
        ("{annotations: {x.io/v: [1]}}", []),
    ],
)
def test_annotations(metadata: str, expected: list[str]) -> None:
    assert shown(kubernetes, "web.yaml", POD.format(metadata)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {b: {c: v1}}", ["  [] key a.b.c=v1|v1"]),
        ("a: [{b: {c: '2'}}]", ["  [] key a.b.c=2|2"]),
        ("a: word", []),
        ("a: &x {b: '1'}\nc: *x", ["  [] key a.b=1|1"]),
    ],
)
def test_keys_of_values(text: str, expected: list[str]) -> None:
    assert shown(kubernetes, "values.yaml", text) == expected


def test_functions() -> None:
    text = f"provider:\n  runtime: python3.9\n  layers: [{ARN}L:1]\nfunctions:\n  a: {{}}\n  b: {{layers: []}}\n  c: {{layers: ['{ARN}M:2']}}\n"

    assert [each.partition(";")[0] for each in shown(serverless, "serverless.yml", text)] == [
        "function a [python3.9] layer L=1|L:1",
        "function b [python3.9] excluded *=|" + text.rstrip("\n"),
        "function c [python3.9] layer M=2|M:2",
    ]
