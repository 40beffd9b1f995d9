import Domain

/// The company's own list of people, searched by address.
///
/// An address is that of the people who have it as their work address; only if there are none, that of people who have
/// it as another one: a former address may belong to somebody else by now.
public struct PeopleDirectory: Sendable {
    /// The rows of the list, in its order.
    public let people: [Person]
    /// Whether the list says who has left: it has a column of statuses or of end dates.
    public let knowsLeavers: Bool
    private var first: [String: [Int]] = [:]
    private var others: [String: [Int]] = [:]
    private var names: [String: Int] = [:]

    /// Indexes a list.
    public init(_ people: [Person], knowsLeavers: Bool) {
        self.people = people
        self.knowsLeavers = knowsLeavers
        first.reserveCapacity(people.count)
        for (place, person) in people.enumerated() {
            for (rank, address) in person.addresses.enumerated() {
                let key = EmailAddress.key(of: address)
                if rank == 0 { first[key, default: []].append(place) } else { others[key, default: []].append(place) }
            }
            let name = PersonName.keyInOrder(of: person.name)
            if !name.isEmpty, names[name] == nil, !person.addresses.isEmpty { names[name] = place }
        }
    }

    /// The places in ``people`` of the rows about the owner of an address; empty if nobody in the list has it.
    ///
    /// First the address itself is searched, then the address without a tag (`lena+test@acme.io`).
    public func places(of address: String) -> [Int] {
        let key = EmailAddress.key(of: address)
        if let found = first[key] ?? others[key] { return found }
        guard let bare = EmailAddress.withoutTag(key) else { return [] }
        return first[bare] ?? others[bare] ?? []
    }

    /// The owner of an address; nil if nobody in the list has it.
    public func owner(of address: String, on day: Day) -> AccountOwner? {
        let places = places(of: address)
        return places.count == 1
            ? AccountOwner(people[places[0]], on: day) : AccountOwner(places.map { people[$0] }, on: day)
    }

    /// Whether the manager of a person has left.
    public func managerHasLeft(_ person: Person, on day: Day) -> Bool {
        if let stated = person.managerHasLeft { return stated }
        if person.manager.isEmpty { return false }
        let states = places(of: person.manager).map { people[$0].employment(on: day) }
        guard !states.isEmpty, case .left = Employment.joined(states) else { return false }
        return true
    }

    /// The address of somebody in the list who has a name. It is a suggestion: two people may have one name.
    public func address(ofNamesake name: String) -> String? {
        let key = PersonName.keyInOrder(of: name)
        // A single word is too common.
        guard key.contains(" "), let place = names[key] else { return nil }
        return people[place].addresses.first
    }

    /// Addresses that are the work address of people with different names.
    public var sharedAddresses: [(address: String, lines: [Int])] {
        first.values.filter { $0.count > 1 && Set($0.map { PersonName.keyInOrder(of: people[$0].name) }).count > 1 }
            .map { places in (people[places[0]].addresses[0], places.map { people[$0].line }) }
            .sorted { $0.lines[0] < $1.lines[0] }
    }
}

/// The person whom an account belongs to: the rows of the list that have its address.
public struct AccountOwner: Hashable, Sendable {
    /// The row that describes the person best: the one of the current employment, or else of the last one.
    public let person: Person
    /// Whether the person works for the company.
    public let employment: Employment

    init(_ person: Person, on day: Day) { (self.person, employment) = (person, person.employment(on: day)) }

    /// nil without rows.
    init?(_ rows: [Person], on day: Day) {
        guard let only = rows.first else { return nil }
        let states = rows.map { $0.employment(on: day) }
        employment = Employment.joined(states)
        let current = zip(rows, states).first { $0.1 == .employed }?.0
        person = current ?? rows.max { ($0.end?.number ?? .min) < ($1.end?.number ?? .min) } ?? only
    }
}
