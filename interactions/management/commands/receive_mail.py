"""Takes one mail in from standard input: for a mail server's pipe.

    manage.py receive_mail --recipient crm+TOKEN@firm.example < message

Exit codes are those mail servers know: 0 taken in, 65 refused, 67 nobody's address; anything else: try again later.
"""

import sys

from django.core.management.base import BaseCommand

from interactions.actions.mail import NobodysAddress, receive
from interactions.mail.reading import MOST_BYTES
from interactions.models import InboundMail

REFUSED, NOBODY = 65, 67


class Command(BaseCommand):
    help = "Take one mail in from standard input and put it into the log of whoever's private address it was sent to."

    def add_arguments(self, parser):
        parser.add_argument(
            "--recipient", action="append", default=[], help="an address of the envelope; may be repeated"
        )

    def handle(self, *args, recipient, **options):
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        try:
            taken = receive(data, recipients=recipient)
        except NobodysAddress:
            self.stderr.write("nobody here has this address")
            sys.exit(NOBODY)
        if all(one.mail.state == InboundMail.State.REFUSED for one in taken):
            self.stderr.write("the mail is beyond what is read")
            sys.exit(REFUSED)
        self.stdout.write(", ".join(one.mail.state for one in taken))
