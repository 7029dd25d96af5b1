import Processes

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A text could not be edited with the person's editor.
enum DraftFailure: Error, Equatable {
    /// None is named, and none of the usual ones is there.
    case noEditor
    /// The variable's value cannot be taken apart.
    case openQuote(variable: String, value: String)
    /// There is no such program.
    case notFound(variable: String, program: String)
    case notStarted(ChildProcessError)
    /// It did not end well.
    case ended(editor: String, ExitStatus)
    /// It was told to end and does not, for example because it is another user's.
    case runsOn(editor: String)
    /// It ended well, and nobody takes the text any more.
    case tooLate
    /// There is no place for the text.
    case noFile(directory: String, errno: Int32)
    /// What the editor left cannot be read.
    case unreadable(errno: Int32)
    case notText
    /// It has more bytes than ``DraftFile/limit``.
    case tooLarge
}

extension DraftFailure {
    /// Whether the person has not left the editor: it may have saved what nobody has read, and not have left the
    /// terminal as it should.
    var isCutOff: Bool {
        switch self {
        case .ended(_, .signalled), .runsOn, .tooLate: true
        // So a shell tells of a signal that has ended what it started.
        case .ended(_, .exited(let code)): code > 128
        case .noEditor, .openQuote, .notFound, .notStarted, .noFile, .unreadable, .notText, .tooLarge: false
        }
    }
}

extension DraftFailure: CustomStringConvertible {
    /// Why, in one line that says what to do where that is not plain.
    var description: String {
        switch self {
        case .noEditor: "there is no editor: set EDITOR, for example to nano, and start cm again"
        case .openQuote(let variable, let value): "a quote in \(variable) is not closed: \(value)"
        case .notFound(let variable, let program):
            "\(variable) names \(program), which is no program\(program.contains("/") ? "" : " in PATH")"
        case .notStarted(let error): "\(error)"
        case .ended(let editor, let status): "\(editor) \(status)"
        case .runsOn(let editor): "\(editor) does not end"
        case .tooLate: "nobody takes the text any more"
        case .noFile(let directory, let number):
            "there is no place for the text in \(directory): \(String(cString: strerror(number)))"
        case .unreadable(ENOENT): "the editor has left no file"
        case .unreadable(let number): "what the editor left cannot be read: \(String(cString: strerror(number)))"
        case .notText: "what the editor left is no text in UTF-8"
        case .tooLarge: "what the editor left has more than \(DraftFile.limit >> 20) MB"
        }
    }
}
