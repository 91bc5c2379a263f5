"""The one clear line for each refusal of a file."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .limits import Refused

MESSAGES = {
    "empty_file": _("The file is empty. Save the list again and upload that."),
    "no_rows": _("The file holds no rows. It needs a row of headings and at least one row below it."),
    "file_too_big": _("The file is %(size)s; at most %(limit)s can be read. Split it into several files."),
    "not_a_sheet": _("This is not a spreadsheet we can read. Save it as XLSX or CSV and upload that."),
    "old_or_protected": _(
        "This is an old Excel file (.xls) or one protected by a password. Save it as XLSX without a password."
    ),
    "open_document": _("This is an OpenDocument spreadsheet. Save it as XLSX or CSV and upload that."),
    "markup": _("This is a web page or XML, whatever its name says. Save it as XLSX or CSV and upload that."),
    "binary_workbook": _("This is a binary workbook (.xlsb). Save it as XLSX and upload that."),
    "macros": _("The workbook contains macros. Save it as XLSX, which keeps none, and upload that."),
    "damaged_archive": _(
        "The file is damaged or was cut short. Open it in your spreadsheet program and save it again."
    ),
    "damaged_sheet": _(
        "The workbook is damaged near row %(row)s. Open it in your spreadsheet program and save it again."
    ),
    "forbidden_xml": _(
        "The workbook contains declarations that no spreadsheet program writes. It was not read."
    ),
    "too_many_entries": _("The workbook consists of %(count)s parts; at most %(limit)s can be read."),
    "unpacks_too_big": _("The workbook would unpack to %(size)s; at most %(limit)s can be read."),
    "packed_too_tightly": _(
        "The workbook would unpack to more than %(limit)s times its size. It was not read."
    ),
    "too_many_rows": _(
        "The sheet has values in row %(row)s; at most %(limit)s rows can be read. Split the file."
    ),
    "too_many_columns": _(
        "The sheet has values in column %(column)s; at most %(limit)s columns can be read. Delete what you do not need."
    ),
    "too_many_cells": _("The sheet has more than %(limit)s cells. Split the file."),
    "cell_too_long": _(
        "A cell in row %(row)s holds more than %(limit)s characters, or a quotation mark is never closed."
    ),
    "too_much_text": _("The sheet holds more text than can be read at once. Split the file."),
    "too_slow": _("Reading the file took too long and was stopped. Split the file or save it again."),
    "too_much_memory": _(
        "Reading the file needed too much memory and was stopped. Split the file or save it again."
    ),
    "unreadable": _("The file could not be read. Open it in your spreadsheet program and save it again."),
    "encoding_unknown": _("The characters of this text file cannot be told for sure. Choose its encoding."),
    "wrong_encoding": _("The text file is not written in %(encoding)s. Choose another encoding."),
    "no_such_sheet": _("The workbook has no sheet named %(sheet)s."),
    "no_such_mapping": _("There is no saved assignment of columns named %(name)s."),
    "no_headings": _("No row of headings was found. The first row must name the columns."),
}
_SIZES = ("file_too_big", "unpacks_too_big")


def explain(refused: Refused) -> str:
    """The sentence shown to the person, in their language."""
    params = dict(refused.params)
    if refused.code in _SIZES:
        params.update(size=filesizeformat(params["size"]), limit=filesizeformat(params["limit"]))
    params = {key: f"{value:,}" if type(value) is int else value for key, value in params.items()}
    text = str(MESSAGES.get(refused.code, MESSAGES["unreadable"]))
    try:
        return text % params
    except (KeyError, ValueError):
        return str(MESSAGES["unreadable"])
