/// Says where a rule has to be asked: a table over three bytes, so that harmless text costs one look per byte.
///
/// The case of letters makes no difference here; a rule to which it does looks again.
struct Prefilter: Sendable {
    /// The first bytes of a rule's literal, three to eight.
    struct Anchor: Sendable {
        /// The rule, by its number.
        let rule: Int
        fileprivate let bytes: UInt64
        fileprivate let mask: UInt64

        init(_ literal: [UInt8], rule: Int) {
            self.rule = rule
            mask = ~0 << UInt64(64 - 8 * min(8, literal.count))
            bytes = Prefilter.folded(literal.prefix(8), count: min(8, literal.count))
        }
    }

    private static let bits: UInt32 = 13
    private static let caseBits: UInt64 = 0x2020_2020_2020_2020

    /// By hash: which range in `starts`; 0 where there is no anchor.
    private var table = [UInt8](repeating: 0, count: 1 << Int(bits))
    private var anchors: [Anchor] = []
    /// Where the anchors of each slot begin; those of the next one follow.
    private var starts = [0, 0]

    /// Creates the table; of two rules at one place the one that comes first is asked first.
    init(_ all: [Anchor]) {
        // 254 slots are enough for the rules; known secrets beyond that share the last one.
        for anchor in all {
            let slot = Self.slot(anchor.bytes)
            if table[slot] == 0 { table[slot] = UInt8(min(starts.count - 1, Int(UInt8.max))) }
            if Int(table[slot]) == starts.count - 1 { starts.append(0) }
        }
        for number in 1..<starts.count {
            starts[number] = anchors.count
            anchors += all.filter { table[Self.slot($0.bytes)] == UInt8(truncatingIfNeeded: number) }
        }
        starts.append(anchors.count)
    }

    /// The first place from `start` on where a rule may have something to say.
    func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start + 2 < bytes.count else { return nil }
        return table.withUnsafeBufferPointer { table in
            var key = UInt32(bytes[start]) << 8 | UInt32(bytes[start + 1])
            for position in (start + 2)..<bytes.count {
                key = (key << 8 | UInt32(bytes[position])) & 0xFF_FFFF
                if table[Self.slot(key)] != 0 { return position - 2 }
            }
            return nil
        }
    }

    /// Asks `rule` for the number of each rule that may have something to say at `candidate`, until it has.
    func firstVerdict(
        in bytes: UnsafeBufferPointer<UInt8>, at candidate: Int, of rule: (_ number: Int) -> Verdict
    ) -> Verdict {
        let available = min(8, bytes.count - candidate)
        guard available > 2 else { return .nothing }
        let found = Self.folded(bytes[candidate..<candidate + available], count: available)
        let slot = Int(table[Self.slot(found)])
        // What has not arrived yet cannot rule anything out.
        let known: UInt64 = ~0 << UInt64(64 - 8 * available)
        for index in starts[slot]..<starts[slot + 1]
        where (anchors[index].bytes ^ found) & anchors[index].mask & known == 0 {
            switch rule(anchors[index].rule) {
            case .nothing: continue
            case .undecided: return .undecided
            case .secret(let secret): return .secret(secret)
            }
        }
        return .nothing
    }

    private static func slot(_ key: UInt32) -> Int { Int(((key | 0x20_2020) &* 0x9E37_79B1) >> (32 - bits)) }

    private static func slot(_ folded: UInt64) -> Int { slot(UInt32(truncatingIfNeeded: folded >> 40)) }

    /// The first at most eight bytes, the first of them highest.
    private static func folded(_ bytes: some Sequence<UInt8>, count: Int) -> UInt64 {
        (bytes.reduce(0) { $0 << 8 | UInt64($1) } << UInt64(64 - 8 * count)) | caseBits
    }
}
