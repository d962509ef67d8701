"""Which files belong to which project (DESIGN of the house, what a project is)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from ddlint.project.discover import discover
from ddlint.project.walk import input_of, root_of, walk

if TYPE_CHECKING:
    from pathlib import Path

    from ddlint.project.discover import Search
    from tests.folder import Folder


def build(top: Path, *names: str) -> None:
    """Make empty files; a name that ends in `/` is a folder."""
    for name in names:
        path = top / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


def search(top: Path, *paths: str, excluded: tuple[str, ...] = ()) -> Search:
    wanted = [(top / path).as_posix() for path in paths or ["."]]
    return discover(wanted, lambda path: any(name in path for name in excluded))


def projects(top: Path, *paths: str, excluded: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The files of each judged project, relative."""
    found = search(top, *paths, excluded=excluded).projects
    return {
        os.path.relpath(project.directory, top): [os.path.relpath(file.path, top) for file in project.files]
        for project in found
        if not project.is_context
    }


def test_a_project_is_a_folder_with_a_dependency_file(tmp_path: Path) -> None:
    build(tmp_path, "requirements.txt", "README.md", "svc/pyproject.toml", "svc/uv.lock", "lib/readme.txt")

    assert projects(tmp_path) == {".": ["requirements.txt"], "svc": ["svc/pyproject.toml", "svc/uv.lock"]}


@pytest.mark.parametrize("name", ["requirements", "reqs", "deps", "Requirements"])
def test_a_folder_of_requirements_belongs_to_the_folder_above(tmp_path: Path, name: str) -> None:
    build(tmp_path, "pyproject.toml", f"{name}/base.txt", f"{name}/dev.in")

    assert projects(tmp_path) == {".": sorted(["pyproject.toml", f"{name}/base.txt", f"{name}/dev.in"])}


def test_a_folder_of_requirements_alone_makes_the_folder_above_a_project(tmp_path: Path) -> None:
    build(tmp_path, "svc/requirements/base.txt")

    assert projects(tmp_path) == {"svc": ["svc/requirements/base.txt"]}


def test_a_folder_of_requirements_with_a_manifest_is_a_project(tmp_path: Path) -> None:
    build(tmp_path, "pyproject.toml", "deps/pyproject.toml")

    assert projects(tmp_path) == {".": ["pyproject.toml"], "deps": ["deps/pyproject.toml"]}


@pytest.mark.parametrize(
    "name",
    [
        ".git",
        ".hg",
        "venv",
        ".venv",
        "node_modules",
        "x/site-packages",
        ".tox",
        "__pycache__",
        "a.egg-info",
    ],
)
def test_what_is_not_the_projects_own_is_skipped(tmp_path: Path, name: str) -> None:
    build(tmp_path, f"{name}/requirements.txt", "svc/requirements.txt")

    assert projects(tmp_path) == {"svc": ["svc/requirements.txt"]}


def test_a_virtual_environment_of_any_name_is_skipped(tmp_path: Path) -> None:
    build(tmp_path, "py311/pyvenv.cfg", "py311/requirements.txt", "svc/requirements.txt")

    assert list(projects(tmp_path)) == ["svc"]


def test_a_skipped_folder_that_is_named_is_searched(tmp_path: Path) -> None:
    build(tmp_path, "build/requirements.txt")

    assert projects(tmp_path, "build") == {"build": ["build/requirements.txt"]}


def test_excluded_files_and_folders_are_left_out(tmp_path: Path) -> None:
    build(tmp_path, "a/requirements.txt", "a/requirements-x.txt", "b/requirements.txt")

    assert projects(tmp_path, excluded=("/b", "-x")) == {"a": ["a/requirements.txt"]}


def test_a_named_file_brings_its_whole_project(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "a/requirements.txt", "a/pyproject.toml", "a/sub/setup.cfg", "b/requirements.txt")

    found = [each for each in search(tmp_path, "a/requirements.txt").projects if not each.is_context]

    assert projects(tmp_path, "a/requirements.txt") == {"a": ["a/pyproject.toml", "a/requirements.txt"]}
    assert [each.named for each in found] == [frozenset({(tmp_path / "a/requirements.txt").as_posix()})]


def test_a_named_file_of_a_requirements_folder_brings_the_project_above(tmp_path: Path) -> None:
    build(tmp_path, "pyproject.toml", "requirements/base.txt", "requirements/dev.txt")

    expected = {".": ["pyproject.toml", "requirements/base.txt", "requirements/dev.txt"]}

    assert projects(tmp_path, "requirements/dev.txt") == expected


def test_a_named_folder_of_requirements_brings_the_project_above(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "pyproject.toml", "requirements/base.txt")

    found = search(tmp_path, "requirements").projects

    assert [file.path.rpartition("/")[2] for file in found[0].files] == ["pyproject.toml", "base.txt"]
    assert found[0].named == frozenset({(tmp_path / "requirements").as_posix()})


def test_a_named_text_file_is_a_requirement_file(tmp_path: Path) -> None:
    build(tmp_path, "frozen.txt", "notes.md")

    found = search(tmp_path, "frozen.txt", "notes.md")

    assert [file.input for project in found.projects for file in project.files] == ["requirements_txt"]
    assert found.unknown == ((tmp_path / "notes.md").as_posix(),)


def test_a_named_file_is_read_although_it_is_left_out_otherwise(tmp_path: Path) -> None:
    build(tmp_path, "requirements.txt")

    assert projects(tmp_path, "requirements.txt", excluded=("requirements",)) == {".": ["requirements.txt"]}


def test_several_paths_that_meet_give_one_project(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "a/requirements.txt", "a/constraints.txt")

    one, other = "a/requirements.txt", "a/constraints.txt"
    both = search(tmp_path, one, other).projects
    whole = search(tmp_path, ".", one).projects

    assert [len(each.named or ()) for each in both if not each.is_context] == [2]
    assert [each.named for each in whole] == [None]


def test_the_root_is_the_nearest_folder_with_git(tmp_path: Path) -> None:
    build(tmp_path, "repo/.git/", "repo/a/b/", "other/c/")

    assert root_of(f"{tmp_path}/repo/a/b") == f"{tmp_path}/repo"
    assert root_of(f"{tmp_path}/other/c") == f"{tmp_path}/other/c"


def test_a_worktree_is_a_root_too(tmp_path: Path) -> None:
    build(tmp_path, "repo/.git", "repo/a/")

    assert root_of(f"{tmp_path}/repo/a") == f"{tmp_path}/repo"


def test_hints_belong_to_the_nearest_project_above(tmp_path: Path) -> None:
    build(tmp_path, "requirements.txt", "docker/Dockerfile", ".python-version", "svc/setup.cfg", "svc/x/.env")

    expected = {
        ".": [".python-version", "docker/Dockerfile", "requirements.txt"],
        "svc": ["svc/setup.cfg", "svc/x/.env", ".python-version"],
    }

    assert projects(tmp_path) == expected


def test_workflows_belong_to_the_root(tmp_path: Path) -> None:
    build(tmp_path, ".git/", ".github/workflows/ci.yml", "requirements.txt")

    assert projects(tmp_path) == {".": [".github/workflows/ci.yml", "requirements.txt"]}


def test_hints_above_are_read_for_all_below(tmp_path: Path) -> None:
    build(tmp_path, ".git/", ".python-version", "a/requirements.txt", "b/requirements.txt", "b/Dockerfile")

    expected = {
        "a": ["a/requirements.txt", ".python-version"],
        "b": ["b/Dockerfile", "b/requirements.txt", ".python-version"],
    }
    found = {name: files for name, files in projects(tmp_path).items() if name != "."}

    assert found == expected


def test_hints_beside_a_project_are_not_above_it(tmp_path: Path) -> None:
    build(tmp_path, "requirements.txt", "docker/Dockerfile", "svc/requirements.txt")

    assert projects(tmp_path)["svc"] == ["svc/requirements.txt"]


def test_hints_above_the_path_count_inside_the_root(tmp_path: Path) -> None:
    build(tmp_path, ".git/", ".python-version", ".github/workflows/ci.yml", "a/b/requirements.txt")

    found = projects(tmp_path, "a/b")

    assert found == {"a/b": ["a/b/requirements.txt", ".github/workflows/ci.yml", ".python-version"]}


def test_hints_above_the_root_do_not_count(tmp_path: Path) -> None:
    build(tmp_path, ".python-version", "repo/.git/", "repo/requirements.txt")

    assert projects(tmp_path, "repo") == {"repo": ["repo/requirements.txt"]}


def test_hints_alone_may_be_a_project(tmp_path: Path) -> None:
    """A Dockerfile that installs packages is a dependency file; whether it does shows when it is read."""
    build(tmp_path, "Dockerfile")

    assert [each.is_tentative for each in search(tmp_path).projects] == [True]


def test_a_named_hint_brings_the_project_it_belongs_to(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "a/requirements.txt", "a/docker/Dockerfile", "b/requirements.txt")

    assert projects(tmp_path, "a/docker/Dockerfile") == {"a": ["a/docker/Dockerfile", "a/requirements.txt"]}


def test_a_named_hint_brings_the_projects_that_it_is_lent_to(tmp_path: Path) -> None:
    build(tmp_path, ".git/", ".python-version", "a/requirements.txt", "b/requirements.txt", "b/.env")

    assert projects(tmp_path, ".python-version")["a"] == ["a/requirements.txt", ".python-version"]
    assert projects(tmp_path, ".python-version")["b"] == ["b/.env", "b/requirements.txt", ".python-version"]


def test_folders_above_are_context(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "uv.lock", "pyproject.toml", "a/pyproject.toml")

    found = {os.path.relpath(each.directory, tmp_path): each.is_context for each in search(tmp_path, "a").projects}

    assert found == {".": True, "a": False}


def test_scripts_are_read_when_they_are_named(tmp_path: Path) -> None:
    build(tmp_path, "tool.py", "requirements.txt")

    assert projects(tmp_path) == {".": ["requirements.txt"]}
    assert projects(tmp_path, "tool.py") == {".": ["requirements.txt", "tool.py"]}


def test_a_name_is_judged_below_the_root() -> None:
    """A folder above the root says nothing of a file: `/srv/k8s/repo` holds no Kubernetes manifests for that."""
    assert input_of("/srv/k8s/repo/other.yaml", "/srv/k8s/repo") == ""
    assert input_of("/srv/repo/k8s/other.yaml", "/srv/repo") == "kubernetes"


# links


def test_a_link_to_a_file_inside_is_read(tmp_path: Path) -> None:
    build(tmp_path, "shared/base.txt", "svc/")
    (tmp_path / "svc/requirements.txt").symlink_to("../shared/base.txt")

    assert projects(tmp_path) == {"svc": ["svc/requirements.txt"]}


def test_a_link_to_a_file_outside_is_not(tmp_path: Path) -> None:
    build(tmp_path, "secret.txt", "repo/")
    (tmp_path / "repo/requirements.txt").symlink_to("../secret.txt")

    assert projects(tmp_path, "repo") == {}


def test_a_link_to_a_folder_is_walked_once(tmp_path: Path) -> None:
    build(tmp_path, ".git/", "a/requirements.txt", "b/")
    for name in ("b/one", "b/two"):
        (tmp_path / name).symlink_to("../a")

    assert list(projects(tmp_path)) == ["a"]
    assert list(projects(tmp_path, "b")) == ["b/one"]


def test_a_link_to_a_folder_outside_is_not_walked(tmp_path: Path) -> None:
    build(tmp_path, "outside/requirements.txt", "repo/")
    (tmp_path / "repo/link").symlink_to("../outside")

    assert projects(tmp_path, "repo") == {}


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    build(tmp_path, "a/requirements.txt", "b/")
    (tmp_path / "a/up").symlink_to("..")
    (tmp_path / "a/b").symlink_to("../b")
    (tmp_path / "b/a").symlink_to("../a")
    (tmp_path / "self").symlink_to("self")

    assert projects(tmp_path) == {"a": ["a/requirements.txt"]}


def test_a_very_deep_tree_is_walked(tmp_path: Path) -> None:
    deep = "/".join(["d"] * 300)
    build(tmp_path, f"{deep}/requirements.txt")

    assert list(projects(tmp_path)) == [deep]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    build(tmp_path, "a/requirements.txt", "b/")
    (tmp_path / "b").chmod(0)

    assert search(tmp_path).unlisted == ((f"{tmp_path}/b", "permission denied"),)


def test_what_is_no_folder_cannot_be_listed(tmp_path: Path) -> None:
    assert walk(f"{tmp_path}/gone", f"{tmp_path}", lambda _: False).unlisted == (
        (f"{tmp_path}/gone", "no such file or directory"),
    )


@pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="no path is too long to be made here")
def test_a_folder_that_cannot_be_listed_is_a_notice(folder: Folder) -> None:
    """No path is as long as that of a folder so deep, so nothing below it can be read."""
    folder.put("requirements.txt", "ddtrace==4.16.0\n")
    make_bottomless(folder.path)

    hidden, told = folder.check(), folder.check("--min-severity", "notice")

    assert (hidden.code, hidden.lines) == (0, [])
    assert "1 notice hidden" in hidden.out
    assert told.code == 0
    expected = "DD001 notice: the folder cannot be listed: file name too long, so nothing in it is read"
    assert [re.sub(r"^(?:d{200}/)+d{200}:1:1: ", "", line) for line in told.lines] == [expected]
    assert folder.check("--fail-on", "notice").code == 1
    assert folder.check("--fail-on", "notice", "requirements.txt").lines == []
    assert folder.check("--fail-on", "notice", "--exclude", "d*").lines == []

    folder.put("ddlint.toml", '[[suppress]]\nrule = "DD001"\npath = "d*/**"\nreason = "nobody goes there"\n')
    silenced = folder.check("--min-severity", "notice")

    assert silenced.lines == []
    assert "1 suppressed" in silenced.out


def make_bottomless(top: Path) -> None:
    here = os.open(top, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
