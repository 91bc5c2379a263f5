"""The choices of a merge of two people."""

from clients.actions.people import EDITABLE
from clients.forms.merging import MergeForm


class PersonMergeForm(MergeForm):
    names = EDITABLE
