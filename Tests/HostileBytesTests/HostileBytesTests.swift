import Foundation
import Testing

/// The same bytes each time; `make soak` tries eight times as many, and `make fuzz` goes on where this ends.
@Suite struct HostileBytesTests {
    private static let spoilt = Int(ProcessInfo.processInfo.environment["SOAK_SPOILT"] ?? "") ?? 1000

    @Test(arguments: HostileBytes.allCases)
    func `bytes as they should be are taken`(place: HostileBytes) {
        for model in place.models { place.take(model) }
    }

    @Test(arguments: HostileBytes.allCases)
    func `bytes that were cut anywhere are taken`(place: HostileBytes) {
        for model in place.models {
            for count in 0..<min(model.count, 500) { place.take(Array(model.prefix(count))) }
        }
    }

    @Test(arguments: HostileBytes.allCases)
    func `bytes that were spoiled are taken`(place: HostileBytes) {
        var spoiler = Spoiler(seed: 2026, models: place.models)
        // An archive is large: an eighth of them takes as long.
        for _ in 0..<(place == .archive ? Self.spoilt / 8 : Self.spoilt) { place.take(spoiler.next()) }
    }
}

/// Makes harm out of models: the same from the same seed.
private struct Spoiler {
    private var state: UInt64
    private let models: [[UInt8]]
    private static let words: [[UInt8]] = [
        "\"", "\n", "\r", "\0", "<", "&", "]]>", "{", "[", "\\u0000", "\\ud800", "-1", "1e999", "99999999999999999999",
        "\u{feff}", "<!DOCTYPE a [<!ENTITY a \"aaaa\">]>", "&a;", "r=\"XFD1048577\"", "NaN",
        "\"uid\":\"2\",", "\"data\":null,", "}", "]", ",", "01", "[[[[[[[[[[[[[[[[[[[[", "\u{c}",
    ].map { Array($0.utf8) }

    init(seed: UInt64, models: [[UInt8]]) {
        state = seed
        self.models = models
    }

    /// SplitMix64.
    private mutating func random(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((value ^ (value >> 31)) % UInt64(max(1, bound)))
    }

    mutating func next() -> [UInt8] {
        var bytes = models[random(models.count)]
        for _ in 0...random(6) {
            let place = random(bytes.count + 1)
            switch random(6) {
            case 0 where place < bytes.count: bytes[place] = UInt8(random(256))
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(random(8))
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + random(20)))
            case 3: bytes.insert(contentsOf: Self.words[random(Self.words.count)], at: place)
            case 4:
                let part = Array(bytes[place..<min(bytes.count, place + random(60))])
                for _ in 0...random(30) { bytes.insert(contentsOf: part, at: place) }
            default:
                let other = models[random(models.count)]
                bytes = bytes.prefix(place) + other.suffix(random(other.count + 1))
            }
        }
        return bytes
    }
}
