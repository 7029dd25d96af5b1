/// What one pass over a text found.
struct Scan {
    /// A part to leave out.
    struct Cut {
        var range: Range<Int>
        /// What to say instead; nil when that was said with the beginning of the secret.
        var kind: String?
    }

    var cuts: [Cut] = []
    /// Up to where all is decided; the end of the text unless more of it may come.
    var decided = 0

    /// How many secrets begin here.
    var count: Int { cuts.count { $0.kind != nil } }

    /// What is left of `bytes` between `start` and what is undecided.
    func kept(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(decided - start)
        var position = start
        for cut in cuts {
            kept += bytes[position..<cut.range.lowerBound]
            if let kind = cut.kind { kept += Redacted.replacement(for: kind).utf8 }
            position = cut.range.upperBound
        }
        kept += bytes[position..<decided]
        return kept
    }
}
