import Conversation

/// Where updates are kept before Telegram is told that they have arrived.
///
/// A port: the database conforms.
public protocol UpdateInbox: Sendable {
    /// The updates before this are kept; nil before the first.
    func offset(of bot: Int64) async throws -> Int64?

    /// Keeps those of `updates` that were not kept before, and `offset`; returns the new ones.
    ///
    /// One that was kept before is left out, however long ago it was dealt with: Telegram may tell it again. What is
    /// `ignored` is kept as dealt with.
    func keep(_ updates: [KeptUpdate], offset: Int64, ignored: Bool, of bot: Int64) async throws -> [KeptUpdate]

    /// Returns when all that was kept before survives a loss of power, and not only of the process.
    func sync() async throws

    /// What was kept and not dealt with, in order.
    func open(of bot: Int64) async throws -> [KeptUpdate]

    /// Those of `updates` that were kept and not dealt with, in order.
    func open(_ updates: [Int64], of bot: Int64) async throws -> [KeptUpdate]

    /// Keeps `update` as it is now in place of what it said, and notes `others` as dealt with: it says what they said, or
    /// stops that. One that was dealt with stays so.
    func seal(_ update: KeptUpdate, absorbing others: [Int64], of bot: Int64) async throws

    /// Notes that an update was dealt with; what it said is forgotten, not that it came.
    func close(_ update: Int64, of bot: Int64) async throws
}

/// An update on its way through.
public struct KeptUpdate: Hashable, Sendable {
    /// What Telegram calls it.
    public var id: Int64
    /// When it came, in milliseconds since 1970.
    public var arrivedAt: Int64
    /// What it says; `unknown` when it is of no use.
    public var kind: BotUpdate.Kind
    /// Whether what it asks for was begun, which is not to be done twice.
    public var isBegun: Bool
    /// The answer to a request of an agent that it was found to give; nil for none, or when nobody has looked yet.
    public var answer: KeptAnswer?
    /// What it was found to stop, and begun to; nil for nothing.
    public var stop: MeantStop?

    /// Creates one.
    public init(
        id: Int64, arrivedAt: Int64, kind: BotUpdate.Kind, isBegun: Bool = false, answer: KeptAnswer? = nil,
        stop: MeantStop? = nil
    ) {
        self.stop = stop
        self.id = id
        self.arrivedAt = arrivedAt
        self.kind = kind
        self.isBegun = isBegun
        self.answer = answer
    }
}

extension KeptUpdate {
    /// When `message` of this update was written, at the latest.
    ///
    /// By Telegram's clock, which counts whole seconds, or by this machine's when it arrived, whichever is earlier: they
    /// may differ.
    func written(_ message: BotMessage) -> Timestamp {
        // Within what can be, since nobody has looked at the number before.
        let seconds = min(max(message.date, 0), max(arrivedAt, 0) / 1000)
        return Timestamp(millisecondsSince1970: min(seconds * 1000 + 999, arrivedAt))
    }
}
