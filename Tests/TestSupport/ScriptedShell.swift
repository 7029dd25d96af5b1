public import Conversation
import Synchronization

/// An agent that does what the test says.
///
/// A class with a lock, because turns of several sessions and the test use it at the same time.
public final class ScriptedShell: AgentShell {
    /// The steps of a turn; may wait, and may throw what ``AgentThread/run(_:)`` is to throw.
    public typealias Script = @Sendable (TurnRequest) async throws -> [ScriptedStep]

    /// What the core asked of the agent.
    public enum Call: Hashable, Sendable {
        /// It opened a thread, to go on with this one.
        case open(SessionID, resume: String?)
        case run(String)
        case steer(String)
        case interrupt
        case answer(String, ApprovalDecision)
        /// It closed the thread of an errand.
        case close
    }

    /// What people choose it by.
    public let name: String
    /// Whether it plays the roles of plan mode.
    public let playsRoles: Bool
    /// Whether it answers by rules.
    public let answersByRules: Bool
    private let preparing: @Sendable () async throws -> Void
    private let opening: @Sendable (ThreadRequest) async throws -> String?
    private let steering: @Sendable (String) async throws -> Void
    private let script: Script
    private let made = Mutex<[Call]>([])
    private let opened = Mutex<[ThreadRequest]>([])

    /// Creates an agent that plays `script` for each turn.
    ///
    /// `open` returns the id of the thread it opens: by default the one asked for, else `thread of SESSION`. `steer`
    /// is called with each text for the running turn; what it throws refuses the text.
    public init(
        _ name: String = "scripted", playsRoles: Bool = true, answersByRules: Bool = false,
        prepare: @escaping @Sendable () async throws -> Void = {},
        open: @escaping @Sendable (ThreadRequest) async throws -> String? = { $0.resume ?? "thread of \($0.session)" },
        steer: @escaping @Sendable (String) async throws -> Void = { _ in }, script: @escaping Script
    ) {
        self.name = name
        self.playsRoles = playsRoles
        self.answersByRules = answersByRules
        steering = steer
        preparing = prepare
        opening = open
        self.script = script
    }

    /// Creates an agent that plays `turns` in order; each further one is refused.
    public convenience init(
        _ name: String = "scripted", playsRoles: Bool = true, answersByRules: Bool = false, turns: [[ScriptedStep]]
    ) {
        let left = Queue(turns)
        self.init(name, playsRoles: playsRoles, answersByRules: answersByRules) { request in
            guard let steps = left.next() else {
                throw AgentError(.refused, "no turn is scripted for “\(request.text)”")
            }
            return steps
        }
    }

    /// All that the core asked so far, in order.
    public var calls: [Call] { made.withLock { $0 } }
    /// The texts of the turns so far.
    public var texts: [String] { calls.compactMap { if case .run(let text) = $0 { text } else { nil } } }

    /// The answers to its requests so far.
    public var answers: [ApprovalDecision] {
        calls.compactMap { if case .answer(_, let answer) = $0 { answer } else { nil } }
    }

    /// With what the core opened its threads, in order.
    public var requests: [ThreadRequest] { opened.withLock { $0 } }

    /// Does what the test said.
    public func prepare() async throws { try await preparing() }

    /// Opens a thread.
    public func open(_ request: ThreadRequest) async throws -> any AgentThread {
        note(.open(request.session, resume: request.resume))
        opened.withLock { $0.append(request) }
        return ScriptedThread(id: try await opening(request), of: self, script: script)
    }

    /// Always ready.
    public func status() async -> ShellStatus { ShellStatus(name: name, isRunning: true, isReady: true) }

    func steer(_ text: String) async throws {
        note(.steer(text))
        try await steering(text)
    }

    func note(_ call: Call) { made.withLock { $0.append(call) } }
}

/// The turns left to play.
///
/// A class with a lock, because the script is a closure that all threads share.
private final class Queue: Sendable {
    private let turns: Mutex<ArraySlice<[ScriptedStep]>>

    init(_ turns: [[ScriptedStep]]) { self.turns = Mutex(turns[...]) }

    func next() -> [ScriptedStep]? { turns.withLock { $0.popFirst() } }
}
