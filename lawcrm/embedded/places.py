"""Who runs the private servers, and where their data and sockets lie.

PostgreSQL refuses to run as root, so root hands both servers to `postgres` or `nobody`. That account must be able
to walk to its data and to the programs; where it cannot (a checkout below a closed home folder) the data goes to
/var/lib/lawcrm. No folder of the user's is ever opened wider for it.
"""

import hashlib
import os
import pwd
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lawcrm.embedded.addresses import write_private
from lawcrm.embedded.problems import Problem

SHARED_HOME = Path("/var/lib/lawcrm")


@dataclass(frozen=True)
class Account:
    """The user the servers run as."""

    name: str
    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def popen_arguments(self) -> dict:
        if self.is_me:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Whether this account may read (-r), write (-w) or walk through (-x) a path."""
        return subprocess.run(["test", test, str(path)], cwd="/", **self.popen_arguments()).returncode == 0


@dataclass(frozen=True)
class Places:
    """The folders of one set of private servers."""

    data_dir: Path  # LAWCRM_DATA_DIR: secrets, keys, logs; belongs to whoever starts LawCRM
    home: Path  # belongs to the servers' account: clusters, append-only file
    sockets: Path  # short path: the kernel allows 107 bytes for a socket
    account: Account

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"


def find_places(data_dir: Path) -> Places:
    data_dir = prepare_data_dir(data_dir)
    home, account = find_home(data_dir)
    return Places(data_dir=data_dir, home=home, account=account, sockets=socket_dir(home, account))


def prepare_data_dir(data_dir: Path) -> Path:
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data_dir / "logs").mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise Problem(f"cannot write to the data folder {data_dir}: {error.strerror}") from error
    return data_dir.resolve()


def default_account() -> Account:
    if os.geteuid() != 0:
        try:
            entry = pwd.getpwuid(os.geteuid())
        except KeyError:
            raise Problem(
                f"user id {os.geteuid()} has no name in /etc/passwd, and PostgreSQL needs one: add the user,"
                " or set DATABASE_URL"
            ) from None
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Problem(
        "PostgreSQL does not run as root: add a user named postgres, or start LawCRM as an ordinary user"
    )


def find_home(data_dir: Path) -> tuple[Path, Account]:
    """The servers' folder: the recorded one, else one inside the data folder, else one in /var/lib."""
    record = data_dir / "servers_home"
    if record.exists():
        home = Path(record.read_text().strip())
        if home.is_dir():
            return home, owner_of(home)
    account = default_account()
    if account.is_me:
        home = data_dir / "servers"
    else:
        os.chown(data_dir, -1, account.gid)
        data_dir.chmod(0o710)
        reachable = account.can("-x", data_dir)
        home = data_dir / "servers" if reachable else SHARED_HOME / secrets.token_hex(8)
        if not reachable:
            SHARED_HOME.mkdir(parents=True, exist_ok=True)
            SHARED_HOME.chmod(0o711)
    make_owned(home, account)
    write_private(record, str(home))
    return home, account


def owner_of(home: Path) -> Account:
    """Whoever owns the data runs it, even if the account we would choose today has changed."""
    owner = home.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise Problem(f"{home} belongs to user id {owner}: start LawCRM as the user who started it first")
    try:
        entry = pwd.getpwuid(owner)
    except KeyError:
        raise Problem(f"{home} belongs to user id {owner}, which has no name in /etc/passwd") from None
    if owner == 0:
        raise Problem(f"{home} belongs to root, and PostgreSQL does not run as root: chown it")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def make_owned(folder: Path, account: Account, mode: int = 0o700) -> None:
    """Make a folder that belongs to the account. chmod explicitly: the umask takes bits from mkdir."""
    folder.mkdir(exist_ok=True, mode=mode)
    if not account.is_me:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(mode)


def socket_dir(home: Path, account: Account) -> Path:
    """Where the sockets go: the session's own folder, else /tmp; never the checkout, whose path may be too long."""
    name = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    if account.is_me and session.is_dir() and session.stat().st_uid == account.uid and len(str(session)) < 60:
        return session / f"lawcrm-{name}"
    return Path(f"/tmp/lawcrm-{account.uid}-{name}")  # noqa: S108 - owner and mode are checked before use


def make_socket_dir(places: Places) -> None:
    folder, account = places.sockets, places.account
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        make_owned(folder, account)
    state = folder.lstat()
    if folder.is_symlink() or state.st_uid != account.uid or state.st_mode & 0o077:
        raise Problem(f"{folder} is not a private folder of {account.name}: somebody else made it; remove it")


def remove_socket_dir(places: Places) -> None:
    """Only when the servers have ended and the lock is still ours."""
    try:
        for path in places.sockets.iterdir():
            path.unlink()
        places.sockets.rmdir()
    except OSError:
        pass
