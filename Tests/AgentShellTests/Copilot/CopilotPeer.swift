import Conversation
import Foundation
import JSONRPC
import Logging
import TestSupport
import Testing

@testable import AgentShell

/// The other end of a Copilot process, as the test plays it.
final class CopilotPeer: Sendable {
    struct Request: Sendable {
        var id: Int
        var params: JSONValue
    }

    private struct Ended: Error {}

    /// What the process told of itself when it was ready; ends with the process.
    let ready: AsyncStream<String>
    private let told: AsyncStream<String>.Continuation
    private let end: PipeEnd

    private init(_ end: PipeEnd) {
        self.end = end
        (ready, told) = AsyncStream.makeStream()
    }

    /// Runs a process over a pipe while `body` plays the other end.
    ///
    /// Returns what ended the process, when that was not the end of `body`.
    @discardableResult static func play(
        _ body: @Sendable (CopilotPeer, CopilotProcess, ManualClock) async throws -> Void
    ) async throws -> (any Error)? {
        try await play(by: ManualClock(), body)
    }

    /// The same by another clock.
    @discardableResult static func play<C: Clock<Duration>>(
        by clock: C, _ body: @Sendable (CopilotPeer, CopilotProcess, C) async throws -> Void
    ) async throws -> (any Error)? {
        let options = CopilotOptions(command: "copilot", environment: [:], workingDirectory: "/project")
        let process = CopilotProcess(options: options, clock: clock, logger: Logger(label: "copilot"))
        let (ours, theirs) = PipeEnd.pair()
        let peer = CopilotPeer(theirs)
        return try await withThrowingTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                defer { peer.told.finish() }
                do {
                    try await process.run(over: ours, ready: { peer.told.yield($0) }, ending: {})
                } catch {
                    return error
                }
                return nil
            }
            defer { group.cancelAll() }
            try await body(peer, process, clock)
            theirs.finish()
            return try await group.next() ?? nil
        }
    }

    /// Answers the handshake.
    func shakeHands() async throws {
        answer(try await next("connect"), ["ok": true, "protocolVersion": 3, "version": "1.0.57"])
        _ = await ready.first { _ in true }
    }

    /// A thread of a new session.
    func open(in process: CopilotProcess) async throws -> CopilotThread {
        async let opened = process.open(ThreadRequest(session: .test, resume: nil, operations: NoOperations()))
        answer(try await next("session.create"))
        return try await opened
    }

    /// Begins a turn of `thread`.
    func begin(_ thread: CopilotThread) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
        async let started = thread.run(TurnRequest(text: "go"))
        answer(try await next("session.send"))
        tell(thread, "user.message", ["content": "go"])
        let stream = try await started
        try await settle()
        return stream
    }

    /// Waits until all that was told has been taken: what arrives after it is answered after it.
    func settle() async throws {
        ask(9999, "nobody.knows", [:])
        _ = try await nextAnswer(to: 9999)
    }

    /// The next request of this method; others are passed over.
    func next(_ method: String) async throws -> Request {
        for try await line in end.lines {
            let message = try JSONDecoder().decode(JSONValue.self, from: line)
            guard message["method"]?.text == method, case .integer(let id)? = message["id"] else { continue }
            return Request(id: id, params: message["params"] ?? [:])
        }
        throw Ended()
    }

    /// The whole answer to the request `id`; other messages are passed over.
    func nextAnswer(to id: Int) async throws -> JSONValue {
        for try await line in end.lines {
            let message = try JSONDecoder().decode(JSONValue.self, from: line)
            if message["id"] == .integer(id), message["method"] == nil { return message }
        }
        throw Ended()
    }

    func answer(_ request: Request, _ result: JSONValue = [:]) {
        write(["id": .integer(request.id), "result": result])
    }

    func refuse(_ request: Request, _ message: String, code: Int = -32603) {
        write(["id": .integer(request.id), "error": ["code": .integer(code), "message": .string(message)]])
    }

    /// Tells an event of the session of `thread`.
    func tell(_ thread: CopilotThread, _ type: String, _ data: JSONValue = [:]) {
        let event: JSONValue = ["type": .string(type), "data": data]
        write(["method": "session.event", "params": ["sessionId": .string(thread.sessionID), "event": event]])
    }

    /// Asks something of its own.
    func ask(_ id: Int, _ method: String, _ params: JSONValue) {
        write(["id": .integer(id), "method": .string(method), "params": params])
    }

    private func write(_ message: JSONValue) {
        // What is made of JSON values can be written as JSON.
        if let line = try? JSONEncoder().encode(message) { end.write(line) }
    }
}
