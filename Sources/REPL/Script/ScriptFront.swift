public import Conversation
import Locking
import Foundation

/// Something in a script did not go well: one of its turns failed or one of its commands was wrong.
public struct ScriptFailure: Error {
    /// What has not been said yet; nil when the script's notices said it all.
    public var reason: String?
    /// Whether it failed because no agent could be had for the one message that it was about.
    public var isUnavailable = false
}

/// Scripted input as a front: runs lines in order, each finished before the next, and asks nobody.
public struct ScriptFront: Front {
    /// What to run.
    public enum Input: Sendable {
        /// Lines from standard input: messages and commands.
        case standardInput
        /// This one message, whatever it begins with.
        case message(String)
    }

    /// How to run it.
    public struct Options: Sendable {
        /// The session in which it runs.
        public var session: SessionID
        /// Who writes, for others to see.
        public var author: String
        /// Differs for every front of every process.
        public var sender: String
        /// What its turns may do without asking; the rest is denied where nobody else is attached.
        public var approvals = ApprovalRule.none
        /// Write events as JSON lines instead of answers.
        public var isJSON = false
        /// Stop at the first failure.
        public var stopsAtFailure = false
        /// Notices for the beginning, for example about the configuration.
        public var notices: [Notice] = []

        /// Creates options.
        public init(session: SessionID, author: String, sender: String) {
            self.session = session
            self.author = author
            self.sender = sender
        }
    }

    private let input: Input
    private let options: Options
    private let answered: @Sendable (String) throws -> Void
    private let output = ScriptOutput()
    private let isStopped = Locked(false)

    /// Creates a front; `answered` is given the text of each own turn that ended well.
    public init(
        _ input: Input, options: Options, answered: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        self.input = input
        self.options = options
        self.answered = answered
    }

    /// Has no further line run; the turn that runs is awaited.
    public func stop() { isStopped.withLock { $0 = true } }

    /// Runs the script to its end; throws ``ScriptFailure`` when something in it did not go well.
    public func run(_ core: any Core) async throws {
        let player = ScriptPlayer(core: core, options: options, output: output, answered: answered)
        let events = try await core.events(of: options.session)
        do {
            try await withThrowingDiscardingTaskGroup { group in
                // First of all the greeting; what happens meanwhile waits in the stream.
                try await player.begin()
                group.addTask { await player.follow(events) }
                try await play(player)
                group.cancelAll()
            }
        } catch let error as ScriptOutput.Closed {
            let reason = String(cString: strerror(error.number))
            throw ScriptFailure(reason: "standard output cannot be written: \(reason)")
        }
        guard await player.hasFailed else { return }
        throw ScriptFailure(reason: nil, isUnavailable: isSingle ? await player.hasMissedAgent : false)
    }

    private var isSingle: Bool {
        switch input {
        case .message: true
        case .standardInput: false
        }
    }

    private func play(_ player: ScriptPlayer) async throws {
        switch input {
        case .message(let text): try await player.say(text)
        case .standardInput: try await playLines(player)
        }
    }

    /// All of standard input as one text, repaired like the lines of a script.
    public static func restOfStandardInput() async throws -> String {
        try await ScriptLines(descriptor: 0).rest()
    }

    private func playLines(_ player: ScriptPlayer) async throws {
        let lines = ScriptLines(descriptor: 0)
        var assembler = InputAssembler()
        var isOver = false
        while !isOver {
            if isStopped.withLock(\.self) { return }
            if options.stopsAtFailure, await player.hasFailed { return }
            let text: String?
            do {
                let line = try await lines.next()
                isOver = line == nil
                text = line.map { assembler.add($0) } ?? assembler.finish()
            } catch is ScriptLines.TooLong {
                try await player.refuse("a line of more than \(ScriptLines.limit >> 20) MB was left out")
                continue
            }
            guard let text, !text.allSatisfy(\.isWhitespace) else { continue }
            if isStopped.withLock(\.self) { return }
            if try await !player.enter(text) { return }
        }
    }
}
