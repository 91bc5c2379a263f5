"""`python -m lawcrm.embedded run|test|lint|bench|fuzz|messages`: what `make run` and `make test` start once the virtualenv stands."""

import sys

from lawcrm.embedded.problems import Problem


def main(arguments: list[str]) -> int:
    command = arguments[0] if arguments else "help"
    try:
        if command == "run":
            from lawcrm.embedded.supervisor import run

            return run()
        if command == "prepare":
            from lawcrm.embedded.prepare import prepare

            return prepare()
        if command == "test":
            from lawcrm.embedded.testing import test

            return test(arguments[1:])
        if command == "lint":
            from lawcrm.embedded.testing import lint

            return lint()
        if command == "bench":
            from lawcrm.embedded.benchmark import bench

            return bench(arguments[1:])
        if command == "fuzz":
            from lawcrm.embedded.fuzzing import fuzz

            return fuzz(arguments[1:])
        if command == "messages":
            from lawcrm.embedded.messages import refresh_and_tell

            return refresh_and_tell()
    except Problem as problem:
        print(f"LawCRM: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print(
        "usage: python -m lawcrm.embedded run | prepare | test [pytest arguments] | lint | bench | fuzz | messages"
    )
    return 0 if command == "help" else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
