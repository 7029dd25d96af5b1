import Conversation
import Locking
import Logging
import Redaction

/// What one process of an agent says on its standard error, without secrets: it goes into the log, and people are told the
/// last of it.
///
/// The first lines are logged for everybody, the rest only for who looks for more. A class with a lock: the task that
/// reads takes lines in, and whoever finds the process gone asks.
final class ErrorOutput: Sendable {
    /// How many lines are logged for everybody, and the most characters of each.
    static let lines = 200, length = 500

    fileprivate struct State {
        var stream: StreamRedactor
        /// The beginning of a line.
        var rest = ""
        var isFinished = false
        var count = 0
        /// The last line that tells something.
        var words = ""
        var meaning: String?
    }

    private let logger: Logger
    private let meaning: @Sendable (_ line: String) -> String?
    private let state: Locked<State>

    /// The output of a process; `meaning` says what a line means for people, nil when nothing but itself.
    init(
        _ redactor: Redactor, logger: Logger, meaning: @escaping @Sendable (_ line: String) -> String? = { _ in nil }
    ) {
        self.logger = logger
        self.meaning = meaning
        state = Locked(State(stream: StreamRedactor(redactor)))
    }

    /// Takes the next line in.
    func take(_ line: String) {
        let meaning = meaning(line)
        log(
            state.withLock { state in
                state.meaning = meaning ?? state.meaning
                return state.advance { $0.take(line + "\n") }
            })
    }

    /// What the process said last, or `ending` alone when it said nothing; there is nothing more to come.
    func lastWords(after ending: String) -> String {
        finish()
        let (words, meaning) = state.withLock { ($0.words.headline(200), $0.meaning) }
        return meaning ?? (words.isEmpty ? ending : "\(ending): \(words)")
    }

    /// Logs what was held back; there is nothing more to come.
    func finish() {
        log(
            state.withLock { state in
                guard !state.isFinished else { return [] }
                state.isFinished = true
                return state.advance { $0.finish() + "\n" }
            })
    }

    private func log(_ lines: [(number: Int, text: String)]) {
        for (number, text) in lines {
            let line = text.count > Self.length ? text.prefix(Self.length) + "…" : text[...]
            let metadata: Logger.Metadata = ["line": "\(line)"]
            if number <= Self.lines {
                logger.info("stderr", metadata: metadata)
            } else {
                if number == Self.lines + 1 { logger.info("stderr: further lines are left out") }
                logger.debug("stderr", metadata: metadata)
            }
        }
    }
}

extension ErrorOutput.State {
    /// The lines that are complete with what `step` makes of the stream.
    fileprivate mutating func advance(_ step: (inout StreamRedactor) -> String) -> [(number: Int, text: String)] {
        rest += step(&stream)
        var parts = rest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        rest = parts.removeLast()
        let told = parts.filter { !$0.allSatisfy(\.isWhitespace) }
        // What comes after an error is where it happened in the program's code.
        words = told.last { !$0.hasPrefix("Stack backtrace") && !$0.hasPrefix("   ") } ?? words
        return told.map { line in
            count += 1
            return (count, line)
        }
    }
}
