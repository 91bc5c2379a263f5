"""Importing client lists: stage the file, judge its rows, let a person decide, write in chunks, take it back.

Nothing of a client is written before the commit; the commit is a job whose rows and progress stand in one
transaction, so that a killed worker loses and doubles nothing.

runs: what all of them need; reading: from the upload to staged rows; judging: columns and verdicts anew;
deciding: a person's answers; writing: the commit; upkeep: dropping and forgetting.
"""
