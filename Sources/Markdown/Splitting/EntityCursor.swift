/// Those entities of a text that touch one part after the other.
struct EntityCursor {
    private let all: [TextEntity]
    /// Those that begin before the part and reach into it, in order.
    private var open: [TextEntity] = []
    /// The first that does not begin before the part.
    private var next = 0
    private var start = 0

    init(_ entities: [TextEntity]) { all = entities }

    /// Moves to the part that begins at `start`, in UTF-16.
    mutating func move(to start: Int) {
        self.start = start
        while next < all.count, all[next].offset < start {
            open.append(all[next])
            next += 1
        }
        open.removeAll { $0.end <= start }
    }

    /// Where the part ends at the latest so that it has no more than `count` entities; nil for no such place.
    func limit(for count: Int) -> Int? {
        let beyond = next + max(count - open.count, 0)
        guard beyond < all.count, all[beyond].offset > start else { return nil }
        return all[beyond].offset
    }

    /// The entities of the part, at most `count`, as far as they lie before `end`; offsets are still those of the text.
    func clipped(to count: Int, before end: Int) -> [TextEntity] {
        let beginning = all[next...].prefix { $0.offset < end }
        return (open + beginning).prefix(count).map {
            let offset = max($0.offset, start)
            return TextEntity($0.kind, offset: offset, length: min($0.end, end) - offset)
        }
    }
}
