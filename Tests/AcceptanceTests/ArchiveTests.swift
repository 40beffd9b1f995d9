import Foundation
import Testing

/// Archives and folders of closed reviews that somebody else has changed, and what prevents an archive.
@Suite(.waiting) struct ArchiveTests {
    private let closed: ClosedReview
    private var rollcall: Rollcall { closed.rollcall }

    init() throws { closed = try ClosedReview() }

    /// Archives that are not what they seem, each made by a line of Python from that of a review.
    @Test func `an archive that programs read differently is refused, and a changed one fails`() throws {
        try closed.close()
        try #require(try rollcall.run("review", "pack", "rev", "--out", "q4.zip").status == 0)
        let root = "review-2026-q4/"
        let cases: [(change: String, status: Int32, says: String)] = [
            ("add('\(root)evidence/../../../escaped.txt', b'x')", 2, "not a path in the archive"),
            ("add('/tmp/escaped.txt', b'x')", 2, "not a path in the archive"),
            ("add('..\\\\escaped.txt', b'x')", 2, "not a path in the archive"),
            ("add('a\\x1b[31m.txt', b'x')", 2, "not a path in the archive"),
            ("add('\(root)evidence/Review.csv', b'x')", 2, "two entries are called"),
            ("add('\(root)evidence/review.csv', b'x')", 2, "two entries are called"),
            ("add('\(root)evidence/link', b'/etc/passwd', mode=0o120777)", 2, "is a link"),
            (
                "for i in range(3): add(f'\(root)evidence/zeros{i}.bin', bytes(200_000_000))", 2, "unpacks to more"
            ),
            ("after.append(lambda data: b'another archive' + data)", 2, "not a zip archive"),
            ("after.append(lambda data: data + b'more')", 0, "other programs may find other files"),
            ("drop('index.html'); drop('index.csv')", 0, "has no index"),
            ("add('\(root)evidence/more.csv', b'x')", 1, "more.csv is not in SHA256SUMS"),
            (
                "add('\(root)readme.txt', b'all is well')", 0,
                "beside the evidence, and not checked: review-2026-q4/readme.txt"
            ),
            ("add('other/SHA256SUMS', b'x')", 2, "contains 2 evidence folders"),
            ("edit('index.csv', b'PCI', b'ABC')", 1, "missing, or not what follows from the evidence: index.csv"),
            ("edit('index.html', b'PCI', b'ABC')", 1, "missing, or not what follows from the evidence: index.html"),
            ("edit('index.csv', b',0.1.0', b',0.0.1')", 0, "written by rollcall 0.0.1"),
            ("edit('evidence/answer.json', b'cleo', b'clea')", 1, "answer.json was changed"),
            ("drop('evidence/closing.csv')", 1, "closing.csv"),
            ("drop('index.html')", 1, "missing, or not what follows from the evidence: index.html"),
            ("only('index.html')", 2, "no evidence folder"),
            ("cut(5000)", 2, "not a zip archive"),
            ("corrupt('evidence/review.json')", 2, "cannot be"),
        ]
        for (change, status, says) in cases {
            try rollcall.write(Self.changer.replacing("CHANGE", with: change), to: "change.py")
            try #require(rollcall.shell("/usr/bin/python3 -W ignore change.py 2>&1") == "", "\(change)")
            let run = try rollcall.run("verify", "changed.zip", "--no-ledger")
            #expect(run.status == status, "\(change): \(run.all.suffix(600))")
            #expect(run.all.replacing(#/\s+/#, with: " ").contains(says), "\(change): \(run.all.suffix(1500))")
        }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/escaped.txt"))
        #expect(try rollcall.shell("ls -d $PWD/tmp/rollcall-* 2>/dev/null | wc -l").hasPrefix("0"))
        let linked = try rollcall.start(line: "ln -s q4.zip link.zip && $ROLLCALL verify link.zip").wait()
        #expect(linked.status == 0 && linked.output.contains("byte for byte"), "\(linked.all)")
        // What another program has packed is read as well.
        try rollcall.shell(
            "/usr/bin/python3 -c 'import shutil; shutil.make_archive(\"by-hand\", \"zip\", \".\", \"rev\")'")
        let byHand = try rollcall.run("verify", "by-hand.zip")
        #expect(byHand.status == 0, "\(byHand.all)")
    }

    /// The checksums, and in the second case the record, are those of the changed files.
    @Test(arguments: [false, true])
    func `a report of the closing statement that was changed and resealed is found`(changesRecord: Bool) throws {
        try closed.close()
        let changes = [
            "open('rev/closing.html', 'a').write('garbage')", "open('rev/closing.json', 'w').write('{}')",
            "open('rev/closing.md', 'w').write('')", "replace('closing.xlsx', b'Revoke', b'Approve')",
            "replace('closing.json', b'bob@acme.io', b'bib@acme.io')",
        ]
        for change in changes {
            try rollcall.shell("rm -rf changed && cp -r rev changed")
            let script = """
                import hashlib, json, re, zipfile
                def replace(name, old, new):
                    path = 'rev/' + name
                    if name.endswith('.xlsx'):
                        parts = [(i, zipfile.ZipFile(path).read(i)) for i in zipfile.ZipFile(path).infolist()]
                        assert any(old in data for _, data in parts)
                        with zipfile.ZipFile(path, 'w') as target:
                            for info, data in parts: target.writestr(info, data.replace(old, new))
                    else:
                        data = open(path, 'rb').read()
                        assert old in data
                        open(path, 'wb').write(data.replace(old, new))
                \(change)
                sha = lambda name: hashlib.sha256(open('rev/' + name, 'rb').read()).hexdigest()
                if \(changesRecord ? "True" : "False"):
                    text = open('rev/closing.record.json').read()
                    for file in json.loads(text)['files']: text = text.replace(file['sha256'], sha(file['name']))
                    open('rev/closing.record.json', 'w').write(text)
                lines = [line.split('  ', 1)[1] for line in open('rev/closing.SHA256SUMS').read().splitlines()]
                open('rev/closing.SHA256SUMS', 'w').write(''.join(f'{sha(name)}  {name}' + chr(10) for name in lines))
                """
            try rollcall.write(script.replacing("rev/", with: "changed/"), to: "forge.py")
            try #require(rollcall.shell("/usr/bin/python3 forge.py 2>&1") == "")
            let run = try rollcall.run("verify", "changed", "--no-ledger")
            #expect(
                run.status == 1 && run.output.contains("closing statement: "),
                "\(change): \(run.status) \(run.output.split(separator: "\n").filter { $0.hasPrefix("FAILED") }) \(run.errors)"
            )
        }
    }

    @Test func `what prevents an archive is named, and nothing is left behind`() throws {
        try closed.close()
        let cases: [(line: String, says: String)] = [
            ("$ROLLCALL review pack rev --out rev/q4.zip", "would be in the evidence folder"),
            ("cd rev && $ROLLCALL review pack .", "would be in the evidence folder"),
            ("TMPDIR=$PWD/missing $ROLLCALL review pack rev", "cannot write"),
            (
                "cp -r rev odd && rm odd/closing.csv && $ROLLCALL review pack odd",
                "closing.csv is missing or unreadable"
            ),
            ("$ROLLCALL verify missing.zip", "does not exist"),
            ("mkfifo pipe.zip && $ROLLCALL verify pipe.zip", "neither a folder nor a file"),
        ]
        for (line, says) in cases {
            let run = try rollcall.start(line: line).wait()
            #expect(run.status == 2 && run.errors.contains(says), "\(line): \(run.all)")
        }
        #expect(try rollcall.shell("ls -A . rev | grep -c -e zip -e partial || true").hasPrefix("1"))
    }

    @Test func `an attachment that not every program can unpack is refused before the review is closed`() throws {
        let made = try rollcall.run("review", "--out", "rev", "--approver", "Alan Turing")
        try #require(made.status == 0, "\(made.errors)")
        for names in [
            #"'a\b.txt'"#, "A.txt a.txt", #"$'tab\tin it'"#, #"$'u\xcc\x88.txt' $'\xc3\xbc.txt'"#,
        ] {
            let line = "rm -rf rev/attachments && mkdir rev/attachments && cd rev/attachments && touch \(names) && ls"
            try #require(try rollcall.start(line: line).wait().status == 0)
            let refused = try rollcall.run("review", "close", "rev", "--force", "ticket 1")
            #expect(refused.status == 2 && refused.errors.contains("rename it"), "\(names): \(refused.all)")
        }
        try rollcall.shell("rm -rf rev/attachments")
        #expect(try rollcall.run("review", "close", "rev", "--force", "ticket 1").status == 0)
    }

    private static let changer = """
        import io, shutil, zipfile
        source = zipfile.ZipFile("q4.zip")
        files = [(i.filename, source.read(i), 0o100644) for i in source.infolist()]
        tail = None
        def add(name, data, mode=0o100644): files.append((name, data, mode))
        def edit(name, old, new):
            for place, (path, data, mode) in enumerate(files):
                if path.endswith("/" + name):
                    assert old in data
                    files[place] = (path, data.replace(old, new), mode)
        def drop(name): files[:] = [f for f in files if not f[0].endswith("/" + name)]
        def only(name): files[:] = [f for f in files if f[0].endswith("/" + name)]
        after = []
        def cut(count): after.append(lambda data: data[:count])
        def corrupt(name):
            def change(data):
                place = data.index(name.encode()) + len(name) + 40
                return data[:place] + bytes([data[place] ^ 0xff, data[place + 1] ^ 0xff]) + data[place + 2:]
            after.append(change)
        CHANGE
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for path, data, mode in files:
                info = zipfile.ZipInfo(path)
                info.external_attr = mode << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(info, data)
        data = made.getvalue()
        for change in after: data = change(data)
        open("changed.zip", "wb").write(data)
        """
}
