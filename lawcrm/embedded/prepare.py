"""Everything between the servers and the first page, in one Django process: each start of Django costs a second."""

import hashlib
import json
import os
from pathlib import Path


def prepare() -> int:
    """Key file, translations, static files, tables, demo firm. The last line printed is for the supervisor."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command, get_commands

    from lawcrm.embedded.catalogues import compile_catalogues

    compile_catalogues(settings.LOCALE_PATHS)
    django.setup()
    collect_static_files(Path(settings.STATIC_ROOT))
    call_command("migrate", interactive=False, verbosity=0)
    if "keys" in get_commands():
        call_command("keys", "init")
    if demo_wanted(settings) and "demo" in get_commands():
        print("LawCRM: making the demo firm", flush=True)
        call_command("demo")
    print(json.dumps({"demo": demo_present()}), flush=True)
    return 0


def demo_wanted(settings) -> bool:
    from django.contrib.auth import get_user_model

    if settings.PRODUCTION or os.environ.get("DEMO", "yes").lower() in ("no", "0", "false"):
        return False
    return not get_user_model()._default_manager.exists()


def demo_present() -> bool:
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.filter(username="lawyer2", is_active=True).exists()


def collect_static_files(root: Path) -> None:
    """Hash and compress the static files again only when one of them changed."""
    from django.core.management import call_command

    stamp, state = root / ".stamp", state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def state_of_static_files() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
