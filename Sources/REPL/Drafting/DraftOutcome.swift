import Conversation
import Processes

/// What came of a text that was opened in the person's own editor.
enum DraftOutcome: Equatable, Sendable {
    /// It is this now, and not blank.
    case written(String)
    case blank
    case failed(DraftFailure)

    /// Has the person edit `text` with the editor that `environment` names, to which `terminal` is lent meanwhile.
    ///
    /// Blocks until it ends; `mailbox` can tell it to.
    init(
        of text: String, at terminal: TerminalDevice, in environment: [String: String], _ mailbox: EditorMailbox
    ) {
        do throws(DraftFailure) {
            let editor = try DraftEditor(environment)
            let parent = environment["TMPDIR"] ?? ""
            let file = try DraftFile(text, in: parent.isEmpty ? "/tmp" : parent)
            defer { file.remove() }
            try editor.edit(file.path, at: terminal, mailbox)
            let written = try file.read()
            self = written.allSatisfy(\.isWhitespace) ? .blank : .written(written)
        } catch {
            self = .failed(error)
        }
    }

    /// What is to stand in the line, where `original` was opened; nil for nothing.
    func text(insteadOf original: String) -> String? {
        switch self {
        case .written(let text): text
        case .blank: nil
        case .failed: original.isEmpty ? nil : original
        }
    }

    /// Whether the editor could not leave the terminal as it should.
    var wasKilled: Bool {
        if case .failed(.ended(_, let status)) = self { status.isSignal } else { false }
    }

    /// What the person is told; nil when the line says it.
    func notice(of original: String) -> Notice? {
        switch self {
        case .written: nil
        case .blank: Notice(.info, "nothing was written")
        case .failed(let failure):
            Notice(.error, "\(failure)\(original.isEmpty ? "" : "; your text is in the line")")
        }
    }
}
