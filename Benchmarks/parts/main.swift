import Foundation

// Measures parts of the program alone: `parts csv xlsx --rows 1000000`. Without names it measures the writers.

/// What was asked for.
struct Request {
    var parts: [Part] = []
    var rows = 1_000_000
    /// Where the files stay; nil if nobody wants to look at them.
    var folder: String?
    /// What is read.
    var input: String?

    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--rows":
                guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
                rows = count
            case "--keep":
                guard let path = rest.popFirst() else { return nil }
                folder = path
            default:
                if let part = Part.all.first(where: { $0.name == word }) {
                    parts.append(part)
                } else if FileManager.default.fileExists(atPath: word) {
                    input = word
                } else {
                    return nil
                }
            }
        }
        if parts.isEmpty { parts = Part.reviews }
    }

    static var usage: String {
        "parts [NAME ...] [FILE] [--rows N] [--keep FOLDER]\n"
            + Part.all.map { "  " + column($0.name, 15) + $0.help }.joined(separator: "\n")
    }
}

func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
}

func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

func line(_ part: Part, _ done: Part.Done, _ cost: Cost) -> String {
    let cpu = cost.user + cost.system
    let size = done.file.flatMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }
    return [
        part.name, number(cost.wall, 2), number(cpu, 2), number(cost.user, 2), number(cost.system, 2),
        String(done.rows),
        number(cpu / Double(max(1, done.rows)) * 1e6, 3), String(done.cells),
        done.cells == 0 ? "" : number(cpu / Double(done.cells) * 1e6, 3),
        cost.peak.map { number(Double($0) / 1e6, 1) } ?? "", size.map { number(Double($0) / 1e6, 1) } ?? "",
    ].map { column($0, 15) }.joined()
}

guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
    print(Request.usage)
    exit(2)
}
let temporary = NSTemporaryDirectory() + "/parts-\(getpid())"
let folder = request.folder ?? temporary
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: temporary) }
let header = [
    "part", "wall s", "CPU s", "user", "system", "rows", "µs a row", "cells", "µs a cell", "peak MB", "file MB",
]
print(header.map { column($0, 15) }.joined())
for part in request.parts {
    var done = Part.Done(rows: 0)
    let work = try part.prepare(Part.Work(rows: request.rows, folder: folder, input: request.input))
    let cost = try Cost.of { done = try work() }
    print(line(part, done, cost))
}
