/// An encoding that occurs in lists of people.
struct EncodingCandidate {
    /// What makes a word likely. It decides which encoding is named first, not whether one is named.
    enum Usual {
        /// A word that begins with a capital letter, if the script has capitals.
        case capitals
        /// A word that can be spelled with one of the alphabets; each is given by its lower-case letters beyond ASCII.
        case alphabets([String])
        /// A word that begins like the most common family names.
        case familyNames(String)

        func includes(_ word: String) -> Bool {
            switch self {
            case .capitals:
                return word.unicodeScalars.first.map { !$0.isASCII && !$0.properties.isLowercase } ?? false
            case .alphabets(let alphabets):
                let letters = word.unicodeScalars.filter { WritingSystem.latin.contains($0) && !$0.isASCII }
                return !letters.isEmpty && alphabets.contains { $0.spells(letters) }
            case .familyNames(let names): return word.first.map { names.contains($0) } ?? false
            }
        }
    }

    let encoding: TextEncoding
    /// The subset of the encoding that lists use, by iconv's name: in all of GB 18030, almost any bytes are some
    /// letter.
    let tested: String
    let script: WritingSystem
    let usual: Usual
    /// Whether programs in some part of the world write it by default.
    let isCommon: Bool

    private init?(_ name: String, _ script: WritingSystem, _ usual: Usual, isCommon: Bool = true) {
        guard let encoding = TextEncoding(named: name) else { return nil }
        self.encoding = encoding
        tested = name == "gb18030" ? "GB2312" : encoding.iconvName
        self.script = script
        self.usual = usual
        self.isCommon = isCommon
    }

    /// In order of likelihood, if the words do not decide.
    static let all: [EncodingCandidate] = [
        Self("windows-1252", .latin, .alphabets(western)),
        Self("macintosh", .latin, .alphabets(western)),
        Self("windows-1250", .latin, .alphabets(central)),
        Self("windows-1251", .cyrillic, .capitals),
        Self("windows-1254", .latin, .alphabets(["âçğıİîöşûü"])),
        Self("windows-1253", .greek, .capitals),
        Self("windows-1257", .latin, .alphabets(baltic)),
        Self("shift_jis", .japanese, .familyNames(japanese)),
        Self("gb18030", .han, .familyNames("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧")),
        Self("euc-kr", .hangul, .familyNames(korean)),
        Self("big5", .han, .familyNames("陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高")),
        Self("windows-1255", .hebrew, .capitals),
        Self("windows-1256", .arabic, .capitals),
        // Older systems.
        Self("iso-8859-15", .latin, .alphabets(western), isCommon: false),
        Self("iso-8859-2", .latin, .alphabets(central), isCommon: false),
        Self("koi8-r", .cyrillic, .capitals, isCommon: false),
        Self("euc-jp", .japanese, .familyNames(japanese), isCommon: false),
        // The console of Windows.
        Self("cp850", .latin, .alphabets(western), isCommon: false),
        Self("cp852", .latin, .alphabets(central), isCommon: false),
        Self("cp866", .cyrillic, .capitals, isCommon: false),
        // Windows extensions of two of them, with additional letters of names.
        Self("cp932", .japanese, .familyNames(japanese), isCommon: false),
        Self("cp949", .hangul, .familyNames(korean), isCommon: false),
    ].compactMap(\.self)

    /// German, French, Spanish and Catalan, Portuguese, Italian, Scandinavian and Finnish, Icelandic, Dutch.
    private static let western = [
        "äöüß", "àâæçèéêëîïôùûüÿœ", "àáçèéíïñòóúü", "àáâãçéêíóôõúü", "àèéìíîòóùú", "äåæéöøü", "áæéíðóöúýþ", "áäéëïóöü",
    ]
    /// German, Czech, Slovak, Polish, Hungarian, Romanian, Croatian and Slovene.
    private static let central = [
        "äöüß", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "âăîşţ", "čćđšž",
    ]
    /// Latvian, Lithuanian, Estonian.
    private static let baltic = ["āčēģīķļņšūž", "ąčėęįšųūž", "äõöüšž"]
    /// Family names, and half-width kana, in which older programs write the pronunciation of a name.
    private static let japanese =
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"
        + "佐鈴高田伊渡山中小加吉林清池橋阿森石前藤岡後近長村遠青坂福太西三松金原"
    private static let korean = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남"
}

extension String {
    /// Whether this alphabet of lower-case letters contains all the letters.
    fileprivate func spells(_ letters: String.UnicodeScalarView) -> Bool {
        letters.allSatisfy { letter in
            unicodeScalars.contains(letter)
                || letter.properties.lowercaseMapping.unicodeScalars.allSatisfy(unicodeScalars.contains)
        }
    }
}
