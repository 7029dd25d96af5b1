/// What the server does to each text: control characters become spaces, some characters go, and so does white space at
/// both ends; entities move along.
struct TextCleaning {
    private var units: [UInt16] = []
    /// For each unit of the raw text, and its end, where that is now.
    private var places: [Int] = []

    /// Cleans the characters of `raw`.
    init(_ raw: String) {
        for unit in raw.utf16 {
            places.append(units.count)
            switch unit {
            case 13: continue
            case 10: units.append(unit)
            case 0...32: units.append(32)
            // Separators of lines and of paragraphs, and what turns the direction of writing.
            case 0x2028...0x202E: continue
            // Vertical lines that reach into the lines around.
            case 0x0333, 0x033F, 0x030A: continue
            default: units.append(unit)
            }
        }
        places.append(units.count)
    }

    /// The text now.
    var text: String { String(decoding: units, as: UTF16.self) }

    /// Takes white space off the end, and off the beginning up to the first entity, whose place in the raw text is given.
    mutating func trim(firstEntity: Int?) {
        while let last = units.last, last == 32 || last == 10 { units.removeLast() }
        let limit = min(firstEntity.map { places[$0] } ?? units.count, units.count)
        let removed = units[..<limit].prefix { $0 == 32 || $0 == 10 }.count
        units.removeFirst(removed)
        places = places.map { min(max(0, $0 - removed), units.count) }
    }

    /// `entity` where it is now; `nil` when nothing is left of it.
    func moved(_ entity: ShownEntity) -> ShownEntity? {
        var moved = entity
        moved.offset = places[entity.offset]
        moved.length = places[entity.end] - moved.offset
        return moved.length > 0 ? moved : nil
    }
}
