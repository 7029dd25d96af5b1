/// Goes through a text once, from candidate to candidate of the prefilter.
///
/// A rule sees no more than a ``Window`` around a candidate, so that its decision costs a bounded time, and is the same
/// whether the text arrives at once or in pieces: a rule that would have to see more than has arrived says so, and is
/// asked again. Once a secret is recognised its end is followed byte by byte, however far that is.
struct Scanner: Sendable {
    let rules: RuleSet
    /// How often a rule was asked; each time costs at most the size of a window.
    private(set) var questions = 0

    /// The end of the last secret: no rule looks at what is before.
    private var floor = 0
    /// The secret that the scan is inside of.
    private var cover: Cover?

    private struct Cover {
        /// What belongs to it in any case.
        var end: Int
        /// How it goes on from there; nil when it does not.
        var tail: Tail?
    }

    init(rules: RuleSet) { self.rules = rules }

    /// Continues at `start`; `bytes` begin with what was there before as far as it was not forgotten.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool) -> Scan {
        var scan = Scan()
        var position = start
        if cover != nil {
            position = leaveCover(bytes, from: position, isLast: isLast)
            scan.cuts.append(Scan.Cut(range: start..<position, kind: nil))
        }
        while cover == nil {
            guard let candidate = rules.prefilter.next(in: bytes, from: position) else {
                scan.decided = isLast ? bytes.count : held(bytes, at: max(position, bytes.count - 2), from: start)
                return scan
            }
            switch ask(bytes, at: candidate, isLast: isLast) {
            case .nothing: position = candidate + 1
            case .undecided:
                scan.decided = held(bytes, at: candidate, from: start)
                return scan
            case .secret(let secret):
                cover = Cover(end: secret.range.upperBound, tail: secret.tail)
                position = leaveCover(bytes, from: secret.range.lowerBound, isLast: isLast)
                scan.cuts.append(Scan.Cut(range: secret.range.lowerBound..<position, kind: secret.kind))
            }
        }
        scan.decided = position
        return scan
    }

    /// Says that the first `count` bytes will not be there any more.
    mutating func forget(_ count: Int) {
        floor = max(0, floor - count)
        cover?.end -= count
    }

    private mutating func ask(_ bytes: UnsafeBufferPointer<UInt8>, at candidate: Int, isLast: Bool) -> Verdict {
        let window = Window(bytes, around: candidate, reach: rules.reach, floor: floor, isLast: isLast)
        var asked = 0
        defer { questions += asked }
        return rules.prefilter.firstVerdict(in: bytes, at: candidate) { number in
            asked += 1
            let verdict = rules[number].verdict(in: window, at: candidate)
            guard case .nothing = verdict, rules.hasSecrets, case .token(let rule) = rules[number],
                let secret = rule.beginningOfWord(in: window, at: candidate)
            else { return verdict }
            // A known secret is no part of the word: without it that ends here.
            return switch rules.knownSecret(in: bytes, at: secret.range.upperBound, isLast: isLast) {
            case .nothing: .nothing
            case .undecided: .undecided
            case .secret: .secret(secret)
            }
        }
    }

    /// Goes to the end of the secret, or as far as it can be followed by now; there `cover` is nil, or not.
    ///
    /// A known secret that begins in this one and ends later prolongs it.
    private mutating func leaveCover(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool) -> Int {
        guard var cover else { return start }
        var position = start
        while true {
            if position >= cover.end {
                guard var tail = cover.tail else { break }
                let window = Window(bytes, around: position, reach: Tail.reach, floor: position, isLast: isLast)
                let step = tail.step(in: window, at: position)
                cover.tail = tail
                switch step {
                case .goes(let count): cover.end = position + count
                case .ended: cover.tail = nil
                case .undecided:
                    self.cover = cover
                    return position
                }
                if cover.end <= position { continue }
            }
            guard position < bytes.count else {
                self.cover = cover
                return bytes.count
            }
            guard rules.hasSecrets else {
                position = min(cover.end, bytes.count)
                continue
            }
            switch rules.knownSecret(in: bytes, at: position, isLast: isLast) {
            case .nothing: break
            case .undecided:
                self.cover = cover
                return position
            case .secret(let secret): cover.end = max(cover.end, secret.range.upperBound)
            }
            position += 1
        }
        self.cover = nil
        floor = position
        return position
    }

    /// Where to stop for now instead of `position`: not within a scalar, and before the digits that a token may begin with.
    private func held(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int, from start: Int) -> Int {
        var held = position
        let lowest = max(start, floor, position - TelegramRule.mostDigits)
        while held > lowest, bytes[held - 1].isDigit { held -= 1 }
        while held > start, held < bytes.count, bytes[held] & 0xC0 == 0x80 { held -= 1 }
        return held
    }
}
