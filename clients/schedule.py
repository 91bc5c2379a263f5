"""The periodic work of clients."""

from clients.actions.assess_all import assess_next
from clients.actions.duplicates import find_all_next
from clients.actions.grade_all import score_next
from clients.actions.importing.upkeep import forget_old_imports
from clients.actions.trash import empty_trash
from lawcrm.firm.schedule import daily

daily("clients.score", at="02:00", in_parts=True)(score_next)
daily("clients.assess", at="02:30", in_parts=True)(assess_next)
daily("clients.forget_old_imports", at="03:40")(forget_old_imports)
daily("clients.find_duplicates", at="03:10", in_parts=True)(find_all_next)
daily("clients.empty_trash", at="03:50", in_parts=True)(empty_trash)
