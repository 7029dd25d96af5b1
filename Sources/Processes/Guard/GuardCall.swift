/// What a guard is told on its command line.
struct GuardCall: Hashable, Sendable {
    /// Whose end is also the program's.
    var core: ProcessIdentity
    /// How long the program's tree may take to end after SIGTERM; whole milliseconds.
    var grace: Duration
    /// The record to write to.
    var record: String
    /// The path of the program.
    var program: String
    /// What follows its name.
    var arguments: [String]
}

extension GuardCall {
    /// The words after ``Guard/word``.
    var words: [String] {
        let milliseconds = grace / .milliseconds(1)
        return [
            "--core", "\(core)", "--grace", "\(Int(milliseconds))", "--record", record, "--", program,
        ] + arguments
    }

    /// Reads `words`; `nil` for anything else.
    init?(_ words: [String]) {
        guard words.count >= 8, words[0] == "--core", words[2] == "--grace", words[4] == "--record", words[6] == "--",
            let core = ProcessIdentity(words[1]), let grace = Int(words[3]), grace >= 0
        else { return nil }
        self.core = core
        self.grace = .milliseconds(grace)
        record = words[5]
        program = words[7]
        arguments = Array(words.dropFirst(8))
    }
}
