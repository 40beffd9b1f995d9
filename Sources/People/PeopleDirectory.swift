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
    private var first: [String: PeoplePlaces] = [:]
    private var others: [String: PeoplePlaces] = [:]
    private var names: [String: Int] = [:]

    /// Indexes a list.
    public init(_ people: [Person], knowsLeavers: Bool) {
        self.people = people
        self.knowsLeavers = knowsLeavers
        first.reserveCapacity(people.count)
        for (place, person) in people.enumerated() {
            for (rank, address) in person.addresses.enumerated() {
                let key = EmailAddress.key(of: address)
                if rank == 0 {
                    first[key, default: .init()].add(place)
                } else {
                    others[key, default: .init()].add(place)
                }
            }
            guard !person.addresses.isEmpty else { continue }
            let name = PersonName.keyInOrder(of: person.name)
            if !name.isEmpty, names[name] == nil { names[name] = place }
        }
    }

    /// The places in ``people`` of the rows about the owner of an address; empty if nobody in the list has it.
    ///
    /// First the address itself is searched, then the address without a tag (`lena+test@acme.io`).
    public func places(of address: String) -> PeoplePlaces {
        let key = EmailAddress.key(of: address)
        if let found = first[key] ?? others[key] { return found }
        guard let bare = EmailAddress.withoutTag(key) else { return .init() }
        return first[bare] ?? others[bare] ?? .init()
    }

    /// The owner of an address; nil if nobody in the list has it.
    public func owner(of address: String, on day: Day) -> AccountOwner? {
        AccountOwner(places(of: address), in: people, on: day)
    }

    /// Whether the manager of each person has left, in the order of ``people``.
    func managersHaveLeft(on day: Day) -> [Bool] {
        // Managers have several people, so each is searched once.
        var left: [String: Bool] = [:]
        return people.map { person in
            if let stated = person.managerHasLeft { return stated }
            if person.manager.isEmpty { return false }
            if let known = left[person.manager] { return known }
            let states = places(of: person.manager).map { people[$0].employment(on: day) }
            var hasLeft = false
            if !states.isEmpty, case .left = Employment.joined(states) { hasLeft = true }
            left[person.manager] = hasLeft
            return hasLeft
        }
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

/// The places of the rows that have an address. Nearly every address has one row, which needs no array.
public struct PeoplePlaces: RandomAccessCollection, Sendable {
    private var only: Int?
    private var more: [Int] = []

    fileprivate mutating func add(_ place: Int) {
        if only == nil { only = place } else { more.append(place) }
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { only == nil ? 0 : 1 + more.count }
    /// A place in the list.
    public subscript(position: Int) -> Int { position == 0 ? only ?? 0 : more[position - 1] }
}

/// The person whom an account belongs to: the rows of the list that have its address.
public struct AccountOwner: Sendable {
    /// Whether the person works for the company.
    public let employment: Employment
    /// The places in the list of all rows with the address.
    public let places: PeoplePlaces
    /// The place of the row that describes the person best.
    let place: Int
    /// The list. To copy the row for each account took two fifths of the time of the comparison.
    private let people: [Person]

    /// The row that describes the person best: the one of the current employment, or else of the last one.
    public var person: Person { people[place] }

    /// nil without rows.
    init?(_ places: PeoplePlaces, in people: [Person], on day: Day) {
        guard let first = places.first else { return nil }
        (self.places, self.people) = (places, people)
        guard places.count > 1 else {
            (employment, place) = (people[first].employment(on: day), first)
            return
        }
        let states = places.map { people[$0].employment(on: day) }
        employment = Employment.joined(states)
        let current = zip(places, states).first { $0.1 == .employed }?.0
        place =
            current ?? places.max { (people[$0].end?.number ?? .min) < (people[$1].end?.number ?? .min) } ?? first
    }
}
