/// The rules, and where to ask them.
///
/// Copies share their arrays; each redactor makes one.
struct RuleSet: Sendable {
    let prefilter: Prefilter
    /// Whether there are known secrets.
    let hasSecrets: Bool
    /// How far ahead a rule may look.
    let reach: Int
    private let rules: [Rule]

    init(secrets: [String]) {
        let known = KnownSecret.all(of: secrets)
        let rules = known.map(Rule.known) + Rule.builtIn
        self.rules = rules
        hasSecrets = !known.isEmpty
        reach = max(Window.reach, (known.map(\.bytes.count).max() ?? 0) + [UInt8].ellipsis.count)
        prefilter = Prefilter(
            rules.enumerated().flatMap { number, rule in
                rule.literals.map { Prefilter.Anchor($0, rule: number) }
            })
    }

    subscript(number: Int) -> Rule { rules[number] }

    /// The longest known secret at `position`.
    func knownSecret(in bytes: UnsafeBufferPointer<UInt8>, at position: Int, isLast: Bool) -> Verdict {
        // Too little has arrived for the prefilter.
        if !isLast, bytes.count - position < 3 { return .undecided }
        return prefilter.firstVerdict(in: bytes, at: position) { number in
            guard case .known(let secret) = rules[number] else { return .nothing }
            let window = Window(bytes, around: position, reach: reach, floor: position, isLast: isLast)
            return secret.verdict(in: window, at: position)
        }
    }
}
