import Conversation

/// What a button carries: what its press asks for.
///
/// Anybody can send anything in place of it: what cannot be read exactly is refused, and whoever presses is checked.
enum ButtonData: Hashable, Sendable {
    /// Stops a turn.
    case cancel(Turn.ID)
    /// Allows once what is asked for.
    case allow(Approval.ID)
    /// Allows it for the session.
    case allowForSession(Approval.ID)
    /// Refuses it.
    case deny(Approval.ID)
    /// Takes one of the answers that a question offers, counted from 0.
    case choose(Approval.ID, Int)

    /// The most choices that have buttons.
    static let mostChoices = 20

    /// What Telegram keeps with the button; at most 64 bytes.
    var text: String {
        switch self {
        case .cancel(let turn): "\(turn):x"
        case .allow(let id): "\(id):y"
        case .allowForSession(let id): "\(id):s"
        case .deny(let id): "\(id):n"
        case .choose(let id, let index): "\(id):\(index)"
        }
    }

    /// Reads ``text``; nil for everything else.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Self.number(parts[0].dropFirst()), number > 0 else { return nil }
        switch (parts[0].first, parts[1]) {
        case ("t", "x"): self = .cancel(Turn.ID(rawValue: number))
        case ("a", "y"): self = .allow(Approval.ID(rawValue: number))
        case ("a", "s"): self = .allowForSession(Approval.ID(rawValue: number))
        case ("a", "n"): self = .deny(Approval.ID(rawValue: number))
        case ("a", let choice):
            guard let index = Self.number(choice), index < Self.mostChoices else { return nil }
            self = .choose(Approval.ID(rawValue: number), Int(index))
        default: return nil
        }
        // One way to write each.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    private static func number(_ digits: Substring) -> Int64? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(digits)
    }

    /// The approval that it is about; nil for none.
    var approval: Approval.ID? {
        switch self {
        case .cancel: nil
        case .allow(let id), .allowForSession(let id), .deny(let id), .choose(let id, _): id
        }
    }

    /// A button that carries this.
    func button(_ title: String) -> SlotContent.Button { SlotContent.Button(title, carries: text) }

    /// What a press says about an approval, which is `request`; nil when this is about no approval, or names a choice
    /// that there is not.
    func decision(on request: ApprovalRequest) -> (id: Approval.ID, decision: ApprovalDecision)? {
        switch self {
        case .cancel: nil
        case .allow(let id): (id, .allow)
        case .allowForSession(let id): request.isRepeatable ? (id, .allowForSession) : nil
        case .deny(let id): (id, .deny(reason: nil))
        case .choose(let id, let index):
            request.choices.indices.contains(index) ? (id, .answer(request.choices[index])) : nil
        }
    }
}
