import Conversation

/// Which notifications are told when, and in which message.
///
/// A value, kept with the messages that it led to; time is passed in, in milliseconds since 1970. The urgent ones get
/// messages of their own at once. All others go into the digest, one message for each window of time, which is changed as
/// they come, and sealed at the window's end. What quiet holds back comes into the digest when it has ended.
struct LiveDigest: Hashable, Sendable, Codable {
    /// How long one message takes in what comes.
    static let span: Int64 = 20 * 60_000
    /// How many lines are kept of a message, and of what is held back; more would not fit.
    static let mostLines = 200
    /// How many urgent ones are known, of which repeats are counted in their messages.
    static let mostAlerts = 50

    /// A notification in a digest.
    struct Line: Hashable, Sendable, Codable {
        var id: Int64
        var priority: Announcement.Priority
        var text: String
        var count: Int
        /// When it was said first.
        var at: Int64

        init(_ kept: KeptAnnouncement) {
            (id, priority, at) = (kept.id, kept.announcement.priority, kept.firstAt.millisecondsSince1970)
            (text, count) = (kept.announcement.text, kept.count)
        }
    }

    /// One message.
    struct Window: Hashable, Sendable, Codable {
        /// When it was begun, which names it.
        var begun: Int64
        /// When it was sealed; nil as long as it takes something in.
        var sealed: Int64?
        var lines: [Line] = []
        /// How many lines were left out for want of space, the oldest first.
        var leftOut = 0
        /// How many were dropped before anybody could be told.
        var dropped = 0
        var activity: Activity?

        /// Whether it takes in what comes at `now`; one that lies ahead was begun before the clock was put back.
        func isOpen(at now: Int64) -> Bool { (begun - LiveDigest.span..<begun + LiveDigest.span).contains(now) }

        mutating func add(_ line: Line) {
            lines.append(line)
            guard lines.count > LiveDigest.mostLines else { return }
            lines.removeFirst()
            leftOut += 1
        }
    }

    /// What there is to take in.
    struct Occasion: Sendable {
        /// What is new, or was repeated.
        var kept: [KeptAnnouncement] = []
        /// How many were dropped while nobody was there.
        var dropped = 0
        /// What went on since ``LiveDigest/countedFrom``; nil when that is not due, see ``LiveDigest/isSummaryDue(at:every:)``.
        var activity: Activity?
        var verbosity = NotificationVerbosity.summary
        /// Whether only the urgent is told.
        var isQuiet = false
        var now: Int64
    }

    /// A message that is to be as it says.
    enum Telling: Hashable, Sendable {
        /// A loud one of its own.
        case alert(Line)
        case digest(Window)
    }

    private(set) var window: Window?
    /// Held back by quiet, oldest first.
    private(set) var held: [Line] = []
    private(set) var heldOut = 0
    private var alerts: [Line] = []
    /// Since when it is counted what goes on; nil before the first time.
    private(set) var countedFrom: Int64?
    private var summarizedAt: Int64 = 0
    /// What went on, as it was told last.
    private var told: Activity?

    /// Whether it is time to count what went on, when that is done every so often; never for 0.
    func isSummaryDue(at now: Int64, every interval: Int64) -> Bool {
        guard interval > 0 else { return false }
        if let window, !window.isOpen(at: now) { return true }
        // One that lies ahead is from before the clock was put back.
        return countedFrom != nil && !(summarizedAt..<summarizedAt + interval).contains(now)
    }

    /// Takes in what there is, and returns the messages that change by it.
    mutating func take(_ occasion: Occasion) -> [Telling] {
        if countedFrom == nil { (countedFrom, summarizedAt) = (occasion.now, occasion.now) }
        var tellings = seal(occasion)
        // What was counted for the window that is sealed is told there.
        let isCounted = !tellings.isEmpty
        let before = window
        for kept in occasion.kept { if let line = take(kept, occasion) { tellings.append(.alert(line)) } }
        if occasion.dropped > 0 {
            open(at: occasion.now)
            window?.dropped += occasion.dropped
        }
        if !occasion.isQuiet { release(at: occasion.now) }
        if !isCounted { summarize(occasion) }
        if let window, window != before { tellings.append(.digest(window)) }
        return tellings
    }

    /// Begins anew in another chat: what was begun stays there as it is, and repeats of it are for nobody any more.
    mutating func move() { (window, alerts) = (nil, []) }

    // MARK: Parts

    private mutating func seal(_ occasion: Occasion) -> [Telling] {
        guard var window, !window.isOpen(at: occasion.now) else { return [] }
        self.window = nil
        window.sealed = min(max(occasion.now, window.begun), window.begun + Self.span)
        if let activity = occasion.activity, occasion.verbosity != .minimal, !occasion.isQuiet {
            if !activity.words.isEmpty { window.activity = activity }
            (told, summarizedAt, countedFrom) = (activity, occasion.now, occasion.now)
        }
        return [.digest(window)]
    }

    /// Returns an urgent one that is to be told.
    private mutating func take(_ kept: KeptAnnouncement, _ occasion: Occasion) -> Line? {
        let line = Line(kept)
        // Each is in one place, and its repeats are counted there.
        if let index = alerts.firstIndex(where: { $0.id == line.id }) {
            guard alerts[index] != line else { return nil }
            alerts[index] = line
            return line
        }
        if let index = window?.lines.firstIndex(where: { $0.id == line.id }) {
            window?.lines[index] = line
            return nil
        }
        if let index = held.firstIndex(where: { $0.id == line.id }) {
            held[index] = line
            return nil
        }
        guard !kept.isTold, occasion.verbosity.tells(line.priority) else { return nil }
        if line.priority == .critical {
            alerts.append(line)
            if alerts.count > Self.mostAlerts { alerts.removeFirst() }
            return line
        }
        if occasion.isQuiet {
            hold(line)
        } else {
            open(at: occasion.now)
            window?.add(line)
        }
        return nil
    }

    private mutating func open(at now: Int64) { if window == nil { window = Window(begun: now) } }

    private mutating func hold(_ line: Line) {
        held.append(line)
        guard held.count > Self.mostLines, let least = held.map(\.priority).max(),
            let index = held.firstIndex(where: { $0.priority == least })
        else { return }
        held.remove(at: index)
        heldOut += 1
    }

    private mutating func release(at now: Int64) {
        guard !held.isEmpty || heldOut > 0 else { return }
        open(at: now)
        // They are the older ones, except for what came in the window before there was quiet.
        for line in held { window?.add(line) }
        window?.leftOut += heldOut
        (held, heldOut) = ([], 0)
    }

    private mutating func summarize(_ occasion: Occasion) {
        guard let activity = occasion.activity else { return }
        summarizedAt = occasion.now
        guard occasion.verbosity != .minimal, !occasion.isQuiet else { return }
        if window == nil {
            // What is not worth a message goes on being counted.
            guard activity.isNews(after: told) else { return }
            open(at: occasion.now)
        }
        guard !activity.words.isEmpty || window?.activity != nil else { return }
        window?.activity = activity
        told = activity
    }
}
