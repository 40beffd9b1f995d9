import Foundation

extension Rollcall {
    /// Whether a file in the folder is as a schema in `samples/schemas` says, by somebody else's validator: `valid`, or
    /// what is wrong.
    ///
    /// - Parameter lines: each line is a document of its own.
    func validate(_ name: String, as schema: String, lines: Bool = false) throws -> String {
        let documents = lines ? "[json.loads(l) for l in open(sys.argv[1])]" : "[json.load(open(sys.argv[1]))]"
        let script =
            "import json, sys, jsonschema; v = jsonschema.Draft202012Validator(json.load(open(sys.argv[2]))); "
            + "found = \(documents); [v.validate(d) for d in found]; assert found"
        let file = Rollcall.sample("schemas/\(schema).schema.json")
        let said = try shell("/usr/bin/python3 -c '\(script)' \(name) \(file) 2>&1 && echo valid")
        return said == "valid\n" ? "valid" : said
    }

    /// Holds what a command wrote against a schema.
    func validate(_ text: String, against schema: String, lines: Bool = false) throws -> String {
        try write(text, to: "document")
        return try validate("document", as: schema, lines: lines)
    }
}

extension Finished {
    /// Standard output as one JSON document.
    var document: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:] }
    }

    /// Each line of standard output as JSON.
    var events: [[String: Any]] { get throws { try Finished.lines(of: output) } }

    /// Each line of standard error as JSON.
    var logged: [[String: Any]] { get throws { try Finished.lines(of: errors) } }

    private static func lines(of text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }
}
