import JSONReading

/// Counts the requests to the sandbox, for `GET /__sandbox/requests`.
struct Counts: Sendable {
    var operations: [String: Int] = [:]
    var faults: [String: Int] = [:]
    var credentialsRefused = 0
    var rateLimited = 0

    var json: String {
        JSONValue.object([
            "operations": .object(operations.mapValues(JSONValue.integer)),
            "faults": .object(faults.mapValues(JSONValue.integer)),
            "credentialsRefused": .integer(credentialsRefused),
            "rateLimited": .integer(rateLimited),
        ]).json
    }
}
