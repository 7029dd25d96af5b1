import CEditLine

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How many columns of a terminal something takes.
///
/// Terminals agree on single characters and disagree on sequences: some draw a family of four in two columns, some in
/// eight. Here such a cluster counts as wide as any terminal draws it and is called uncertain; who draws it then
/// states the column that follows instead of relying on it.
struct CellWidth: Equatable {
    var columns: Int
    var isUncertain = false

    /// The width of a character that is drawn as it is; nil for one that cannot be drawn.
    init?(of cluster: Character) {
        if cluster.isASCII {
            let isPrintable = cluster.utf8.count == 1 && cluster.asciiValue.map { (0x20..<0x7F).contains($0) } == true
            guard isPrintable else { return nil }
            columns = 1
            return
        }
        columns = 0
        let isSingle = cluster.unicodeScalars.count == 1
        for scalar in cluster.unicodeScalars {
            switch Int(ceditline_wcwidth(wchar_t(bitPattern: scalar.value))) {
            case let width where width >= 0: columns += width
            case _ where scalar.properties.isEmojiPresentation:
                // Younger than the C library's tables.
                columns += 2
                isUncertain = true
            default: return nil
            }
            if !isSingle, Self.joins(scalar) { isUncertain = true }
        }
        if isUncertain { columns = max(columns, 2) }
    }

    /// Whether a terminal may draw the cluster that holds this differently from the sum of its parts.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{200D}", "\u{FE0E}", "\u{FE0F}", "\u{20E3}": true  // joiner, variation selectors, key cap
        case "\u{1F1E6}"..."\u{1F1FF}": true  // halves of flags
        default: scalar.properties.isEmojiModifier
        }
    }
}
