"""The relationship is judged anew whenever the log of a client changes."""


def assess_again(client_ids, *, by) -> None:
    try:
        from clients.actions.relationship import assess_clients
    except ImportError:
        return
    assess_clients(client_ids, by=by)
