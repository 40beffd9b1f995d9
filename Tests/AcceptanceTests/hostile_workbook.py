"""Makes workbooks that no spreadsheet program would: hostile_workbook.py KIND OUT.xlsx"""

import sys
import zipfile

kind, path = sys.argv[1:]
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="t" Target="{}"/></Relationships>'
)
BOOK = (
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Active users" sheetId="1" r:id="r1"/></sheets></workbook>'
)
HEAD = "<worksheet><sheetData>"
TAIL = "</sheetData></worksheet>"
target, book, strings, sheet = "worksheets/sheet1.xml", BOOK, None, HEAD + TAIL

if kind == "bomb in a sheet":
    sheet = HEAD + "<row>" + " " * 300_000_000 + "</row>" + TAIL
elif kind == "bomb in the strings":
    strings = "<sst>" + "<si><t/></si>" * 20_000_000 + "</sst>"
elif kind == "path out of the archive":
    target = "../../../../../../etc/passwd"
elif kind == "entities that multiply":
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20)]
    sheet = f"<!DOCTYPE w [{''.join(lines)}]>" + HEAD + "<row><c t='inlineStr'><is><t>&a19;</t></is></c></row>" + TAIL
elif kind == "entity from a file":
    book = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BOOK.replace("Active users", "&x;")
elif kind == "a million empty cells":
    sheet = HEAD + ('<row r="1">' + '<c r="A1"/>' * 1_000_000 + "</row>") + TAIL
elif kind == "a million empty rows":
    sheet = HEAD + "<row/>" * 1_000_000 + TAIL
elif kind == "a part that is missing":
    target = "worksheets/none.xml"
elif kind == "half a sheet":
    sheet = HEAD + "<row><c"
elif kind == "a sheet of no part":
    book = BOOK.replace("r1", "r2")
elif kind == "two sheets of one name":
    book = BOOK.replace("</sheets>", '<sheet name="Active users" sheetId="2" r:id="r1"/></sheets>')
elif kind in ("text that is not there", "strings that cannot be unpacked"):
    names = ["Email", "Decision", "Row key"]
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names)
    sheet = HEAD + f"<row>{cells}</row>" + '<row><c t="s"><v>0</v></c></row>' + TAIL
    strings = None if kind == "text that is not there" else "<sst><si><t>ann@acme.io</t></si></sst>"

with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("xl/workbook.xml", book)
    archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(target))
    archive.writestr("xl/worksheets/sheet1.xml", sheet)
    if strings:
        archive.writestr("xl/sharedStrings.xml", strings)

if kind == "strings that cannot be unpacked":
    # Its method of compression is one that nobody knows.
    data = bytearray(open(path, "rb").read())
    name = b"xl/sharedStrings.xml"
    local = data.index(name) - 30
    central = data.rindex(name) - 46
    data[local + 8 : local + 10] = data[central + 10 : central + 12] = b"\x14\x00"
    open(path, "wb").write(data)
