import Conversation
import Markdown

/// Something that an agent does, in one line.
struct ActionLine {
    private let action: Action
    /// Whether it was asked for and not allowed.
    private let isRefused: Bool
    private let context: ViewContext

    init(_ action: Action, isRefused: Bool, _ context: ViewContext) {
        (self.action, self.isRefused, self.context) = (action, isRefused, context)
    }

    /// Adds the line to a message.
    func add(to draft: inout MessageDraft) {
        let who = action.role.readsOnly ? "\(action.role.rawValue): " : ""
        draft.add("\(status) \(Self.mark(action.kind)) \(who)")
        let title = context.line(action.title, 100)
        // In code nothing becomes a link.
        if action.kind == .reasoning { draft.add(title) } else { draft.add(title, as: .code) }
        draft.add(suffix)
    }

    private var status: String {
        switch action.status {
        case .started: "⋯"
        case .completed: "✓"
        case .failed: "✗"
        case .declined: "⊘"
        }
    }

    private var suffix: String {
        switch action.status {
        case .started, .completed: ""
        case .failed where isRefused: " (not run)"
        // A title that tells why it failed needs no more words.
        case .failed: action.title.hasSuffix(")") ? "" : " (failed)"
        case .declined: " (declined)"
        }
    }

    private static func mark(_ kind: Action.Kind) -> String {
        switch kind {
        case .command: "$"
        case .file: "±"
        case .tool: "⚙"
        case .search: "⌕"
        case .plan: "☐"
        case .reasoning: "·"
        }
    }
}
