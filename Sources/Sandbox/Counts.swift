/// What the sandbox has been asked, for `GET /__sandbox/requests`.
struct Counts: Sendable {
    var operations: [String: Int] = [:]
    var faults: [String: Int] = [:]
    var credentialsRefused = 0
    var rateLimited = 0

    var json: String {
        QueryValue.object([
            "operations": .object(operations.mapValues(QueryValue.integer)),
            "faults": .object(faults.mapValues(QueryValue.integer)),
            "credentialsRefused": .integer(credentialsRefused),
            "rateLimited": .integer(rateLimited),
        ]).text
    }
}
