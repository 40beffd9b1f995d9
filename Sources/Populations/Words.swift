/// Stores few, frequent words once each.
struct Words {
    /// The words in order of occurrence.
    private(set) var values: [String] = []
    private var places: [String: Int] = [:]
    /// The first words as bytes, which are compared without creating a string.
    private var usual: [[UInt8]] = []

    /// The index of a word in ``values``; a new word is added.
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
