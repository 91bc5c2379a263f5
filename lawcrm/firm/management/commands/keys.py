"""Keys: what there is, a new key-encryption key, a new data key, a trial of everything sealed."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lawcrm.firm import keyring
from lawcrm.firm.actions import keys
from lawcrm.firm.models import DataKey

HELP = """init: make the key file and the first data keys, where there are none.
status: every key, its wrapper, and how many values are sealed under it.
rotate: a new data key, and everything sealed anew under it while people work; --resume goes on where it was stopped;
        --index makes a new key for exact search instead (stop web and workers first).
rewrap: a new key-encryption key; the old file stays beside it. --new-key-file: one you made and placed yourself.
retire: takes data key --number out of use for good; refused while anything needs it.
verify: opens every sealed value; exit code 1 when one does not open."""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["init", "status", "rotate", "rewrap", "retire", "verify"])
        parser.add_argument("--resume", action="store_true")
        parser.add_argument("--index", action="store_true")
        parser.add_argument("--new-key-file", type=Path)
        parser.add_argument("--number", type=int)

    def handle(self, *, what, **options):
        try:
            getattr(self, what)(**options)
        except (keyring.WrongKey, keys.KeyInUse, FileExistsError, DataKey.DoesNotExist) as problem:
            raise CommandError(str(problem)) from None

    def init(self, **options):
        had = keyring.key_path().exists()
        keyring.ensure_data_keys(make_kek=True)
        keyring.check_keys()
        self.stdout.write(
            f"{'kept' if had else 'made'} {keyring.key_path()}; write it down in a safe place: without it"
        )
        self.stdout.write("nothing sealed can be read, not from a backup either")

    def status(self, **options):
        uses = keys.use_of_keys()
        self.stdout.write(f"key file {keyring.key_path()}, key {keyring.fingerprint(keyring.kek())[:8]}")
        for row in DataKey.objects.order_by("purpose", "number"):
            state = "retired" if row.retired_at else "opens" if self._opens(row) else "DOES NOT OPEN"
            used = f", {uses.get(row.number, 0)} values" if row.purpose == DataKey.Purpose.SEAL else ""
            self.stdout.write(
                f"{row.purpose} {row.number}: made {row.made_at:%Y-%m-%d}, wrapped by {row.kek_fingerprint[:8]}, {state}{used}"
            )

    def _opens(self, row) -> bool:
        try:
            return bool(keyring.unwrap(row))
        except keyring.WrongKey:
            return False

    def rotate(self, *, resume, index, **options):
        if index:
            try:
                found = keys.rotate_index()
            except keys.IndexInUse as waiting:
                raise CommandError(f"the index key stays as it is: {waiting}") from None
            self.stdout.write(f"{found} values are found through a new index key; start web and workers")
            return
        number = keyring.sealing_key_number() if resume else keys.new_data_key()
        self.stdout.write(f"sealing under data key {number}")
        # Other processes may go on sealing under the key before for a while.
        until = time.monotonic() + (0 if resume else keyring.FRESH_SECONDS + 5)
        while keys.reseal(self._tell) or time.monotonic() < until:
            time.sleep(1)
        self.stdout.write("everything is sealed under it; `keys retire --number N` takes an older one away")

    def _tell(self, name, count):
        self.stdout.write(f"  {name}: {count}")

    def rewrap(self, *, new_key_file, **options):
        name = keys.rewrap(new_key_file)
        self.stdout.write(f"every data key is wrapped by {name[:8]}")
        if new_key_file:
            self.stdout.write(
                f"now put {new_key_file} in the place of {keyring.key_path()}, keeping the old one beside it"
            )

    def retire(self, *, number, **options):
        if number is None:
            raise CommandError("say which: --number N")
        keys.retire(number)
        self.stdout.write(f"data key {number} is gone")

    def verify(self, **options):
        keyring.check_keys()
        broken = list(keys.broken_values())
        for name in broken:
            self.stderr.write(f"does not open: {name}")
        if broken:
            raise CommandError(f"{len(broken)} sealed values are broken")
        self.stdout.write(f"everything opens: {sum(keys.use_of_keys().values())} sealed values")
