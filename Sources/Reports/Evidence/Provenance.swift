import Domain
import Foundation

/// Where a link of the chain of evidence comes from: who wrote it, by which program, and which API answered.
///
/// It is what the writer states; only a signature shows who has written it. Records of versions without it have none.
public struct Provenance: Codable, Hashable, Sendable {
    /// The program.
    public struct Program: Codable, Hashable, Sendable {
        /// The version.
        public var version: String
        /// The commit, 40 hexadecimal characters; nil if it was not known at build time.
        public var commit: String?
        /// The libraries that it ran with, such as `SQLite 3.40.1`.
        public var libraries: [String]

        /// Creates the description of a program.
        public init(version: String, commit: String?, libraries: [String]) {
            self.version = version
            self.commit = commit
            self.libraries = libraries
        }

        /// `0.1.0 (commit 210adc6f0e4b)`. Builds of different commits can have the same version.
        public var name: String { version + (commit.map { " (commit \($0.prefix(12)))" } ?? "") }
    }

    /// The API, and its response with the listing of this link.
    public struct API: Codable, Hashable, Sendable {
        /// The host of the endpoint, without path.
        public var host: String
        /// The SHA-256 of its TLS certificate (DER), 64 hexadecimal characters; nil without TLS.
        public var certificateSHA256: String?
        /// The fingerprint of the credentials: the same credentials have the same one. 16 hexadecimal characters; nil
        /// for credentials that are too short to have one.
        public var credentials: String?
        /// When the request was sent, by the local clock; UTC, ISO 8601.
        public var requestedAt: String
        /// When the response was complete, by the local clock; UTC, ISO 8601.
        public var answeredAt: String
        /// The time of the response by the clock of the API (`Date` header); nil if the API did not state it.
        public var date: String?

        /// Creates the description of a response.
        public init(
            host: String, certificateSHA256: String?, credentials: String?, requestedAt: Date, answeredAt: Date,
            date: Date?
        ) {
            self.host = host
            self.certificateSHA256 = certificateSHA256
            self.credentials = credentials
            self.requestedAt = Timestamp.text(requestedAt)
            self.answeredAt = Timestamp.text(answeredAt)
            self.date = date.map { Timestamp.text($0) }
        }
    }

    /// The name of the user of the operating system.
    public var user: String
    /// The name of the machine.
    public var host: String
    /// The program.
    public var program: Program
    /// The API; nil if nothing was listed.
    public var api: API?

    /// Creates the provenance of what this process writes.
    public init(program: Program, api: API?) {
        user = NSUserName()
        host = Self.machine
        self.program = program
        self.api = api
    }

    /// The name of this machine, without a DNS lookup.
    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}

extension Provenance.API {
    /// The difference between the clocks that is reported, in seconds.
    public static let tolerance: TimeInterval = 60

    /// How far the local clock was ahead of the API's, in seconds; negative if it was behind. 0 if the API's time is
    /// between request and response: it is that of the first byte, and a long list takes minutes. nil if a time is not
    /// known.
    public var clockDifference: TimeInterval? {
        guard let date = date.flatMap(Timestamp.date), let requested = Timestamp.date(requestedAt),
            let answered = Timestamp.date(answeredAt)
        else { return nil }
        // The header has whole seconds.
        if date.addingTimeInterval(1) < requested { return requested.timeIntervalSince(date) }
        if date > answered { return answered.timeIntervalSince(date) }
        return 0
    }

    /// A sentence about clocks that differ by more than ``tolerance``; nil otherwise.
    public var clockWarning: String? {
        guard let difference = clockDifference, abs(difference) > Self.tolerance else { return nil }
        let seconds = Int(min(abs(difference), 1e9).rounded())
        return "The local clock was \(Duration.seconds(seconds).inUnits) \(difference > 0 ? "ahead of" : "behind") "
            + "that of \(Terminal.plain(host)) when the users were listed; one of them is wrong."
    }
}
