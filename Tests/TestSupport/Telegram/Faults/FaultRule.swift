/// When a fault happens.
public struct FaultRule: Sendable {
    /// What happens.
    public var fault: TelegramFault
    /// The methods it happens to, in lower case; empty for all.
    public var methods: Set<String>
    /// How many calls are let through first.
    public var skipping: Int
    /// How often it happens; `nil` for ever.
    public var times: Int?
    /// How probable it is for each call, from 0 to 1.
    public var probability: Double

    /// A fault that happens to the next call unless told otherwise.
    public init(
        _ fault: TelegramFault, to methods: [String] = [], skipping: Int = 0, times: Int? = 1,
        probability: Double = 1
    ) {
        self.fault = fault
        self.methods = Set(methods.map { $0.lowercased() })
        self.skipping = skipping
        self.times = times
        self.probability = probability
    }
}
