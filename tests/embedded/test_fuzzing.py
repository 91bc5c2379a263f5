"""What `make fuzz` prints."""

from lawcrm.embedded.fuzzing import summary


def test_the_blocks_are_told_together():
    block = {"reader_mb": 20.4, "reader_seconds": 0.5, "slowest": 1.25, "own_mb": 180.0}
    told = summary(
        [
            {**block, "outcomes": {"previewed": 30, "refused at once": 20}, "faults": []},
            {
                **block,
                "outcomes": {"previewed": 49, "fault": 1},
                "faults": ["17 (csv): ..."],
                "reader_mb": 31.0,
            },
        ],
        seed=3,
    )
    assert told.splitlines()[0].split() == ["100", "files,", "seed", "3"]
    assert "      79  previewed" in told
    assert "       1  faults" in told
    assert "      31  MB: the largest reader (may be 512)" in told
    assert told.endswith("17 (csv): ...")


def test_no_block_at_all():
    assert summary([], seed=1).startswith("       0  files")
