"""Pages a person put into their left rail. The foundation knows key, label and address, not what stands behind them."""

from django.db import transaction

from lawcrm.firm.models import User

MOST = 20


@transaction.atomic
def put_shortcut(user: User, *, key: str, label: str, url: str) -> None:
    """Adds a page to the person's rail, or says anew what it is called."""
    held = _held(user)
    entry = {"key": key, "label": label, "url": url}
    kept = [entry if one["key"] == key else one for one in held.shortcuts]
    _keep(user, held, kept if entry in kept else [*kept, entry][-MOST:])


@transaction.atomic
def drop_shortcut(user: User, *, key: str) -> None:
    held = _held(user)
    _keep(user, held, [one for one in held.shortcuts if one["key"] != key])


@transaction.atomic
def relabel_shortcuts(key: str, *, label: str) -> None:
    """What a page is called now, in everybody's rail."""
    for user in _holders(key):
        _keep(user, user, [one | {"label": label} if one["key"] == key else one for one in user.shortcuts])


@transaction.atomic
def forget_shortcuts(key: str, *, but_for: User | None = None) -> None:
    """The page is gone, or now one person's alone: out of everybody else's rail."""
    for user in _holders(key):
        if but_for is None or user.pk != but_for.pk:
            _keep(user, user, [one for one in user.shortcuts if one["key"] != key])


def _holders(key: str):
    return User.objects.filter(shortcuts__contains=[{"key": key}]).select_for_update(of=("self",))


def _held(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _keep(user: User, held: User, shortcuts: list[dict]) -> None:
    held.shortcuts = user.shortcuts = shortcuts
    held.save(update_fields=["shortcuts"])
