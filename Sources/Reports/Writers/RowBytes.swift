/// The bytes of rows on their way to a file: one block of memory that is filled and emptied, row after row.
///
/// An array of bytes does the same at three times the cost, which is its questions at every append: whether it is
/// shared, and how long it is.
struct RowBytes: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many there are.
    private(set) var count = 0

    /// None yet.
    ///
    /// - Parameter capacity: how many can come before the block has to grow; at least one.
    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// Adds a byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(for: 1) }
        start[count] = byte
        count &+= 1
    }

    /// Adds bytes.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        append(source, bytes.count)
    }

    /// Adds bytes.
    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Adds text of this program's own.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Adds text as it is, in UTF-8.
    mutating func append(text: String) {
        text.withBytes { append($0) }
    }

    /// Adds the decimal digits of a number.
    mutating func append(decimal number: Int) {
        guard number < 0 || number > 9 else { return append(0x30 + UInt8(number)) }
        append(text: String(number))
    }

    /// Takes the last bytes away.
    mutating func removeLast(_ number: Int) { count -= min(number, count) }

    /// Takes all bytes away; the memory stays.
    mutating func removeAll() { count = 0 }

    /// Hands over all of them.
    borrowing func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: start, count: count))
    }

    @inline(__always)
    private mutating func append(_ source: UnsafePointer<UInt8>, _ number: Int) {
        if number > capacity - count { grow(for: number) }
        (start + count).update(from: source, count: number)
        count &+= number
    }

    @inline(never)
    private mutating func grow(for number: Int) {
        capacity = max(capacity * 2, count + number)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

extension String {
    /// What is appended to bytes, as text.
    init(_ append: (inout RowBytes) -> Void) {
        var bytes = RowBytes(capacity: 64)
        append(&bytes)
        self = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Hands over the text's bytes, in UTF-8, without a copy of the text.
    @inline(__always)
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard utf8.withContiguousStorageIfAvailable(body) == nil else { return }
        // Only texts that come from Objective-C are stored otherwise.
        var copy = self
        copy.withUTF8(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// From one place to another.
    @inline(__always)
    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[range]) }
}
