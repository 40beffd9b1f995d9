import JSONReading

/// A value in a small response, with its path: `data.listWorkspaces.workspaces[3]`.
struct JSONPlace {
    let value: JSONValue
    /// Empty for the whole response.
    let path: String

    init(_ root: JSONValue) { self.init(root, "") }

    private init(_ value: JSONValue, _ path: String) {
        self.value = value
        self.path = path
    }

    private var name: String { path.isEmpty ? "the response" : path }

    /// A required member.
    func member(_ key: String) throws(UnusableListing) -> JSONPlace {
        guard case .object(let members) = value else { throw .shape("\(name) has the wrong type") }
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let member = members[key] else { throw .shape("\(place) is missing") }
        guard !member.isNull else { throw .shape("\(place) is null") }
        return JSONPlace(member, place)
    }

    /// The elements of an array.
    func elements() throws(UnusableListing) -> [JSONPlace] {
        guard case .array(let list) = value else { throw .shape("\(name) has the wrong type") }
        return list.enumerated().map { JSONPlace($1, "\(path)[\($0)]") }
    }

    /// A member that is text.
    func text(_ key: String) throws(UnusableListing) -> String {
        let member = try member(key)
        guard let text = member.value.text else { throw .shape("\(member.path) has the wrong type") }
        return text
    }

    /// A member that is text without control characters.
    func identifier(_ key: String) throws(UnusableListing) -> String {
        let text = try text(key)
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .control("\(path).\(key)")
        }
        return text
    }
}
