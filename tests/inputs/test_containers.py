"""Compose files, Kubernetes manifests and ECS task definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.inputs import compose, ecs, kubernetes
from tests.inputs.shown import assert_lawful, read, shown

if TYPE_CHECKING:
    from types import ModuleType

COMPOSE = [
    ("", []),
    ("services:\n", []),
    ("- a\n", []),
    ("services: {a: 1, b: [c], d: {environment: x}}\n", []),
    (
        'services:\n  web:\n    image: "python:3.9-alpine"\n    platform: linux/arm64\n',
        ["3:20 python ==3.9.* exact", "3:13 on musllinux-aarch64", "3:13 image python:3.9-alpine"],
    ),
    (
        "services:\n  web:\n    build: .\n    environment:\n      A: 1\n      B: 'true'\n      C:\n      D: ${X:-1}\n      3D: no\n",
        ["5:10 set A=1", "6:11 set B=true", "7:7 set C=None", "8:10 set D=None"],
    ),
    (
        "services:\n  web:\n    environment:\n      - A=b=c\n      - B\n      - 'C='\n",
        ["4:11 set A=b=c", "5:9 set B=None", "6:10 set C="],
    ),
    (
        "services:\n  a:\n    image: x/agent:${V:-7.50}\n    environment:\n      A: 1\n",
        ["3:12 image x/agent:7.50"],
    ),
    (
        "services:\n  a:\n    image: node:20-alpine\n    environment: {A: 1}\n  b:\n    image: x/node-app:1\n    environment: {B: 1}\n",
        ["7:22 set B=1", "3:12 image node:20-alpine", "6:12 image x/node-app:1"],
    ),
    (
        "services:\n  a: {image: mcr.example/dotnet/aspnet:8.0, environment: {A: 1}}\n  b: {image: 'postgres', environment: [B=1]}\n",
        ["2:14 image mcr.example/dotnet/aspnet:8.0", "3:15 image postgres:"],
    ),
    ("services:\n  a:\n    image: x:${V}\n", []),
    (
        "x-env: &e\n  A: 1\nservices:\n  a:\n    environment:\n      <<: *e\n      B: 2\n",
        ["2:6 set A=1", "7:10 set B=2"],
    ),
    ("services: [\n", ["1:11 DD002 ["]),
]

KUBERNETES = [
    ("", []),
    ("a: [\n", []),
    (
        (
            "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      nodeSelector:\n        kubernetes.io/arch: arm64\n"
            "      containers:\n      - image: python:3.8-slim\n        env:\n        - name: A\n          value: 'true'\n"
            "        - name: B\n          valueFrom: {secretKeyRef: {name: x}}\n        - value: no\n"
        ),
        [
            "9:23 python ==3.8.* exact",
            "12:19 set A=true",
            "13:17 set B=None",
            "9:16 on manylinux-aarch64",
            "9:16 image python:3.8-slim",
        ],
    ),
    (
        "apiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{image: 'a:1'}]\n  containers:\n  - image: x/cluster-agent:7\n    env: [{name: A, value: b}]\n",
        ["4:29 image a:1", "6:12 image x/cluster-agent:7"],
    ),
    (
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  A: '1'\n  file.txt: x\n---\napiVersion: v1\nkind: List\nitems:\n- spec:\n    containers: [{image: b}]\n",
        ["4:7 set A=1", "11:26 image b:"],
    ),
    ("apiVersion: v1\nkind: [\n", ["2:7 DD002 ["]),
    ("apiVersion: v1\nkind: {{ .Values.x }}\n a\n", []),
    ("apiVersion: v1\nspec: &a\n  containers: [*a]\n", []),
]

ECS = [
    ("[]", []),
    ("1", []),
    ("{}", []),
    (
        (
            '{"runtimePlatform": {"cpuArchitecture": "ARM64"}, "containerDefinitions": [\n{"image": "python:3.12",\n'
            '"environment": [{"name": "A", "value": "1"}, {"name": 1}, 2],\n"secrets": [{"name": "B", "valueFrom": "x"}]}]}'
        ),
        [
            "2:19 python ==3.12.* exact",
            "3:41 set A=1",
            "4:23 set B=None",
            "2:12 on manylinux-aarch64",
            "2:12 image python:3.12",
        ],
    ),
    (
        '{"taskDefinition": {"containerDefinitions": [{"image": "x/agent:7", "environment": [{"name": "A", "value": "1"}]}]}}',
        ["1:57 image x/agent:7"],
    ),
    ('[{"image": "python:3.9"}]', ["1:20 python ==3.9.* exact", "1:13 on manylinux-x86_64", "1:13 image python:3.9"]),
    ('{"containerDefinitions": {"image": 1}}', []),
    ('{"image": ', ["1:11 DD002 "]),
    ('{"cpu": ${cpu}}', []),
]

CASES = [
    *((compose, text, expected) for text, expected in COMPOSE),
    *((kubernetes, text, expected) for text, expected in KUBERNETES),
    *((ecs, text, expected) for text, expected in ECS),
]


@pytest.mark.parametrize("module, text, expected", CASES)
def test_reads_what_runs(module: ModuleType, text: str, expected: list[str]) -> None:
    manifest = read(module, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


@given(
    module=st.sampled_from([compose, kubernetes, ecs]),
    words=st.lists(
        st.sampled_from(
            [
                "services",
                ":",
                " ",
                "\n",
                "- ",
                "image",
                "python:3.8",
                "environment",
                "A=1",
                "apiVersion: v1\n",
                "containers",
                "[",
                "]",
                "{",
                "}",
                '"',
                "&a",
                "*a",
                "env",
                ",",
            ]
        ),
        max_size=25,
    ),
)
@settings(deadline=None, max_examples=300)
def test_nothing_raises(module: ModuleType, words: list[str]) -> None:
    assert_lawful(read(module, "".join(words)))


def test_a_template_of_helm() -> None:
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n  {{- with .Values.x }}\n"
        "  labels: {{ toYaml . | nindent 4 }}\n  {{- end }}\nspec:\n  containers:\n  - image: 'python:3.9'\n    env:\n"
        "    - {name: A, value: '{{ .Values.x }}'}\n    - {name: B, value: 'b'}\n  - image: '{{ .Values.image }}:7'\n"
    )

    assert shown(read(kubernetes, text)) == [
        "10:20 python ==3.9.* exact",
        "12:25 set A=None",
        "13:25 set B=b",
        "10:13 on manylinux-x86_64",
        "10:13 image python:3.9",
    ]


def test_values_of_helm() -> None:
    text = "image:\n  repository: x/agent\n  tag: '7.20'\nenv: {A: '1'}\nextraEnv:\n- {name: B, value: '2'}\nother: {C: 3}\n"

    assert shown(read(kubernetes, text, "/p/values.yaml")) == [
        "4:11 set A=1",
        "6:21 set B=2",
        "2:15 image x/agent:7.20",
    ]
