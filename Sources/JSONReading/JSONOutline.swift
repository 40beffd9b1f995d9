/// A value in a JSON text whose grammar was checked (RFC 8259), and that is decoded only as far as it is used.
///
/// The grammar allows what ``JSONDocument`` refuses, because programs read it differently or not at all: numbers beyond
/// 64 bits, halves of surrogate pairs, NUL characters, names that occur twice, any nesting. For a text of which only some
/// members are used, that matters only in these.
public struct JSONOutline: Sendable {
    /// The kinds of values.
    public enum Kind: Sendable { case object, array, string, number, bool, null }

    /// The text of the value, without space around it.
    public let text: ArraySlice<UInt8>

    private init(checked text: ArraySlice<UInt8>) { self.text = text }

    /// Checks a text.
    ///
    /// - Throws: `InvalidJSON.notJSON`.
    public init(_ text: [UInt8]) throws(InvalidJSON) {
        guard String(validating: text, as: UTF8.self) != nil, let value = JSONGrammar.value(in: text[...]) else {
            throw .notJSON
        }
        self.text = text[value]
    }

    /// The kind of the value.
    public var kind: Kind {
        switch text.first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The elements of an array; none for other values.
    public var elements: [JSONOutline] {
        guard kind == .array else { return [] }
        return parts().map(\.value)
    }

    /// The members of an object whose names can be decoded, in their order; none for other values.
    public var members: [(name: String, value: JSONOutline)] {
        guard kind == .object else { return [] }
        return parts().compactMap { part in Self.decoded(name: part.name).map { ($0, part.value) } }
    }

    private static func decoded(name: ArraySlice<UInt8>) -> String? {
        if !name.contains(UInt8(ascii: "\\")) { return String(decoding: name.dropFirst().dropLast(), as: UTF8.self) }
        return (try? JSONDocument(name))?.root.text
    }

    /// The contents of an object or an array, the latter with empty names.
    private func parts() -> [(name: ArraySlice<UInt8>, value: JSONOutline)] {
        var found: [(name: ArraySlice<UInt8>, value: JSONOutline)] = []
        var place = JSONGrammar.next(in: text, text.startIndex + 1)
        while place < text.endIndex - 1 {
            var name = text[place..<place]
            if kind == .object {
                name = text[place..<JSONGrammar.end(of: text, from: place)]
                // Behind the colon.
                place = JSONGrammar.next(in: text, JSONGrammar.next(in: text, name.endIndex) + 1)
            }
            let end = JSONGrammar.end(of: text, from: place)
            found.append((name, JSONOutline(checked: text[place..<end])))
            // Behind the comma, or the end of the value.
            place = JSONGrammar.next(in: text, JSONGrammar.next(in: text, end) + 1)
        }
        return found
    }
}

/// The grammar of RFC 8259, without recursion: nesting needs a byte for each level, and no stack.
private enum JSONGrammar {
    /// The range of the only value in a text; nil if the text is not JSON.
    static func value(in text: ArraySlice<UInt8>) -> Range<Int>? {
        text.withUnsafeBufferPointer { bytes in
            var check = Check(bytes: bytes)
            return check.value().map { $0.lowerBound + text.startIndex..<$0.upperBound + text.startIndex }
        }
    }

    /// The first place from here on that is not space; the end if there is none.
    static func next(in text: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < text.endIndex, isSpace(text[place]) { place += 1 }
        return place
    }

    /// The end of the value that begins here, in a text that was checked.
    static func end(of text: ArraySlice<UInt8>, from start: Int) -> Int {
        var (place, depth) = (start, 0)
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "\""): place = endOfString(text, from: place)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of what is around a number or a literal.
                if depth == 0 { return place }
                depth -= 1
                place += 1
            case UInt8(ascii: ",") where depth == 0: return place
            case let byte where depth == 0 && isSpace(byte): return place
            default:
                place += 1
                continue
            }
            if depth == 0 { return place }
        }
        return place
    }

    private static func endOfString(_ text: ArraySlice<UInt8>, from start: Int) -> Int {
        var place = start + 1
        while place < text.endIndex, text[place] != UInt8(ascii: "\"") {
            place += text[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(place + 1, text.endIndex)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }

    private struct Check {
        let bytes: UnsafeBufferPointer<UInt8>
        var place = 0
        /// For each open object or array: whether it is an object.
        var open: [Bool] = []

        private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

        mutating func value() -> Range<Int>? {
            skipSpace()
            let start = place
            while true {
                switch byte {
                case UInt8(ascii: "{")?:
                    open.append(true)
                    place += 1
                    skipSpace()
                    if byte != UInt8(ascii: "}") {
                        guard name() else { return nil }
                        continue
                    }
                case UInt8(ascii: "[")?:
                    open.append(false)
                    place += 1
                    skipSpace()
                    if byte != UInt8(ascii: "]") { continue }
                case UInt8(ascii: "\"")?: guard string() else { return nil }
                case UInt8(ascii: "t")?: guard word("true") else { return nil }
                case UInt8(ascii: "f")?: guard word("false") else { return nil }
                case UInt8(ascii: "n")?: guard word("null") else { return nil }
                default: guard number() else { return nil }
                }
                guard let isDone = close() else { return nil }
                if isDone {
                    let end = place
                    skipSpace()
                    return place == bytes.count ? start..<end : nil
                }
            }
        }

        /// Takes the ends of objects and arrays behind a value, and what leads to the next value.
        ///
        /// - Returns: whether nothing is open any more; nil for anything else.
        private mutating func close() -> Bool? {
            while let isObject = open.last {
                skipSpace()
                switch byte {
                case UInt8(ascii: ",")?:
                    place += 1
                    skipSpace()
                    return !isObject || name() ? false : nil
                case UInt8(ascii: "}")? where isObject, UInt8(ascii: "]")? where !isObject:
                    place += 1
                    open.removeLast()
                default: return nil
                }
            }
            return true
        }

        /// Takes the name of a member and its colon.
        private mutating func name() -> Bool {
            guard byte == UInt8(ascii: "\""), string() else { return false }
            skipSpace()
            guard byte == UInt8(ascii: ":") else { return false }
            place += 1
            skipSpace()
            return true
        }

        private mutating func skipSpace() { while let byte, JSONGrammar.isSpace(byte) { place += 1 } }

        private mutating func word(_ word: StaticString) -> Bool {
            let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
            guard bytes[place...].starts(with: wanted) else { return false }
            place += wanted.count
            return true
        }

        private mutating func string() -> Bool {
            place += 1
            while let found = byte {
                place += 1
                switch found {
                case UInt8(ascii: "\""): return true
                case UInt8(ascii: "\\"):
                    guard let escaped = byte else { return false }
                    place += 1
                    if escaped == UInt8(ascii: "u") {
                        for _ in 0..<4 {
                            guard let digit = byte, Self.isHexadecimal(digit) else { return false }
                            place += 1
                        }
                    } else if !"\"\\/bfnrt".utf8.contains(escaped) {
                        return false
                    }
                case 0..<0x20: return false
                default: break
                }
            }
            return false
        }

        private static func isHexadecimal(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
            default: false
            }
        }

        private mutating func number() -> Bool {
            if byte == UInt8(ascii: "-") { place += 1 }
            if byte == UInt8(ascii: "0") {
                place += 1
            } else {
                guard digits() else { return false }
            }
            if byte == UInt8(ascii: ".") {
                place += 1
                guard digits() else { return false }
            }
            if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                place += 1
                if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { place += 1 }
                guard digits() else { return false }
            }
            return true
        }

        /// Takes one digit or more.
        private mutating func digits() -> Bool {
            let start = place
            while let byte, (0x30...0x39).contains(byte) { place += 1 }
            return place > start
        }
    }
}
