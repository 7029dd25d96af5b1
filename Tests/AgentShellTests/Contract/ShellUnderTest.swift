import Conversation
import Testing

@testable import AgentShell

/// An agent that the contract is checked against.
///
/// The contract knows an agent by nothing but this.
struct ShellUnderTest: Sendable, CustomTestStringConvertible {
    /// What not every agent can do.
    ///
    /// One without an ability has to show what it does instead.
    enum Ability: CaseIterable {
        /// Shows an answer while it is made.
        case streams
        /// Runs commands and changes files.
        case acts
        /// Tells what it does: each command and each file.
        case tells
        /// Asks before it acts.
        case asks
        /// Takes text into a running turn.
        case steers
        /// Answers with a model of a provider, which can fail.
        case provider
        /// Is a program of its own, which can die.
        case process
        /// Has its process between turns, too.
        case persists
        /// Calls tools that it is given.
        case tools
    }

    /// What it knows in a new process of what was said before.
    enum Memory {
        /// All of it: the thread goes on.
        case thread
        /// The end of it: a new thread begins with a digest.
        case digest
        /// Nothing, not even in the same process.
        case none
    }

    let name: String
    let abilities: Set<Ability>
    let memory: Memory
    /// Makes a world for one test.
    let world: @Sendable () async throws -> ContractWorld

    var testDescription: String { name }

    func can(_ ability: Ability) -> Bool { abilities.contains(ability) }
}

/// What an agent is asked to do.
enum Deed: Sendable {
    /// Say something about this.
    case say(String)
    /// Say something for a minute.
    case talk
    /// Say something for about two seconds.
    case chat
    /// Add a line to this file by a command.
    case command(String)
    /// Make this file, with the one line `CONTENT`, without a command.
    case file(String)
    /// Run a command for a minute, `sleep 60`, that first makes the file `working`.
    case work
    /// Call this tool of the server `cm` with these arguments, an object in JSON.
    case tool(String, String)
    /// Run into this failure of the provider.
    case fail(ProviderFailure)
}

/// The failures of a provider that people have to tell apart.
enum ProviderFailure: String, CaseIterable, CustomTestStringConvertible {
    case unauthorized, tooManyRequests, serverError, droppedStream, contextOverflow

    var testDescription: String { rawValue }

    var kind: TurnError.Kind {
        switch self {
        case .unauthorized: .auth
        case .tooManyRequests: .rateLimit
        case .serverError, .droppedStream: .network
        case .contextOverflow: .context
        }
    }
}

/// How an agent is brought to a deed.
struct Errand: Sendable {
    /// What to say to it.
    let prompt: String
    /// Its last message then.
    var answer = ""
    /// What the title of its action contains.
    var title = ""
}
