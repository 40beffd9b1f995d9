import Domain

/// One request that carries operations out: one as its own document, several as the aliased fields of one mutation,
/// which a server runs in their order (GraphQL specification, October 2021, section 6.2.2).
///
/// No value from outside is in the text, whatever the number: all travel as variables.
struct OperationRequest {
    /// What is asked for, at least one.
    let operations: [WorkspaceChange]

    init(_ operations: [WorkspaceChange]) {
        precondition(!operations.isEmpty, "a request for nothing")
        self.operations = operations
    }

    /// Whether others share the request with an operation.
    var isBatch: Bool { operations.count > 1 }

    /// The member of `data` that holds the answer to an operation.
    func field(_ index: Int) -> String {
        isBatch ? "o\(index)" : operations[index].document.field
    }

    /// The body as it is sent.
    var body: [UInt8] {
        guard isBatch else {
            let operation = operations[0]
            return RequestBody.of(operation.document.text, operation.arguments.map { ($0.name, $0.value) })
        }
        var declared: [String] = []
        var fields = ""
        var variables: [(name: String, value: String)] = []
        for (index, operation) in operations.enumerated() {
            var given: [String] = []
            for argument in operation.arguments {
                let name = argument.name + String(index)
                declared.append("$\(name): \(argument.type)")
                given.append("\(argument.name): $\(name)")
                variables.append((name, argument.value))
            }
            fields += "  \(field(index)): \(operation.document.field)(\(given.joined(separator: ", "))) { ok }\n"
        }
        return RequestBody.of("mutation Batch(\(declared.joined(separator: ", "))) {\n\(fields)}", variables)
    }

    /// What the request is about, for people.
    var subject: String {
        isBatch ? "batch of \(operations.count), beginning with \(operations[0].subject)" : operations[0].subject
    }
}

extension WorkspaceChange {
    /// What it is about, for people.
    fileprivate var subject: String {
        "\(kind.rawValue) \(account.text)" + (accountType.map { " \($0)" } ?? "")
    }
}
