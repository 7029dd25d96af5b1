import Conversation

/// The prompts that go with an open question: what one key answers, and how long it has waited.
struct ApprovalPrompt {
    /// Shows the question whole.
    static let viewKey: Character = "v"

    let request: ApprovalRequest
    /// Which of how many; nil for the only one.
    let place: String?
    /// How long somebody is waited for.
    let waited: String
    let style: TextStyle

    /// What the keys offer, under the given number, at a terminal of `columns`.
    func offer(_ id: Int, columns: Int) -> KeyOffer {
        let prompt = Prompt(text(columns: columns))
        switch request.kind {
        case .command, .file, .tool:
            let keys: Set<Character> = ["y", "s", "n", Self.viewKey]
            return KeyOffer(id: id, prompt: prompt, keys: keys, writing: ["e": Prompt("your reason » ")])
        case .question:
            let digits = (1...9).prefix(request.choices.count).map { Character("\($0)") }
            let keys = Set(digits + ["n", Self.viewKey])
            return KeyOffer(id: id, prompt: prompt, keys: keys, writing: ["a": Prompt("answer » ")])
        }
    }

    /// As much as fits: the keys are worth most.
    private func text(columns: Int) -> String {
        let front = ["cm waiting for you \(waited)", "waiting \(waited)", waited, nil]
        let long = front.map { ([$0, place, keys].compactMap(\.self)).joined(separator: " · ") }
        let all = long + [[place, shortKeys].compactMap(\.self).joined(separator: " · "), shortKeys]
        // What does not fit even so is clipped by the editor.
        let fitting = all.first { $0.count + 5 <= columns } ?? shortKeys
        return style.yellow(fitting) + " » "
    }

    private var keys: String {
        switch request.kind {
        case .command, .file, .tool: "allow? y once · s session · n deny · e deny with a reason · v view"
        case .question:
            ([digits.map { "\($0) choose" }] + ["a answer", "n decline", "v view"]).compactMap(\.self)
                .joined(separator: " · ")
        }
    }

    private var shortKeys: String {
        switch request.kind {
        case .command, .file, .tool: "allow? y s n e v"
        case .question: ([digits] + ["a", "n", "v"]).compactMap(\.self).joined(separator: " ")
        }
    }

    private var digits: String? {
        switch request.choices.count {
        case 0: nil
        case 1: "1"
        case let count: "1-\(min(count, 9))"
        }
    }
}
