"""Does one deed; prints its figures and the most memory that it or a child of its took, as JSON, on the last line."""

import json
import resource
import sys

import django

django.setup()

from lawcrm.desk.bench import deeds  # noqa: E402

figures = getattr(deeds, sys.argv[1])(*sys.argv[2:])
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({**figures, "most_mib": most / 1024}))
