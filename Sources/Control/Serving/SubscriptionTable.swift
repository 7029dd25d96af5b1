/// The subscriptions of one connection.
///
/// Finishes nothing itself: every method returns what to do.
struct SubscriptionTable: Sendable {
    /// What ends a subscription.
    typealias End = AsyncStream<Never>.Continuation

    /// How many there may be at once.
    static let limit = 64

    /// Why one more cannot be added.
    enum Refusal: Error, Hashable {
        case tooMany
        case inUse
        /// The client gave it up before it began.
        case givenUp
    }

    private var active: [Int: End] = [:]
    /// Those that were given up before they were added: a client's notice may overtake what it is about.
    private var givenUp: Set<Int> = []
    private var lastOwn = 0

    /// How many there are.
    var count: Int { active.count }

    /// Adds the subscription `number`, or one with a number of our own, and returns its number.
    mutating func add(_ number: Int?, endedBy end: End) throws(Refusal) -> Int {
        guard active.count < Self.limit else { throw .tooMany }
        let number = number ?? nextOwn()
        guard active[number] == nil else { throw .inUse }
        guard givenUp.remove(number) == nil else { throw .givenUp }
        active[number] = end
        return number
    }

    private mutating func nextOwn() -> Int {
        repeat { lastOwn += 1 } while active[lastOwn] != nil || givenUp.contains(lastOwn)
        return lastOwn
    }

    /// Takes out the subscription `number` at the client's wish, and says what ends it.
    mutating func giveUp(_ number: Int) -> End? {
        if let end = active.removeValue(forKey: number) { return end }
        if givenUp.count < Self.limit { givenUp.insert(number) }
        return nil
    }

    /// Takes out the subscription `number`, which has ended.
    mutating func remove(_ number: Int) { active[number] = nil }
}
