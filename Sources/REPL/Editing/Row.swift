/// One row of the screen: what to write for it and how wide that is.
struct Row: Equatable {
    var text = ""
    var width = 0
    /// Holds a glyph that may be drawn narrower than it counts.
    var isUncertain = false
    /// The line goes on in the next row, without a newline in between.
    var isWrapped = false

    mutating func append(_ glyph: Glyph) {
        text += glyph.text
        width += glyph.width
        guard glyph.isUncertain else { return }
        isUncertain = true
        // Whatever the terminal made of it: the next glyph stands where it is counted to stand.
        text += "\u{1B}[\(width + 1)G"
    }
}
