import Conversation

/// What agents ask in a session and nobody has answered, as far as this terminal knows.
///
/// A value: it is told what happens, and says which question the keys answer.
struct ApprovalBoard {
    typealias Instant = ContinuousClock.Instant

    /// Oldest first.
    private(set) var open: [Approval] = []
    private var askedAt: [Approval.ID: Instant] = [:]
    /// What was answered: news of the question may arrive behind news of the answer.
    private var closed: Set<Approval.ID> = []
    /// What was answered here, while the core does not say so yet.
    private var answering: Set<Approval.ID> = []
    /// The questions of the offers, in order.
    private var offered: [Approval.ID] = []
    /// The number of the first offer.
    private let firstOffer: Int

    /// Creates a board on which nothing is asked.
    ///
    /// No number of an offer is that of one of `earlier`, the board in whose place it comes.
    init(after earlier: ApprovalBoard? = nil) {
        firstOffer = earlier.map { $0.firstOffer + $0.offered.count } ?? 0
    }

    /// Adds a question; returns whether it is news.
    mutating func add(_ approval: Approval, askedAt instant: Instant) -> Bool {
        guard !closed.contains(approval.id), askedAt[approval.id] == nil else { return false }
        open = (open + [approval]).sorted { $0.id < $1.id }
        askedAt[approval.id] = instant
        return true
    }

    /// The question was answered.
    mutating func close(_ id: Approval.ID) {
        closed.insert(id)
        answering.remove(id)
        open.removeAll { $0.id == id }
    }

    /// The conversation was left, with all that was asked in it.
    mutating func closeAll() { for approval in open { close(approval.id) } }

    /// The question that the keys answer: the oldest to which no answer is on its way.
    var current: Approval? { open.first { !answering.contains($0.id) } }

    /// Which question the current one is, and of how many; nil when there is but one.
    var place: String? { open.count > 1 ? current.map { "\($0.id), 1 of \(open.count)" } : nil }

    /// Since when somebody is waited for; nil when nobody is.
    var waitsSince: Instant? { open.compactMap { askedAt[$0.id] }.min() }

    /// The number for an offer of the current question; the same until the question changes or its answer fails.
    mutating func offerNumber() -> Int? {
        guard let current else { return nil }
        if offered.last != current.id { offered.append(current.id) }
        return firstOffer + offered.count - 1
    }

    /// What a choice means, which is on its way from now on; nil when the question is no longer open, or the choice is
    /// no answer.
    mutating func answer(_ choice: KeyChoice) -> (id: Approval.ID, decision: ApprovalDecision)? {
        guard let approval = question(of: choice) else { return nil }
        guard let decision = approval.request.decision(for: choice) else {
            retract(approval.id)
            return nil
        }
        answering.insert(approval.id)
        return (approval.id, decision)
    }

    /// The question that a choice wants to see whole, and which stays as open as before; nil for any other choice.
    mutating func view(_ choice: KeyChoice) -> Approval? {
        guard choice.key == ApprovalPrompt.viewKey, let approval = question(of: choice) else { return nil }
        retract(approval.id)
        return approval
    }

    /// The open question that a choice is about.
    func question(of choice: KeyChoice) -> Approval? {
        let index = choice.offer - firstOffer
        guard offered.indices.contains(index) else { return nil }
        return open.first { $0.id == offered[index] }
    }

    /// The answer did not arrive: the question is open as before.
    mutating func retract(_ id: Approval.ID) {
        answering.remove(id)
        // A new number, since the old one was taken.
        if offered.last == id { offered.append(id) }
    }
}

extension ApprovalRequest {
    /// The answer that a choice means; nil for an answer without words.
    func decision(for choice: KeyChoice) -> ApprovalDecision? {
        let text = choice.text.map { String($0.trimmingPrefix(while: \.isWhitespace)) } ?? ""
        let isBlank = text.allSatisfy(\.isWhitespace)
        switch choice.key {
        case "y": return .allow
        case "s": return .allowForSession
        case "n": return .deny(reason: nil)
        case "e": return .deny(reason: isBlank ? nil : text)
        case "a": return isBlank ? nil : .answer(text)
        default:
            guard let number = choice.key.wholeNumberValue, choices.indices.contains(number - 1) else { return nil }
            return .answer(choices[number - 1])
        }
    }
}
