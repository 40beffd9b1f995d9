import Domain

/// One request for operations: a single one as its own document, several as the aliased fields of one mutation, which a
/// server executes in order (GraphQL specification, October 2021, section 6.2.2).
///
/// External values are never in the text: all are sent as variables.
struct OperationRequest {
    /// The operations, at least one.
    let operations: [WorkspaceChange]

    init(_ operations: [WorkspaceChange]) {
        precondition(!operations.isEmpty, "a request without operations")
        self.operations = operations
    }

    /// Whether the request contains several operations.
    var isBatch: Bool { operations.count > 1 }

    /// The member of `data` with the result of an operation.
    func field(_ index: Int) -> String {
        isBatch ? "o\(index)" : operations[index].document.field
    }

    /// The body of the request.
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

    /// The operations in words, for the log.
    var subject: String {
        isBatch ? "batch of \(operations.count), beginning with \(operations[0].subject)" : operations[0].subject
    }
}

extension WorkspaceChange {
    /// The operation in words, for the log.
    fileprivate var subject: String {
        "\(kind.rawValue) \(account.text)" + (accountType.map { " \($0)" } ?? "")
    }
}
