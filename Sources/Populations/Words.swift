/// Few words that come often, each kept once.
struct Words {
    /// In the order in which they came.
    private(set) var values: [String] = []
    private var places: [String: Int] = [:]
    /// The first ones as bytes, which are found without making a string.
    private var usual: [[UInt8]] = []

    /// The place of a word among ``values``, where it is put if it is new.
    mutating func place(of text: UnsafeRawBufferPointer) -> Int {
        for (place, word) in usual.enumerated() where word.count == text.count {
            if word.elementsEqual(text) { return place }
        }
        let word = String(decoding: text, as: UTF8.self)
        if let place = places[word] { return place }
        places[word] = values.count
        if values.count < 16 { usual.append(Array(text)) }
        values.append(word)
        return values.count - 1
    }
}
