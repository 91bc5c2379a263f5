"""Does one deed; prints its figures and the most memory it took as JSON, on the last line."""

import json
import resource
import sys

import django

django.setup()

from lawcrm.desk.bench import deeds  # noqa: E402

figures = getattr(deeds, sys.argv[1])(*sys.argv[2:])
print(json.dumps({**figures, "most_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
