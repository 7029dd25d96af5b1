/// What stands in a text from one place up to another: the last places of each kind to cut at.
///
/// None of them lies before the first visible character.
struct Scan {
    private(set) var end: TextPlace
    /// Behind a line feed.
    private(set) var line: TextPlace?
    /// Behind a blank.
    private(set) var word: TextPlace?
    /// At the beginning of a block.
    private(set) var block: TextPlace?

    /// Scans from `start` to `most` UTF-16 code units of the text, and not beyond `limit` bytes of it.
    init(_ bytes: [UInt8], from start: TextPlace, to most: Int, toByte limit: Int = .max, _ blockStarts: [Int]) {
        var place = start
        var isVisible = false
        var next = Self.first(in: blockStarts, behind: start.unit)
        let count = min(bytes.count, limit)
        while place.byte < count {
            let byte = bytes[place.byte]
            let units = byte.utf16Units
            guard place.unit + units <= most else { break }
            if units > 0, !isVisible { isVisible = Blanks.isVisible(bytes, at: place.byte) }
            place.byte += 1
            place.unit += units
            guard isVisible, byte == .space || byte == .lineFeed else { continue }
            if byte == .lineFeed { line = place } else { word = place }
            while next < blockStarts.count, blockStarts[next] <= place.unit {
                if blockStarts[next] == place.unit { block = place }
                next += 1
            }
        }
        // Never within a scalar.
        while place.byte < bytes.count, place.byte > start.byte, bytes[place.byte] & 0xC0 == 0x80 { place.byte += 1 }
        end = place
    }

    private static func first(in starts: [Int], behind unit: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= unit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
