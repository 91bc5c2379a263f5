"""The same work on several parts at once. Imports nothing of Django's: a fresh process reads this first."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module


def together(work: str, parts: list[dict]) -> None:
    """Calls `work` ("package.module:function") once for each part, each in a process of its own.

    A single part is worked on right here, in the connection and transaction at hand.
    """
    if len(parts) == 1:
        _call(work, parts[0])
        return
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(parts), mp_context=context, initializer=_set_up) as pool:
        for done in [pool.submit(_call, work, part) for part in parts]:
            done.result()


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")
    django.setup()


def _call(work: str, part: dict) -> None:
    module, _colon, function = work.partition(":")
    getattr(import_module(module), function)(**part)
