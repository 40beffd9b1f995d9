"""Makes workbooks that no spreadsheet program would: hostile_workbook.py KIND OUT.xlsx"""

import copy
import random
import sys
import warnings
import zipfile

kind, path = sys.argv[1:]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = '<Relationship Id="{}" Type="' + DOCUMENT + '/{}" Target="{}"/>'


def relations(*entries):
    return f'<Relationships xmlns="{PACKAGE}">' + "".join(RELATION.format(*entry) for entry in entries) + "</Relationships>"


HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'
TAIL = "</sheetData></worksheet>"
BLANK = HEAD + "<row>" + " " * 20_000_000 + "</row>" + TAIL
PART = "xl/worksheets/sheet1.xml"
sheets = '<sheet name="Active users" sheetId="1" r:id="r1"/>'
book = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{{}}</sheets></workbook>'
target, strings, sheet, others = "worksheets/sheet1.xml", None, HEAD + TAIL, {}


def table(*rows):
    cells = ["".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) for row in rows]
    return HEAD + "".join(f"<row>{row}</row>" for row in cells) + TAIL


HEADER = ("Email", "Decision", "Row key")
if kind == "bomb in a sheet":
    sheet = HEAD + "<row>" + " " * 300_000_000 + "</row>" + TAIL
elif kind == "bomb in the strings":
    strings = f'<sst xmlns="{MAIN}">' + "<si><t/></si>" * 20_000_000 + "</sst>"
elif kind == "bomb in several sheets":
    sheet = BLANK
    others = {f"xl/worksheets/sheet{number}.xml": BLANK for number in (2, 3)}
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in (1, 2, 3))
elif kind == "path out of the archive":
    target = "../../../../../../etc/passwd"
elif kind == "entities that multiply":
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20)]
    sheet = f"<!DOCTYPE w [{''.join(lines)}]>" + HEAD + "<row><c t='inlineStr'><is><t>&a19;</t></is></c></row>" + TAIL
elif kind == "entity from a file":
    book = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + book
    sheets = sheets.replace("Active users", "&x;")
elif kind == "a million cells":
    sheet = HEAD + ('<row r="1">' + "<c/>" * 1_000_000 + "</row>") + TAIL
elif kind == "one cell a million times":
    sheet = HEAD + ('<row r="1">' + '<c r="A1"/>' * 1_000_000 + "</row>") + TAIL
elif kind == "a million empty rows":
    sheet = HEAD + "<row/>" * 1_000_000 + TAIL
elif kind == "a cell in the last column of each row":
    sheet = table(HEADER).replace(TAIL, "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 200_000)))
    sheet += '<row r="1"/>' + TAIL
elif kind == "a part that is missing":
    target = "worksheets/none.xml"
elif kind == "half a sheet":
    sheet = HEAD + "<row><c"
elif kind == "a sheet of no part":
    sheets = sheets.replace("r1", "r7")
elif kind == "two sheets of one name":
    sheets += '<sheet name="ACTIVE users" sheetId="2" r:id="r1"/>'
elif kind in ("text that is not there", "strings that cannot be unpacked"):
    sheet = table(HEADER).replace(TAIL, '<row><c t="s"><v>0</v></c></row>' + TAIL)
    strings = f'<sst xmlns="{MAIN}">' + ("" if kind == "text that is not there" else "<si><t>x</t></si>") + "</sst>"
elif kind.startswith("in "):
    sheet = f'<?xml version="1.0" encoding="{kind[3:]}"?>' + sheet
elif kind == "names without end":
    sheet = HEAD + "<" + "x" * 40_000_000
elif kind == "elements without end":
    sheet = HEAD + "<x>" * 5_000_000
elif kind == "a text without end":
    sheet = HEAD + "<row><c t='inlineStr'><is><t>" + "x" * 40_000_000
elif kind == "ten thousand entries":
    others = {f"x{number}": "" for number in range(10_001)}
elif kind == "ten names for one part":
    sheet = HEAD + f"<!--{random.Random(1).randbytes(50_000).hex()}-->" + TAIL
elif kind == "decisions in a hidden sheet":
    sheets = sheets.replace("/>", ' state="veryHidden"/>')
    sheet = table(HEADER, ("ann@acme.io", "Revoke", "k"))
elif kind == "a decision under merged cells":
    sheet = table(HEADER, ("ann@acme.io", "Approve", "k"), ("bob@acme.io", "Revoke", "k"))
    sheet = sheet.replace("</worksheet>", '<mergeCells><mergeCell ref="B2:B3"/></mergeCells></worksheet>')

with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
    warnings.simplefilter("ignore")
    archive.writestr("_rels/.rels", relations(("r1", "officeDocument", "xl/workbook.xml")))
    archive.writestr("xl/workbook.xml", book.format(sheets))
    targets = [(f"r{n + 2}", "worksheet", "/" + name) for n, name in enumerate(others)][:10]
    if strings:
        targets.append(("rs", "sharedStrings", "sharedStrings.xml"))
        archive.writestr("xl/sharedStrings.xml", strings)
    archive.writestr("xl/_rels/workbook.xml.rels", relations(("r1", "worksheet", target), *targets))
    archive.writestr(PART, sheet)
    for name, text in others.items():
        archive.writestr(name, text)
    if kind == "two parts of one name":
        archive.writestr(PART, table(HEADER))
    elif kind == "two parts but for case":
        archive.writestr(PART.upper(), table(HEADER))
    elif kind == "two parts but for backslashes":
        archive.writestr(PART.replace("/", "\\"), table(HEADER))
    elif kind == "ten names for one part":
        for number in range(10):
            alias = copy.copy(archive.getinfo(PART))
            alias.filename = f"xl/worksheets/other{number}.xml"
            archive.filelist.append(alias)
    elif kind == "a part with a password":
        archive.getinfo(PART).flag_bits |= 1

if kind == "strings that cannot be unpacked":
    # Its method of compression is one that nobody knows.
    data = bytearray(open(path, "rb").read())
    name = b"xl/sharedStrings.xml"
    local = data.index(name) - 30
    central = data.rindex(name) - 46
    data[local + 8 : local + 10] = data[central + 10 : central + 12] = b"\x14\x00"
    open(path, "wb").write(data)
elif kind == "a checksum that is wrong":
    data = bytearray(open(path, "rb").read())
    central = data.rindex(PART.encode()) - 46
    data[central + 16] ^= 1
    open(path, "wb").write(data)
