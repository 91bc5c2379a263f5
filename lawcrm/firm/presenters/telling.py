"""Team chats in words: of an address only its host is shown."""


def hook_lines(hooks) -> list[dict]:
    return [
        {
            "hook": hook,
            "kind": hook.get_format_display(),
            "whose": hook.department,
            "problem": hook.last_problem,
        }
        for hook in hooks
    ]
