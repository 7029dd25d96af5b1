/// Who waits for updates.
///
/// Wakes nobody itself: the methods return whom to wake.
struct PollSeats: Sendable {
    /// What becomes of a poll that waited.
    enum Fate: Hashable, Sendable {
        case waits
        case terminated
    }

    struct Seat: Sendable {
        let caller: HTTPCaller
        let offset: Int
        let limit: Int
        var fate = Fate.waits
    }

    /// What the older of two is told.
    static let conflict = APIFault.conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running")
    /// What is told while Telegram sends the updates itself.
    static let webhookConflict = APIFault.conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")

    private var seats: [Int: Seat] = [:]
    private var lastID = 0
    private var previous: (offset: Int, time: Double)?
    private var nextConflictTime = 0.0
    /// The most that waited at one time, with those that are gone left out.
    private(set) var mostAtOnce = 0
    /// How many polls were told that there is another.
    private(set) var conflictCount = 0

    /// How many wait now.
    var count: Int { seats.values.count { $0.fate == .waits && !$0.caller.isGone } }

    /// The waiting callers.
    var callers: [HTTPCaller] { seats.values.map(\.caller) }

    /// Notes a poll, and says how many seconds before there was one with the same offset; `nil` when the last was another.
    mutating func note(_ offset: Int, now: Double) -> Double? {
        defer { previous = (offset, now) }
        guard let previous else { return nil }
        return previous.offset == offset ? now - previous.time : nil
    }

    /// Takes a seat, which fails whoever sits; returns its number and whom to wake.
    mutating func sit(_ caller: HTTPCaller, offset: Int, limit: Int) -> (id: Int, waking: [HTTPCaller]) {
        var waking: [HTTPCaller] = []
        for (id, seat) in seats where seat.fate == .waits {
            seats[id]?.fate = .terminated
            if seat.caller.isGone { continue }
            conflictCount += 1
            mostAtOnce = max(mostAtOnce, 2)
            waking.append(seat.caller)
        }
        lastID += 1
        seats[lastID] = Seat(caller: caller, offset: offset, limit: limit)
        mostAtOnce = max(mostAtOnce, 1)
        return (lastID, waking)
    }

    /// Leaves the seat.
    mutating func leave(_ id: Int) { seats[id] = nil }

    /// The seat with this number.
    func seat(_ id: Int) -> Seat? { seats[id] }

    /// Whether the seat was given to another.
    func fate(of id: Int) -> Fate { seats[id]?.fate ?? .terminated }

    /// How long to keep back a conflict, in seconds; notes that it is told.
    mutating func conflictDelay(_ delay: Double, now: Double) -> Double {
        guard now < nextConflictTime else {
            nextConflictTime = now + delay
            return 0
        }
        return delay
    }
}
