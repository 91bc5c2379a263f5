"""From a bare Python to a filled virtualenv, then into it: `python3 lawcrm/embedded/bootstrap.py run|test|...`.

Run as a file, with the standard library only: nothing is installed yet. A stamp makes later starts skip the install.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = CHECKOUT / "requirements"


def main(arguments: list[str]) -> int:
    end_with_make()
    command = arguments[0] if arguments else "help"
    develop = command not in ("run", "prepare")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    folder = CHECKOUT / (f".venv-test-{version}" if develop else ".venv")
    lock = REQUIREMENTS / ("development.txt" if develop else "runtime.txt")
    with open(CHECKOUT / f"{folder.name}.lock", "w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)  # two starts at once: one installs
        if not is_filled(folder, lock):
            status = fill(folder, lock)
            if status:
                return status
    python = str(folder / "bin" / "python")
    os.chdir(CHECKOUT)
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.environ.pop("PYTHONHOME", None)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.execv(python, [python, "-m", "lawcrm.embedded", *arguments])  # noqa: S606 - this very program goes on
    return 0


def end_with_make() -> None:
    """If make is killed, so are we: otherwise its next start would find us still running."""
    if sys.platform.startswith("linux") and os.environ.get("MAKELEVEL"):
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def fail(text: str) -> int:
    print(f"LawCRM: {text}", file=sys.stderr)
    return 2


def contents(lock: Path) -> str:
    return hashlib.sha256(f"{sys.version}\n{CHECKOUT}\n".encode() + lock.read_bytes()).hexdigest()


def is_filled(folder: Path, lock: Path) -> bool:
    stamp = folder / "lawcrm-stamp"
    return stamp.exists() and stamp.read_text() == contents(lock) and (folder / "bin" / "python").exists()


def fill(folder: Path, lock: Path) -> int:
    started = time.monotonic()
    uv = shutil.which("uv")
    print(f"LawCRM: installing {lock.name} into {folder.name} with {'uv' if uv else 'pip'}", flush=True)
    if not (uv and fill_with_uv(uv, folder, lock)):
        status = fill_with_pip(folder, lock)
        if status:
            return status
    (folder / "lawcrm-stamp").write_text(contents(lock))
    print(f"LawCRM: installed in {time.monotonic() - started:.0f} s", flush=True)
    return 0


def fill_with_uv(uv: str, folder: Path, lock: Path) -> bool:
    python = str(folder / "bin" / "python")
    os.environ.setdefault(
        "UV_SYSTEM_CERTS", "true"
    )  # as pip and the rest of the machine, behind a firm's proxy too
    install = [uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode", "--require-hashes"]
    return run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)]) and run(
        [*install, "-r", str(lock)]
    )


def fill_with_pip(folder: Path, lock: Path) -> int:
    if not run([sys.executable, "-m", "venv", "--clear", str(folder)]):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        return fail(
            f"could not make a virtualenv: install uv, or Python's venv (Debian: apt-get install {package})"
        )
    install = [
        str(folder / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "-qq",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    if not run([*install, "--no-input", "--disable-pip-version-check", "--root-user-action=ignore"]):
        return fail(f"could not install {lock.name}: see the lines above")
    return 0


def run(command: list[str]) -> bool:
    """Whether a command succeeds; it does not outlive us."""
    process = subprocess.Popen(command, cwd=CHECKOUT)
    try:
        return process.wait() == 0
    except BaseException:
        process.terminate()
        process.wait()
        raise


def leave(number: int, frame) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
