import Conversation
import Processes

/// What came of a text that was opened in the person's own editor.
enum DraftOutcome: Equatable, Sendable {
    /// It is this now, and not blank.
    case written(String)
    case blank
    /// What the editor saved until then, or may yet save, is in the directory `left`; nil when that was nothing.
    case failed(DraftFailure, left: String? = nil)

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
            self = DraftOutcome(of: file, by: editor, at: terminal, mailbox)
        } catch {
            self = .failed(error)
        }
    }

    private init(of file: DraftFile, by editor: DraftEditor, at terminal: TerminalDevice, _ mailbox: EditorMailbox) {
        do throws(DraftFailure) {
            try editor.edit(file.path, at: terminal, mailbox)
            let written = try file.read()
            self = written.allSatisfy(\.isWhitespace) ? .blank : .written(written)
        } catch {
            self = .failed(error)
        }
        // Editors have their own ways to save what they can then, and to say so.
        let isWanted = !mailbox.isStopping && TerminalModes(of: terminal) != nil
        guard !isWanted || wasCutOff, file.isChanged || isOpen else {
            file.remove()
            return
        }
        if case .failed(let failure, _) = self {
            self = .failed(failure, left: file.directory)
        } else {
            self = .failed(.tooLate, left: file.directory)
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

    /// Whether the editor still has the text open.
    private var isOpen: Bool { if case .failed(.runsOn, _) = self { true } else { false } }

    /// Whether the editor could not leave the terminal as it should.
    var wasCutOff: Bool { if case .failed(let failure, _) = self { failure.isCutOff } else { false } }

    /// What the person is told; nil when the line says it.
    func notice(of original: String) -> Notice? {
        switch self {
        case .written: return nil
        case .blank: return Notice(.info, "nothing was written")
        case .failed(let failure, let left):
            let rest = [
                original.isEmpty ? nil : "your text is in the line",
                left.map(Self.savedNote),
            ]
            return Notice(.error, ([failure.description] + rest.compactMap(\.self)).joined(separator: "; "))
        }
    }

    /// Where to look for what an editor had saved that was cut off.
    static func savedNote(_ directory: String) -> String { "what the editor saved is in \(directory)" }
}
