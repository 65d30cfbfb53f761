"""The commit that is published: whether everything is in it, and its files in a folder of their own.

The folder is a work tree of the same repository in the project's cache, used again each time, so that rules that
look into history work there, and a file that did not change keeps its time. Settings of the machine that change
bytes (line endings, filters, hooks) have no say in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aboveboard.content.cache import CACHE, COMMIT
from aboveboard.content.history import environment_for_git
from aboveboard.content.project import CONFIG, Project
from aboveboard.errors import BuildFailed, UserError

_BEGIN = "git init && git add . && git commit -m 'Begin'"
# What would make other bytes of a commit on another machine, or do something else than take it out.
_PLAIN = {
    "core.autocrlf": "false",
    "core.eol": "lf",
    "core.attributesFile": "",
    "core.hooksPath": os.devnull,
    "core.quotePath": "false",
    "core.sparseCheckout": "false",
    "core.fsmonitor": "false",
    "submodule.recurse": "false",
    "advice.detachedHead": "false",
}
_ATTRIBUTES = ("--", ":(top,glob)**/.gitattributes")
_POINTER = "version https://git-lfs.github.com/spec/"
_SUBMODULE = "160000"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit. `id`: all of its 40 digits or more; `inside`: where the project lies in the repository."""

    id: str
    subject: str
    inside: str


def find_commit(project: Project) -> Commit:
    """Return the commit that the project's folder stands at; raise UserError where there is none."""
    root = project.root
    inside = _ask(root, "rev-parse", "--show-prefix").strip()
    try:
        said = _ask(root, "log", "-1", "--no-show-signature", "--format=%H%n%s", "HEAD")
    except UserError:
        raise UserError(f"nothing is committed yet, and a commit is what is published: {_BEGIN}") from None
    number, _, subject = said.partition("\n")
    if not _ask(root, "ls-tree", number, CONFIG):
        raise UserError(f"{CONFIG} is in no commit yet: git add {CONFIG} && git commit")
    repository = Path(_ask(root, "rev-parse", "--show-toplevel").strip())
    if not project.content.is_relative_to(repository.resolve()):
        raise UserError(f"{project.content} lies outside of the repository {repository}: move the content into it")
    return Commit(number, subject.strip(), inside)


def require_clean(project: Project, commit: Commit, sites: Iterable[Path]) -> None:
    """Raise BuildFailed, naming the files, where something in the project's folder is not committed.

    `sites`: where sites are published; they, older releases and the cache are nobody's to commit.
    """
    apart = {CACHE}
    for site in sites:
        if site.is_relative_to(project.root) and site != project.root:
            path = site.relative_to(project.root)
            apart |= {path.as_posix(), path.with_name(f".{path.name}-releases").as_posix()}
    paths = [".", str(project.content), *(f":(exclude,literal){path}" for path in sorted(apart))]
    said = _ask(project.root, "status", "--porcelain", "--untracked-files=all", "-z", "--", *paths)
    if changed := [line.removeprefix(commit.inside) for line in _changed(said)]:
        raise BuildFailed(
            f"{len(changed)} file{'s'[: len(changed) != 1]} not committed, and only a commit is published: "
            "git add and git commit them, or git stash -u them, or name them in .gitignore",
            changed,
        )


def take_out(project: Project, commit: Commit) -> Path:
    """Put the files of a commit into their folder, exactly; return the `mkdocs.yml` in it.

    Raises UserError where git cannot, and for content that is not in the commit: submodules and Git LFS.
    """
    _refuse_elsewhere(project, commit)
    tree = project.cache / COMMIT
    if not (_is_ours(project, tree) and _move(tree, commit)):
        _remove(project, tree)
        _ask(project.root, "worktree", "add", "--quiet", "--force", "--force", "--detach", str(tree), commit.id)
    return tree / commit.inside / CONFIG


def _move(tree: Path, commit: Commit) -> bool:
    """Turn the work tree of an earlier commit into that of this one; False where it has to be made anew."""
    try:
        # Other attributes can mean other bytes for files that no commit changed.
        if _ask_in(tree, "diff", "--name-only", "HEAD", commit.id, *_ATTRIBUTES):
            return False
        _ask_in(tree, "checkout", "--quiet", "--force", "--detach", commit.id)
        _ask_in(tree, "clean", "-ffdxq")
    except UserError:
        return False
    return True


def _is_ours(project: Project, tree: Path) -> bool:
    """Tell whether a folder is a work tree of this repository: a copied or moved project may have another's."""
    if not (tree / ".git").is_file():
        return False
    try:
        own = Path(_ask_in(tree, "rev-parse", "--absolute-git-dir").strip())
        common = Path(_ask(project.root, "rev-parse", "--git-common-dir").strip())
        known = Path((own / "gitdir").read_text(encoding="utf-8").strip())
        return own.parent == (project.root / common).resolve() / "worktrees" and known.samefile(tree / ".git")
    except (UserError, OSError):
        return False


def _remove(project: Project, tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    _ask(project.root, "worktree", "prune")


def _refuse_elsewhere(project: Project, commit: Commit) -> None:
    """Refuse content of which the commit holds but the name: a submodule, or a file in Git LFS."""
    content = project.relative(project.content)
    listed = _ask(project.root, "ls-tree", "-rz", commit.id, "--", content).split("\0")
    modules = [line.partition("\t")[2] for line in listed if line.startswith(_SUBMODULE)]
    found = _git(project.root, "grep", "-lz", "-e", f"^{_POINTER}", commit.id, "--", content).stdout
    paths = [line.partition(":")[2] for line in found.decode("utf-8", "replace").split("\0") if line]
    show = f"{commit.id}:./"
    pointers = [path for path in paths if _ask(project.root, "cat-file", "-p", show + path).startswith(_POINTER)]
    if modules:
        raise BuildFailed("a submodule's files are in no commit of this repository: put them into it", modules)
    if pointers:
        raise BuildFailed(
            "files in Git LFS are in no commit, and a site is made from a commit alone: git lfs migrate export, "
            "or make them small enough to commit", pointers,
        )  # fmt: skip


def _changed(status: str) -> Iterator[str]:
    parts = iter(status.split("\0"))
    for part in parts:
        if part:
            how, path = part[:2], part[3:]
            if "R" in how or "C" in how:
                next(parts, None)
            yield f"{path} ({'not in git' if how == '??' else 'deleted' if 'D' in how else 'changed'})"


def _ask_in(tree: Path, *words: str) -> str:
    """Ask git about the work tree alone; were it broken, git would climb to the repository that people work in."""
    return _ask(tree, f"--git-dir={tree / '.git'}", f"--work-tree={tree}", *words)


def _ask(root: Path, *words: str) -> str:
    done = _git(root, *words)
    if done.returncode:
        raise UserError(_why(root, done.stderr.decode("utf-8", "replace")))
    return done.stdout.decode("utf-8", "replace")


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    plain = [word for name, value in _PLAIN.items() for word in ("-c", f"{name}={value}")]
    environment = {**environment_for_git(), "LC_ALL": "C", "GIT_LFS_SKIP_SMUDGE": "1", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *plain, *words],
            cwd=root, capture_output=True, stdin=subprocess.DEVNULL, check=False, env=environment,
        )  # fmt: skip
    except OSError as error:
        raise UserError(f"publishing needs git, which cannot be run ({error.strerror}): install it") from None


def _why(root: Path, said: str) -> str:
    if "not a git repository" in said:
        return f"{root} is in no git repository, and a commit is what is published: {_BEGIN}"
    if "dubious ownership" in said:
        return f"git trusts nobody else's folder: git config --global --add safe.directory '{root}'"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    # The first says why, and those after it what could not be done for it.
    wrong = [line.partition(": ")[2] for line in lines if line.startswith(("fatal:", "error:"))]
    return f"nothing was published: git: {(wrong or lines or ['it failed, and said nothing'])[0]}"
