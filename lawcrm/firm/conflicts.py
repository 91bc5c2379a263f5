"""Two people saved the same thing."""


class StaleVersion(Exception):
    """Somebody saved the record after this person had opened it. `theirs` is the record as it stands now."""

    def __init__(self, theirs):
        super().__init__(f"{theirs._meta.label} {theirs.pk} is now at version {theirs.version}")
        self.theirs = theirs
