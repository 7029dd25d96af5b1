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
        /// Notices that come later.
        public var news = AsyncStream<Notice> { nil }

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
    private let descriptor: Int32
    private let output: ScriptOutput
    private let stopping = ScriptStop()

    /// Creates a front; `answered` is given the text of each own turn that ended well.
    public init(
        _ input: Input, options: Options, answered: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        self.init(input, options: options, descriptor: STDIN_FILENO, output: ScriptOutput(), answered: answered)
    }

    /// `descriptor` is what standard input is read from.
    init(
        _ input: Input, options: Options, descriptor: Int32, output: ScriptOutput,
        answered: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        self.input = input
        self.options = options
        self.descriptor = descriptor
        self.output = output
        self.answered = answered
    }

    /// Has nothing further of the script handed in: ``run(_:)`` ends after the turn that runs, as at the end of input.
    ///
    /// Can be called from any task, also before the run.
    public func stop() { stopping.come() }

    /// Runs the script to its end; throws ``ScriptFailure`` when something in it did not go well.
    ///
    /// It begins in the session of the options and goes to others with `/attach`.
    public func run(_ core: any Core) async throws {
        let player = ScriptPlayer(core: core, options: options, output: output, answered: answered)
        let lines = ScriptLines(descriptor: descriptor, stop: stopping)
        var assembler = InputAssembler()
        do {
            async let _ = player.tell(options.news)
            var next: SessionID? = options.session
            while let session = next {
                let events = try await core.lastingEvents(of: session)
                next = try await withThrowingDiscardingTaskGroup { group in
                    // First of all the greeting; what happens meanwhile waits in the stream.
                    try await player.begin(in: session)
                    group.addTask { await player.follow(events) }
                    let next = try await play(player, lines, &assembler)
                    group.cancelAll()
                    return next
                }
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

    /// Returns the session in which the rest is played; nil when there is none.
    private func play(
        _ player: ScriptPlayer, _ lines: ScriptLines, _ assembler: inout InputAssembler
    ) async throws -> SessionID? {
        switch input {
        case .message(let text):
            if !stopping.hasCome { try await player.say(text) }
            return nil
        case .standardInput:
            return try await playLines(player, lines, &assembler)
        }
    }

    /// All of standard input as one text, repaired like the lines of a script.
    public static func restOfStandardInput() async throws -> String {
        try await ScriptLines(descriptor: STDIN_FILENO).rest()
    }

    private func playLines(
        _ player: ScriptPlayer, _ lines: ScriptLines, _ assembler: inout InputAssembler
    ) async throws -> SessionID? {
        var isOver = false
        while !isOver {
            if options.stopsAtFailure, await player.hasFailed { return nil }
            let text: String?
            do {
                let line = try await lines.next()
                isOver = line == nil
                text = line.map { assembler.add($0) } ?? assembler.finish()
            } catch is ScriptLines.TooLong {
                try await player.refuse("a line of more than \(ScriptLines.limit >> 20) MB was left out")
                continue
            }
            guard !stopping.hasCome else { return nil }
            guard let text, !text.allSatisfy(\.isWhitespace) else { continue }
            switch try await player.enter(text) {
            case .goesOn: continue
            case .attaches(let session): return session
            case .leaves: return nil
            }
        }
        return nil
    }
}
