/// A time in which Telegram lets a bot ask for nothing, in a form that outlives the process.
///
/// Moments are in milliseconds since 1970.
struct PollHold: Hashable, Sendable {
    /// Under which name it is kept.
    static let name = "poll.hold"
    private static let told: Substring = "told"

    /// When Telegram said so.
    let start: Int64
    /// When it is over.
    let end: Int64
    /// Whether people were told of it.
    var isTold = false

    /// Begins at `now`, and lasts for `pause`.
    init(_ pause: Duration, from now: Int64) { (start, end) = (now, now + pause.milliseconds) }

    /// Reads ``text``; nil for anything else.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        isTold = words.last == Self.told
        let moments = words.dropLast(isTold ? 1 : 0).map { Int64($0) }
        guard moments.count == 2, let start = moments[0], let end = moments[1], start >= 0, end >= start else {
            return nil
        }
        (self.start, self.end) = (start, end)
    }

    /// As it is kept.
    var text: String { "\(start) \(end)" + (isTold ? " \(Self.told)" : "") }

    /// How much of it is left; never more than it was, since clocks can be set back.
    func rest(at now: Int64) -> Duration { .milliseconds(max(0, min(end - now, end - start))) }
}
