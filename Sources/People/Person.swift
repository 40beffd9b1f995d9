import Domain

/// A row of the company's own list of people.
public struct Person: Hashable, Sendable {
    /// What the status of a person means.
    public enum Status: String, CaseIterable, Sendable {
        /// Employed, also if on leave or about to start.
        case active
        /// Suspended or disabled, which may be temporary.
        case suspended
        /// Terminated.
        case left
    }

    /// The line or row of the list, counted from 1.
    public var line: Int
    /// The addresses in the form that mail uses: the work address first, then others, also former ones; empty for a
    /// person without an address. Private addresses are never among them.
    public var addresses: [String]
    /// As in the list.
    public var name: String
    /// The address of the manager if it is known, otherwise the text of the list.
    public var manager: String
    /// Whether the manager has left, in a list without managers; nil to search the manager in the list.
    public var managerHasLeft: Bool?
    /// As in the list.
    public var department: String
    /// The status as in the list.
    public var statusText: String
    /// What the status means; nil for an empty cell, or a list without statuses.
    public var status: Status?
    /// The first day of work.
    public var start: Day?
    /// The last day of work.
    public var end: Day?
    /// As in the list.
    public var employmentType: String

    /// Creates a person.
    public init(
        line: Int, addresses: [String], name: String = "", manager: String = "", department: String = "",
        statusText: String = "", status: Status? = nil, start: Day? = nil, end: Day? = nil, employmentType: String = ""
    ) {
        self.line = line
        self.addresses = addresses
        self.name = name
        self.manager = manager
        self.department = department
        self.statusText = statusText
        self.status = status
        self.start = start
        self.end = end
        self.employmentType = employmentType
    }

    /// The address, or else the name, or else the line.
    public var label: String { addresses.first ?? (name.isEmpty ? "line \(line)" : name) }

    /// Whether the person works for the company on a day.
    public func employment(on day: Day) -> Employment {
        // An end before the start is that of an earlier employment.
        let isRehired = start.map { first in end.map { $0 < first } ?? false && first <= day } ?? false
        let last = isRehired ? nil : end
        let hasEnded = last.map { $0 < day } ?? false
        switch status {
        case .left: return last == nil || hasEnded ? .left(on: last) : .unclear(reason(last))
        case .suspended: return hasEnded ? .left(on: last) : .unclear(reason(nil))
        case .active: return hasEnded ? .unclear(reason(last)) : .employed
        case nil: return hasEnded ? .left(on: last) : .employed
        }
    }

    /// `Status: Suspended`, `Status: Active, end date 2026-09-30`
    private func reason(_ end: Day?) -> String {
        "Status: \(statusText)" + (end.map { ", end date \($0)" } ?? "")
    }
}

/// Whether a person works for the company on a day.
public enum Employment: Hashable, Sendable {
    /// The person works for the company, or will.
    case employed
    /// The list does not say whether the person has left or is only away, or it contradicts itself; with the reason.
    case unclear(String)
    /// The person has left; with the last day, if the list has it.
    case left(on: Day?)

    /// Several rows about one person: an employment counts more than one that has ended, and the last end counts.
    static func joined(_ all: [Employment]) -> Employment {
        if all.contains(.employed) || all.isEmpty { return .employed }
        if let unclear = all.first(where: { if case .unclear = $0 { true } else { false } }) { return unclear }
        return .left(on: all.compactMap { if case .left(let day) = $0 { day } else { nil } }.max())
    }

    /// In words: `left on 2026-09-30`, `left or suspended (Status: Suspended)`; nil for a person who is employed.
    public var words: String? {
        switch self {
        case .employed: nil
        case .unclear(let reason): "left or suspended (\(reason))"
        case .left(let day?): "left on \(day)"
        case .left(nil): "left"
        }
    }
}
