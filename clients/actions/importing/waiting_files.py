"""Uploads that wait to be read are sealed files: they take part in the life of keys like sealed columns."""

from collections.abc import Iterator

from django.db import transaction

from clients.importing import storing
from clients.models import ImportRun
from lawcrm.firm.actions import keys
from lawcrm.firm.sealed import SealBroken, key_number, unseal_bytes


class WaitingFiles:
    name = "uploads waiting to be read"

    def use(self) -> dict[int, int]:
        uses: dict[int, int] = {}
        for run in self._runs():
            if blob := storing.sealed(run.stored_as):
                uses[key_number(blob)] = uses.get(key_number(blob), 0) + 1
        return uses

    def reseal(self, number: int) -> int:
        return sum(self._reseal(run.pk, number) for run in self._runs())

    @transaction.atomic
    def _reseal(self, pk, number: int) -> int:
        """The run is held, so that nobody reads or forgets the file meanwhile."""
        run = ImportRun.objects.select_for_update().get(pk=pk)
        blob = storing.sealed(run.stored_as)
        if not blob or key_number(blob) == number:
            return 0
        storing.seal_again(run.stored_as, run_id=run.pk)
        return 1

    def broken(self) -> Iterator[str]:
        for run in self._runs():
            blob = storing.sealed(run.stored_as)
            if not blob:
                continue
            try:
                unseal_bytes(blob, row_id=run.pk, **storing.FILE)
            except SealBroken:
                yield f"the file of clients.importrun {run.pk} (data key {key_number(blob)})"

    def _runs(self):
        return ImportRun.objects.exclude(stored_as="").only("stored_as").order_by()


def imports_under_way() -> str:
    """Rows that wait carry prints of what must not repeat, made with the index key."""
    state = ImportRun.State
    waiting = ImportRun.objects.filter(
        state__in=(state.READING, state.PREVIEW, state.COMMITTING, state.PAUSED, state.STOPPED, state.UNDOING)
    ).order_by("pk")
    names = [f"{run.file_name} ({run.get_state_display()})" for run in waiting[:5]]
    more = waiting.count() - len(names)
    if not names:
        return ""
    return f"imports wait, write or remove them first: {', '.join(names)}{f' and {more} more' if more > 0 else ''}"


keys.register_outside(WaitingFiles())
keys.register_in_the_way(imports_under_way)
