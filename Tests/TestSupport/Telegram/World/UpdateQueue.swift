import JSONRPC

/// The updates that the bot was not seen to have handled.
struct UpdateQueue: Sendable {
    struct Entry: Hashable, Sendable {
        let id: Int
        let json: JSONValue
        let size: Int
        let expiry: Double
    }

    /// An answer stops before it would be longer.
    private static let sizeLimit = 1 << 22
    private static let historyLimit = 1000
    /// Not told unless asked for.
    private static let shy: Set<String> = ["chat_member", "message_reaction", "message_reaction_count"]

    private var entries: [Entry] = []
    private var allowed: Set<String> = []
    private(set) var nextID: Int
    /// The highest offset that was asked for: all below are confirmed.
    private(set) var confirmedOffset = 0
    private var restart: Int?
    /// Not later than when the next entry expires.
    private var soonestExpiry = Double.infinity
    /// What was confirmed, for faults.
    private var history: [Entry] = []

    /// An empty queue whose first update gets number `firstID`.
    init(firstID: Int) { nextID = firstID }

    /// The numbers of what waits.
    var pendingIDs: [Int] { entries.map(\.id) }

    /// Notes which types are wanted; no list leaves it as it was.
    mutating func allow(_ types: JSONValue?) {
        guard let types = types?.elements else { return }
        allowed = Set(types.compactMap(\.text))
    }

    /// Adds an update and returns its number; `nil` when its type is not wanted.
    mutating func add(_ type: String, _ payload: JSONValue, expiry: Double) -> Int? {
        guard allowed.isEmpty ? !Self.shy.contains(type) : allowed.contains(type) else { return nil }
        if let restart, entries.isEmpty {
            nextID = restart
            confirmedOffset = 0
            self.restart = nil
        }
        let id = nextID
        nextID += 1
        let json: JSONValue = ["update_id": .integer(id), type: payload]
        soonestExpiry = min(soonestExpiry, expiry)
        entries.append(Entry(id: id, json: json, size: 50 + JSONWriter.bytes(of: json).count, expiry: expiry))
        return id
    }

    /// Adds an update of a type that nobody knows, whatever was asked for.
    mutating func addUnknown(expiry: Double) {
        let wanted = allowed
        defer { allowed = wanted }
        allowed = []
        _ = add("quantum_message", ["colour": "unheard of"], expiry: expiry)
    }

    /// What a call with `offset` and `limit` gets; this confirms all before `offset`.
    mutating func take(from offset: Int, limit: Int, now: Double) -> [Entry] {
        if now >= soonestExpiry {
            entries.removeAll { $0.expiry <= now }
            soonestExpiry = entries.map(\.expiry).min() ?? .infinity
        }
        if offset < 0 {
            entries.removeFirst(max(0, entries.count + offset))
            confirmedOffset = max(confirmedOffset, entries.first?.id ?? nextID)
        } else if offset <= nextID + 10 {
            // An offset that is far ahead is from before the numbers began anew, and confirms nothing.
            confirm(below: offset)
        }
        var left = Self.sizeLimit
        return Array(
            entries.prefix(limit).prefix { entry in
                left -= entry.size
                return left > 0
            })
    }

    /// Forgets all that waits.
    mutating func clear() { entries = [] }

    /// Begins anew with `id` as soon as nothing waits, as Telegram only does after long silence.
    mutating func renumber(from id: Int) { restart = id }

    /// The last that were confirmed, oldest first.
    func confirmed(_ count: Int) -> [Entry] { Array(history.suffix(count)) }

    private mutating func confirm(below offset: Int) {
        let handled = entries.prefix { $0.id < offset }
        history += handled
        if history.count > 2 * Self.historyLimit { history.removeFirst(history.count - Self.historyLimit) }
        entries.removeFirst(handled.count)
        if offset > confirmedOffset, offset <= nextID { confirmedOffset = offset }
    }
}
