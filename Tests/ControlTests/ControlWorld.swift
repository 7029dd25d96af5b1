import Conversation
import Foundation
import JSONRPC
import LocalSockets
import Logging
import TestSupport
import Testing

@testable import Control

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A core and its server, with clients in this process.
struct ControlWorld: Sendable {
    /// The process that is taken for an agent's.
    static let agent: Int32 = 7
    static let session = SessionID(rawValue: "tty:agents")

    let hub: Hub
    let server: ControlServer

    init(
        _ hub: Hub, logger: Logger = Logger(label: "test"),
        _ change: (inout ControlServer.Configuration) -> Void = { _ in }
    ) {
        var configuration = ControlServer.Configuration(version: "1.2.3", host: ControlHost(pid: 4, kind: .chat))
        configuration.judge = { pid in
            pid == Self.agent ? .agent(reason: "process 7 was started by an agent") : .person
        }
        configuration.isKey = { key, session in key == "right" && session == Self.session }
        configuration.tools = { FixedTools(session: $0) }
        configuration.patience = .seconds(20)
        change(&configuration)
        self.hub = hub
        server = ControlServer(core: hub, configuration: configuration, logger: logger)
    }

    /// A core that plays `shell`, and its server, while `body` runs.
    static func run<Value: Sendable>(
        _ shell: ScriptedShell = ScriptedShell { .answer($0.text) }, journal: any Journal = InMemoryJournal(),
        _ change: (inout ControlServer.Configuration) -> Void = { _ in },
        _ body: (ControlWorld) async throws -> Value
    ) async throws -> Value {
        try await withHub(shell, journal: journal) { try await body(ControlWorld($0, change)) }
    }

    /// A client that has said who it is, while `body` runs.
    func withClient<Value: Sendable>(
        _ body: (ControlClient) async throws -> Value
    ) async throws -> Value {
        try await withStranger { client in
            try await client.initialize()
            return try await body(client)
        }
    }

    /// A client that has not said who it is, while `body` runs.
    func withStranger<Value: Sendable>(
        pid: Int32 = 1, uid: UInt32 = getuid(), _ body: (ControlClient) async throws -> Value
    ) async throws -> Value {
        let (near, far) = PipeEnd.pair()
        let client = ControlClient(over: near)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.serve(far, from: Peer(pid: pid, uid: uid)) }
            group.addTask {
                do {
                    try await client.run()
                } catch is CancellationError {
                    // The test is over.
                }
            }
            let value = try await body(client)
            group.cancelAll()
            return value
        }
    }

    /// A client that is nothing but its lines, while `body` runs.
    func withPeer<Value: Sendable>(
        pid: Int32 = 1, uid: UInt32 = getuid(), holding gate: Gate = Gate(isOpen: true),
        _ body: (RawPeer) async throws -> Value
    ) async throws -> Value {
        let (near, far) = PipeEnd.pair()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.serve(HeldTransport(end: far, gate: gate), from: Peer(pid: pid, uid: uid)) }
            let value = try await body(RawPeer(near))
            near.finish()
            group.cancelAll()
            return value
        }
    }
}

/// A transport whose events wait at a gate, as they do for a client that does not read.
struct HeldTransport: LineTransport {
    let end: PipeEnd
    let gate: Gate

    var lines: AsyncThrowingStream<Data, any Error> { end.lines }

    func write(_ line: Data) async throws {
        if String(decoding: line, as: UTF8.self).contains(#""method":"event""#) { try await gate.pass() }
        end.write(line)
    }

    func finish() { end.finish() }
}

/// Two tools that say whose they are.
struct FixedTools: ToolSource {
    let session: SessionID

    func tools() async throws -> [ToolDescription] {
        [ToolDescription(name: "who", description: "says whose tools these are")]
    }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        guard name == "who" else { throw ToolRefusal.unknown(name) }
        guard arguments["bad"] == nil else { throw ToolRefusal.invalid(name, "bad is no argument") }
        return ToolAnswer(text: "\(session)")
    }
}
