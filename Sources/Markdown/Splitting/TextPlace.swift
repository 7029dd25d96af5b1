/// A position in a text, in both of its encodings.
struct TextPlace: Equatable {
    var byte = 0
    /// In UTF-16 code units.
    var unit = 0
}
