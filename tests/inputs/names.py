"""What files of each input are called, relative to their project."""

from __future__ import annotations

NAMES = {
    "requirements_txt": (
        "requirements.txt requirements-dev.txt dev-requirements.in requirements.pip constraints.txt"
        " requirements/base.txt reqs/a.in deps/b.pip my_requirements_py2.txt Requirements.TXT"
        " requirements/runtime.txt upper-constraints.txt"
    ),
    "setup_cfg": "setup.cfg",
    "setup_py": "setup.py",
    "tox_ini": "tox.ini",
    "noxfile": "noxfile.py",
    "script": "a.py tools/setup_all.py dockerfile.py",
    "environment_yml": "environment.yml environment.yaml environment-dev.yml conda-environment.yml conda.yaml",
    "uv_lock": "uv.lock tool.py.lock",
    "poetry_lock": "poetry.lock",
    "pdm_lock": "pdm.lock pdm.dev.lock",
    "pylock": "pylock.toml pylock.prod.toml",
    "pipfile": "Pipfile",
    "pipfile_lock": "Pipfile.lock",
    "pyproject": "pyproject.toml",
    "hatch_toml": "hatch.toml",
    "uv_toml": "uv.toml",
    "pixi_toml": "pixi.toml",
    "pixi_lock": "pixi.lock",
    "conda_lock": "conda-lock.yml conda-lock.yaml dev.conda-lock.yml",
    "pre_commit_config": ".pre-commit-config.yaml",
    "workflow": ".github/workflows/ci.yml .github/workflows/a.yaml",
    "dockerfile": (
        "Dockerfile dockerfile Dockerfile.prod web.Dockerfile Dockerfile-dev docker/Dockerfile.web.prod"
        " Containerfile k8s/Dockerfile Dockerfile_Datadog web_dockerfile"
    ),
    "compose": "docker-compose.yml compose.yaml docker-compose.override.yml compose.prod.yaml docker.compose.yaml docker_compose_dev.yml",
    "env_file": ".env .env.prod .env.local prod.env",
    "kubernetes": (
        "k8s/web.yml deploy/base/web.yaml deployment.yaml web-deployment.yml configmap.yaml deploy.yaml pod.yaml"
        " kubernetes-manifests/web.yaml k8s_manifests/a.yml release/kubernetes-manifests.yaml"
        " app.yml helm/templates/web.yaml charts/shop/values.yaml templates/web.yaml values.yaml values-prod.yml"
    ),
    "ecs": "taskdef.json task-definition.json web-task-def.prod.json task_definition.json",
    "serverless": "serverless.yml template.yaml sam.yml serverless.prod.yml",
    "cdk": "shop_stack.py lib/shop-stack.ts app/stack.py",
    "terraform": "main.tf modules/api/lambda.tf",
    "python_version": ".python-version",
    "runtime_txt": "runtime.txt",
    "tool_versions": ".tool-versions",
}
"""By module, the usual name first; blanks part them."""
