import Domain
import JSONReading

/// An event of an audit log, as far as it is used. Everything else in it may be whatever JSON can be.
struct AuditEvent {
    /// The members that are used.
    enum Name: String, CaseIterable {
        case id, createdDttm, workspaceId, workspaceName, actorUserId, actorEmail, eventType
    }

    /// The value of a member.
    enum Member: Hashable {
        case null
        case integer(Int)
        case text(String)
        /// An integer beyond 64 bits, in decimal digits.
        case digits(String)
        /// A text that cannot be decoded, and why.
        case fault(Fault)
        /// Anything else.
        case other
    }

    /// Why an event or a member cannot be used.
    enum Fault: Hashable {
        case null, wrongType, twice, nul, surrogate

        /// The reason, with the path of what it is about.
        func at(_ path: String) -> UnusableListing {
            switch self {
            case .null: .shape("\(path) is null")
            case .wrongType: .shape("\(path) has the wrong type")
            case .twice: UnusableListing(.twice(path))
            case .nul: UnusableListing(.nul(path))
            case .surrogate: UnusableListing(.surrogate(path))
            }
        }
    }

    /// The members that the event has.
    private(set) var members: [Name: Member] = [:]
    /// Why it is no event, or cannot be used whatever is needed of it.
    private var fault: (fault: Fault, member: Name?)?

    /// The path of an event.
    static func path(_ place: Int) -> String { AuditLogScanner.path.joined(separator: ".") + "[\(place)]" }

    /// The events of an array in JSON.
    ///
    /// - Throws: ``UnusableListing`` if the text is not JSON.
    static func all(in batch: [UInt8]) throws(UnusableListing) -> [AuditEvent] {
        // Almost every batch can be read as a whole, which is much faster.
        if case .array(let elements)? = try? JSONDocument(batch).root {
            let events = elements.compactMap(AuditEvent.init)
            if events.count == elements.count { return events }
        }
        do throws(InvalidJSON) {
            return try JSONOutline(batch).elements.map(AuditEvent.init)
        } catch {
            throw UnusableListing(error)
        }
    }

    /// Takes an event with members of the usual kinds; nil for any other.
    private init?(_ element: JSONValue) {
        guard let found = element.members else { return nil }
        for name in Name.allCases {
            switch found[name.rawValue] {
            case nil: continue
            case .null?: members[name] = .null
            case .integer(let number)?: members[name] = .integer(number)
            case .string(let text)?: members[name] = .text(text)
            // A double does not show what was written.
            default: return nil
            }
        }
    }

    private init(_ outline: JSONOutline) {
        guard outline.kind == .object else {
            fault = (outline.kind == .null ? .null : .wrongType, nil)
            return
        }
        for (text, value) in outline.members {
            guard let name = Name(rawValue: text) else { continue }
            if members[name] != nil { fault = fault ?? (.twice, name) }
            members[name] = Member(value)
        }
    }

    /// Throws if it is no event, or cannot be used whatever is needed of it.
    func check(_ path: @autoclosure () -> String) throws(UnusableListing) {
        guard let fault else { return }
        throw fault.fault.at(path() + (fault.member.map { "." + $0.rawValue } ?? ""))
    }

    /// The text of a member; nil if it is missing or null. An integer beyond 64 bits is the text of its digits.
    func text(_ name: Name, _ path: @autoclosure () -> String) throws(UnusableListing) -> String? {
        switch members[name] {
        case nil, .null?: return nil
        case .text(let text)?: return text
        case .digits(let digits)? where name == .workspaceId: return digits
        case .fault(let fault)?: throw fault.at("\(path()).\(name.rawValue)")
        default: throw Fault.wrongType.at("\(path()).\(name.rawValue)")
        }
    }

    /// The time; nil if it cannot be read.
    var time: EventTime? {
        if case .text(let text)? = members[.createdDttm] { EventTime(text) } else { nil }
    }
}

extension AuditEvent.Member {
    fileprivate init(_ value: JSONOutline) {
        switch value.kind {
        case .null: self = .null
        case .number:
            let digits = String(decoding: value.text, as: UTF8.self)
            let isInteger = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
            self = isInteger ? Int(digits).map(Self.integer) ?? .digits(digits) : .other
        case .string:
            do throws(InvalidJSON) {
                self = (try JSONDocument(value.text).root.text).map(Self.text) ?? .other
            } catch {
                // The grammar was checked.
                self = if case .nul = error { .fault(.nul) } else { .fault(.surrogate) }
            }
        case .object, .array, .bool: self = .other
        }
    }
}

/// The response around the events of an audit log, as far as it is used.
enum AuditLogResponse {
    /// Reads a response. Of one that `JSONDocument` refuses, only the members that are used are in the result.
    ///
    /// - Throws: ``UnusableListing`` if it is not JSON, or has a member that is used twice.
    static func read(_ response: [UInt8]) throws(UnusableListing) -> JSONValue {
        if let root = try? JSONDocument(response).root { return root }
        let outline: JSONOutline
        do throws(InvalidJSON) { outline = try JSONOutline(response) } catch { throw UnusableListing(error) }
        return try used(of: outline, "")
    }

    /// The members of an object that are used, by its path.
    private static let names = [
        "": ["data", "errors"], "data": ["getAuditLogs"], "data.getAuditLogs": ["ok", "auditLogs"],
    ]

    private static func used(of outline: JSONOutline, _ path: String) throws(UnusableListing) -> JSONValue {
        if path == "errors" { return errors(outline) }
        guard outline.kind == .object, let names = names[path] else { return outline.kindOnly }
        var members: [String: JSONValue] = [:]
        for (name, value) in outline.members where names.contains(name) {
            let place = path.isEmpty ? name : "\(path).\(name)"
            guard members[name] == nil else { throw UnusableListing(.twice(place)) }
            members[name] = try used(of: value, place)
        }
        return .object(members)
    }

    /// The errors, without what cannot be decoded: their messages and codes explain why there is no log.
    private static func errors(_ outline: JSONOutline) -> JSONValue {
        guard outline.kind == .array else { return readable(outline, levels: 4) }
        return .array(outline.elements.map { readable($0, levels: 4) })
    }

    /// - Parameter levels: how deep objects are examined one by one.
    private static func readable(_ outline: JSONOutline, levels: Int) -> JSONValue {
        if let root = try? JSONDocument(outline.text).root { return root }
        guard outline.kind == .object, levels > 0 else {
            return outline.kind == .string ? .string("a text with half of a surrogate pair, or a NUL character") : .null
        }
        return .object(
            Dictionary(
                outline.members.map { ($0.name, readable($0.value, levels: levels - 1)) },
                uniquingKeysWith: { first, _ in first }))
    }
}

extension JSONOutline {
    /// The value, if it is none of those that differ within a kind; otherwise any of its kind.
    fileprivate var kindOnly: JSONValue {
        switch kind {
        case .object: .object([:])
        case .array: .array(elements.isEmpty ? [] : [.null])
        case .string: .string("")
        case .number: .number(0)
        case .bool: .bool(text.first == UInt8(ascii: "t"))
        case .null: .null
        }
    }
}
