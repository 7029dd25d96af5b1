/// Which call meets which fault.
struct FaultScript: Sendable {
    private var rules: [FaultRule] = []
    private var random: SeededGenerator

    /// Nothing goes wrong; what is random later comes from `seed`.
    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Adds a rule; of several that fit a call, the first that comes true counts.
    mutating func add(_ rule: FaultRule) { rules.append(rule) }

    /// Forgets all rules.
    mutating func clear() { rules = [] }

    /// The fault for a call of `method`, in lower case.
    mutating func next(for method: String) -> TelegramFault? {
        for index in rules.indices where rules[index].methods.isEmpty || rules[index].methods.contains(method) {
            if rules[index].skipping > 0 {
                rules[index].skipping -= 1
                continue
            }
            guard rules[index].times != 0, rules[index].probability >= .random(in: 0..<1, using: &random) else {
                continue
            }
            let fault = rules[index].fault
            if let times = rules[index].times {
                rules[index].times = times - 1
                if times == 1 { rules.remove(at: index) }
            }
            return fault
        }
        return nil
    }

    /// A new first number for updates.
    mutating func randomUpdateID() -> Int { .random(in: 1...999_999_999, using: &random) }
}
