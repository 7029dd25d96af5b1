/// One character as it is drawn.
struct Glyph: Equatable {
    var text: String
    var width: Int
    /// Terminals may draw it narrower than `width`.
    var isUncertain = false

    private static let tabStop = 8
    /// What stands for a character that cannot be drawn.
    private static let replacement = Glyph(text: "\u{FFFD}", width: 1)

    /// How `cluster` is drawn when it begins at `column`.
    init(_ cluster: Character, at column: Int) {
        if cluster == "\t" {
            let width = Self.tabStop - column % Self.tabStop
            self.init(text: String(repeating: " ", count: width), width: width)
        } else if let ascii = cluster.asciiValue, ascii < 0x20 || ascii == 0x7F {
            // Like ^A: what to press for it.
            self.init(text: "^" + String(Unicode.Scalar(ascii ^ 0x40)), width: 2)
        } else if let width = CellWidth(of: cluster) {
            self.init(cluster, width: width)
        } else {
            self = Self.replacement
        }
    }

    private init(_ cluster: Character, width: CellWidth) {
        guard width.columns == 0 else {
            self.init(text: String(cluster), width: width.columns, isUncertain: width.isUncertain)
            return
        }
        // A mark without a base would join what stands before it on the screen; a format control would not be seen.
        let marks = cluster.unicodeScalars.filter { $0.properties.generalCategory != .format }
        self.init(text: "\u{25CC}" + String(String.UnicodeScalarView(marks)), width: 1)
    }

    private init(text: String, width: Int, isUncertain: Bool = false) {
        self.text = text
        self.width = width
        self.isUncertain = isUncertain
    }
}
