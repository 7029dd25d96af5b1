import Conversation

/// A request of an agent that nobody hears, as it is offered to the owner.
struct Offer: Hashable, Sendable, Codable {
    var request: OfferedRequest
    /// Where it is shown; nil as long as quiet holds it back.
    var chat: Int64?
}

/// What names a request of an agent in a session to which nobody is attached.
struct OfferedRequest: Hashable, Sendable, Codable {
    private let inSession: String
    private let number: Int64

    /// The request in `session` that is called `approval`.
    init(_ approval: Approval.ID, in session: SessionID) {
        (inSession, number) = (session.rawValue, approval.rawValue)
    }

    /// The request that `announcement` tells of; nil when it tells of something else.
    init?(_ announcement: Announcement) {
        guard let approval = announcement.approval, let session = announcement.session else { return nil }
        self.init(approval, in: session)
    }

    /// Where it was asked.
    var session: SessionID { SessionID(rawValue: inSession) }
    /// Which it is there.
    var approval: Approval.ID { Approval.ID(rawValue: number) }

    /// What becomes of one.
    enum End: Hashable, Sendable {
        /// It was answered, here or elsewhere, or taken back.
        case answered(Approval)
        /// Nothing is left of it, as when its session was deleted.
        case gone
    }
}
