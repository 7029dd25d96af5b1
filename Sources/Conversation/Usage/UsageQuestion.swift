/// What a person wants to know about use.
public struct UsageQuestion: Hashable, Sendable {
    /// By what use can be told.
    public enum Topic: String, CaseIterable, Sendable {
        case turns, roles, agents, sessions, days

        /// The topic that is called `word`, in the singular or the plural; nil for none.
        init?(_ word: String) {
            guard let topic = Self.allCases.first(where: { $0.rawValue == word || $0.rawValue == word + "s" }) else {
                return nil
            }
            self = topic
        }
    }

    /// Whether it is about all sessions, not about this conversation.
    public var isOfAll: Bool
    /// By what use is to be told; nil for an overview.
    public var topic: Topic?

    /// Creates a question; about this conversation when nothing else is said.
    public init(ofAll: Bool = false, by topic: Topic? = nil) {
        isOfAll = ofAll
        self.topic = topic
    }

    /// Why arguments are no question.
    struct Misuse: Error {
        let why: String
    }

    /// Reads `words`, in any order.
    init(_ words: [String]) throws(Misuse) {
        self.init()
        for word in words.map({ $0.lowercased() }) {
            if word == "all", !isOfAll {
                isOfAll = true
            } else if let topic = Topic(word), self.topic == nil {
                self.topic = topic
            } else if word == "all" || Topic(word) != nil {
                throw Misuse(why: "that is more than one question")
            } else {
                throw Misuse(why: "usage is not told by '\(word)'")
            }
        }
    }

    /// Whose use is meant when it is asked in `session`.
    ///
    /// A list of sessions is always that of all.
    func scope(in session: SessionID) -> UsageScope {
        isOfAll || topic == .sessions ? .workspace : .conversation(session)
    }

    /// What to tell after the total.
    var topics: [Topic] {
        switch (topic, isOfAll) {
        case (let topic?, _): [topic]
        case (nil, false): [.roles, .agents, .turns]
        case (nil, true): [.sessions, .days]
        }
    }
}
