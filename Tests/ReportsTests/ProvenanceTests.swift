import Foundation
import Testing

@testable import Reports

@Suite struct ProvenanceTests {
    private static let asked = Date(timeIntervalSince1970: 1_800_000_000)

    /// The time by the clock of the API, in seconds after the request; the response was complete after 300 seconds.
    @Test(arguments: [(-3600, 3600), (-61, 61), (-1, 0), (0, 0), (150, 0), (300, 0), (301, -1), (4000, -3700)])
    func `the difference is that to the time between request and response`(date: Double, difference: Double) {
        let api = Provenance.API(
            host: "api.example", certificateSHA256: nil, credentials: nil, requestedAt: Self.asked,
            answeredAt: Self.asked + 300, date: Self.asked + date)
        #expect(api.clockDifference == difference)
        #expect((api.clockWarning != nil) == (abs(difference) > 60))
    }

    @Test func `without a time there is nothing to compare`() {
        var api = Provenance.API(
            host: "api.example", certificateSHA256: nil, credentials: nil, requestedAt: Self.asked,
            answeredAt: Self.asked, date: nil)
        #expect(api.clockDifference == nil)
        api.date = "nonsense"
        #expect(api.clockDifference == nil && api.clockWarning == nil)
    }

    @Test func `the program does not ask a name server for the name of the machine`() {
        let provenance = Provenance(program: .init(version: "1", commit: nil, libraries: []), api: nil)
        #expect(!provenance.host.isEmpty && provenance.user == NSUserName())
    }

    @Test(arguments: [EvidenceLink(.review), EvidenceLink(.remediation, number: 2), EvidenceLink(.closing)])
    func `a seal belongs to a link that exists`(link: EvidenceLink) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let write = { (name: String, text: String) in
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        for name in [link.signature, link.timestamp] {
            #expect(!EvidenceLink.isSeal(name, in: folder))
            try write(name, "seal")
        }
        try write(link.manifest, "sums")
        #expect(EvidenceLink.isSeal(link.signature, in: folder) && EvidenceLink.isSeal(link.timestamp, in: folder))
        link.removeSeals(in: folder, unlessOf: Data("sums".utf8))
        #expect(OrdinaryFile.isOne(folder + "/" + link.signature))
        link.removeSeals(in: folder, unlessOf: Data("other sums".utf8))
        #expect(
            !OrdinaryFile.isOne(folder + "/" + link.signature) && !OrdinaryFile.isOne(folder + "/" + link.timestamp))
    }
}
