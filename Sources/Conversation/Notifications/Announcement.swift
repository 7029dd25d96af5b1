/// A notification: something that people are told who may not be there just now.
///
/// Not called so, because Foundation and JSON-RPC have types of that name. Kept until somebody was told, unlike a ``Notice``,
/// which only those hear who are attached.
public struct Announcement: Hashable, Sendable {
    /// How much it matters, the most urgent first.
    public enum Priority: Int, Hashable, Sendable, Codable, Comparable, CaseIterable {
        /// Somebody has to act now: told at once and loudly, also in quiet.
        case critical = 1
        /// Somebody has to look: something does not work, or waits for a person.
        case important
        /// Something may come to that.
        case warning
        /// Good to know.
        case info
        /// For who looks into `cm` itself.
        case debug

        /// By what goes first.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// The most characters of a text that are kept; what is longer is cut.
    private static let longest = 2_000

    /// How much it matters.
    public var priority: Priority
    /// Names the event: what is said again under the same key is counted, and not told anew; see ``KeptAnnouncement``.
    public var key: String
    /// What is told; several lines where it has to be.
    public var text: String
    /// Which part it speaks of, a word for people and scripts: `settings`, `agent`, `orchestrator`.
    public var category: String
    /// The session it speaks of; nil for none.
    public var session: SessionID?
    /// Whether the events of its session tell it as well, so that who follows those needs not be told.
    public var isToldInSession = false

    /// Creates a notification.
    public init(
        _ priority: Priority, key: String, _ text: String, of category: String, session: SessionID? = nil
    ) {
        self.priority = priority
        self.key = key
        self.text = text
        self.category = category
        self.session = session
    }

    /// The same as it is kept and told: without the secrets that `redact` takes out, and then no longer than may be.
    func fit(_ redact: (String) -> String) -> Announcement {
        var fit = self
        let text = redact(text)
        fit.text = text.count > Self.longest ? text.prefix(Self.longest - 1) + "…" : text
        return fit
    }
}

extension Notice {
    /// What of a notification those are told who are attached.
    public struct Announced: Hashable, Sendable {
        /// How much it matters.
        public var priority: Announcement.Priority
        /// Which part it speaks of.
        public var category: String

        /// Creates it from its parts.
        public init(_ priority: Announcement.Priority, of category: String) {
            self.priority = priority
            self.category = category
        }
    }

    /// The notification as those see it who are attached.
    init(_ announcement: Announcement) {
        let level: Level =
            switch announcement.priority {
            case .critical, .important: .error
            case .warning: .warn
            case .info, .debug: .info
            }
        self.init(level, announcement.text)
        announced = Announced(announcement.priority, of: announcement.category)
    }
}
