"""Prints what a workbook says, as JSON: an independent reader for the tests. Needs openpyxl."""

import json
import sys

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape


def plain(value):
    """A value as JSON has it. openpyxl leaves Excel's escapes (_x0041_) in text as they are."""
    if isinstance(value, str):
        return unescape(value)
    return value if value is None or isinstance(value, (int, float)) else value.isoformat()


book = load_workbook(sys.argv[1])
sheets = []
for sheet in book.worksheets:
    sheets.append(
        {
            "name": sheet.title,
            "rows": [[plain(cell.value) for cell in row] for row in sheet.iter_rows()],
            "types": ["".join(cell.data_type for cell in row) for row in sheet.iter_rows(max_row=3)],
            "hidden": sorted(k for k, column in sheet.column_dimensions.items() if column.hidden),
            "widths": {k: column.width for k, column in sheet.column_dimensions.items()},
            "printed": "".join(sheet.print_area or []),
            "pages": [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
            "dates": sorted((str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation if v.type == "date"),
            "protected": sheet.protection.sheet,
            "open": sorted(
                {cell.column_letter for row in sheet.iter_rows(min_row=2) for cell in row if not cell.protection.locked}
            ),
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "lists": sorted((str(v.sqref), v.formula1, v.errorStyle or "stop") for v in sheet.data_validations.dataValidation if v.type == "list"),
            "charts": len(sheet._charts),
            "repeated": sheet.print_title_rows,
            "header": sheet.oddHeader.left.text,
            "landscape": sheet.page_setup.orientation == "landscape",
            "coloured": sorted(str(r.sqref) for r in sheet.conditional_formatting),
        }
    )
# A list before openpyxl 3.1, a dictionary from then on.
defined = book.defined_names
names = {name.name: name.attr_text for name in (defined.values() if isinstance(defined, dict) else defined.definedName)}
properties = book.properties
json.dump({"sheets": sheets, "names": names, "active": book.active.title, "title": properties.title, "creator": properties.creator, "created": properties.created.isoformat()}, sys.stdout)
