/// The response to a request; created without a socket, so that tests need none.
struct Reply: Sendable {
    enum Ending: Sendable { case answered, closed, reset }

    var status = 200
    var body: [UInt8] = []
    var contentType = "application/json; charset=utf-8"
    var retryAfter: String?
    var delay = Duration.zero
    var ending = Ending.answered

    static func failure(_ status: Int, _ message: String) -> Reply {
        failure(status, [GraphQLError(message: message)])
    }

    static func failure(_ status: Int, _ errors: [GraphQLError]) -> Reply {
        var writer = AnswerWriter()
        writer.raw("{")
        writer.errors(errors)
        writer.raw("}")
        return Reply(status: status, body: writer.bytes)
    }

    static func page(_ status: Int, _ title: String) -> Reply {
        let page = "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
        return Reply(status: status, body: Array(page.utf8), contentType: "text/html; charset=utf-8")
    }
}
