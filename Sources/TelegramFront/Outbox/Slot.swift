public import Conversation

/// One message of the bot: what it should show, and how far it has come.
///
/// What should be there is written down before anything is sent, so that a crash at any moment leaves what is still to
/// be done. A newer wish replaces the one before without losing its place.
public struct Slot: Hashable, Sendable {
    /// How it gets to the chat.
    public enum Delivery: String, Hashable, Sendable, Codable {
        /// A silent placeholder is sent, its number noted, and filled by an edit, which can be repeated harmlessly.
        case filled
        /// Noted as sent before it is sent: a crash may lose it, and never doubles it.
        case once
        /// Sent at once, and again, so many times, when it may have arrived or not: better twice than never.
        case repeated
    }

    /// What goes first when several wait.
    public enum Priority: Int, Hashable, Sendable, Codable, Comparable {
        /// Answers, questions to people, and what else has to arrive.
        case final = 0
        /// What may be left out when too much is sent.
        case progress = 1

        /// By what goes first.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// How far it has come.
    public enum Stage: Hashable, Sendable {
        /// Nothing of it was sent.
        case new
        /// A message may have been sent whose number is not known.
        case begun
        /// The message with this number is in the chat.
        case placed(Int64)
        /// It will not be sent, and why not.
        case failed(String)
        /// Whoever is in the chat may not have it any more: it is not sent before it is wished for again.
        case withdrawn
    }

    /// Names it for its bot; the same wish twice is one.
    public var key: String
    /// Where it is.
    public var address: ChatAddress
    /// How it gets there.
    public var delivery: Delivery
    /// What goes first.
    public var priority: Priority
    /// What it should show.
    public var wanted: SlotContent
    /// What it shows, as far as is known; nil for nothing yet.
    public var shown: SlotContent?
    /// How far it has come.
    public var stage: Stage
    /// Whether people hear of it; not for ``Delivery/filled``, as edits are silent.
    public var isLoud: Bool
    /// The message that it answers.
    public var replyTo: Int64?
    /// Whose conversation it tells of, where its key does not name that; nil where it does, and for none's.
    public var session: SessionID?

    /// Creates a message that is yet to be sent.
    public init(
        _ key: String, at address: ChatAddress, _ wanted: SlotContent, delivery: Delivery = .filled,
        priority: Priority = .final, isLoud: Bool = false, replyTo: Int64? = nil, session: SessionID? = nil
    ) {
        self.key = key
        self.address = address
        self.delivery = delivery
        self.priority = priority
        self.wanted = wanted
        self.isLoud = isLoud
        self.replyTo = replyTo
        self.session = session
        stage = .new
    }

    /// Whether it is told in passing, so that nobody waits for it.
    var isPassing: Bool { priority == .progress && delivery != .filled }

    /// Whether all that is to be done is to take the buttons away from what is shown.
    var onlyLosesButtons: Bool {
        guard var left = shown, !left.buttons.isEmpty else { return false }
        left.buttons = []
        return left == wanted
    }

    /// Whether there is something to send.
    public var isDue: Bool {
        switch (stage, delivery) {
        case (.new, _): true
        // What was begun may be there, and a second one would double it.
        case (.begun, .once), (.failed, _), (.withdrawn, _): false
        case (.begun, .filled), (.begun, .repeated): true
        case (.placed, _): shown != wanted
        }
    }

    /// The same when it will not be sent, and why not.
    func failed(_ reason: String) -> Slot {
        var slot = self
        slot.stage = .failed(reason)
        return slot
    }

    /// The same when its chat may not have it any more.
    var withdrawn: Slot {
        var slot = self
        slot.stage = .withdrawn
        return slot
    }
}
