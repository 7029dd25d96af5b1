import Conversation
import Foundation
import JSONRPC
import Logging
import TestSupport
import Testing

@testable import AgentShell

/// Runs a process over a pipe while `body` plays the other end, up to the end of `body`.
func withCodexPeer(
    _ options: CodexOptions = CodexOptions(
        command: "codex", environment: [:], workingDirectory: "/", clientVersion: "0"),
    logger: Logger = Logger(label: "codex"), _ body: (ScriptedPeer, CodexProcess, ManualClock) async throws -> Void
) async throws {
    let clock = ManualClock()
    let process = CodexProcess(options: options, clock: clock, logger: logger)
    let (ours, theirs) = PipeEnd.pair()
    let peer = ScriptedPeer(theirs)
    await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await process.run(over: ours, ready: { _ in }, ending: {}) }
        defer { group.cancelAll() }
        await #expect(throws: Never.self) {
            peer.answer(try await peer.next("initialize"), "{}")
            try await body(peer, process, clock)
        }
    }
}

/// The other end of a connection, as the test plays it.
final class ScriptedPeer: Sendable {
    struct Request: Sendable {
        var id: JSONValue
        var params: JSONValue
    }

    struct Ended: Error {}

    private let end: PipeEnd

    init(_ end: PipeEnd) { self.end = end }

    /// The next request of this method; others are passed over.
    func next(_ method: String) async throws -> Request {
        for try await line in end.lines {
            let message = try JSONDecoder().decode(JSONValue.self, from: line)
            guard message["method"]?.text == method, let id = message["id"] else { continue }
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

    func answer(_ request: Request, _ result: String) { end.write(#"{"id":\#(number(request)),"result":\#(result)}"#) }

    /// Begins the turn `t1` of the thread `T`, as Codex does.
    func begin(_ request: Request) {
        answer(request, #"{"turn":{"id":"t1"}}"#)
        tell("turn/started", #"{"threadId":"T","turn":{"id":"t1"}}"#)
    }

    /// Tells that the model of the turn `t1` could not be reached, and is tried again.
    func retry(_ why: String) {
        let error = #"{"message":"\#(why)","codexErrorInfo":"other"}"#
        tell("error", #"{"threadId":"T","turnId":"t1","willRetry":true,"error":\#(error)}"#)
    }

    func refuse(_ request: Request, _ message: String) {
        end.write(#"{"id":\#(number(request)),"error":{"code":-32600,"message":"\#(message)"}}"#)
    }

    func tell(_ method: String, _ params: String) { end.write(#"{"method":"\#(method)","params":\#(params)}"#) }

    func ask(_ id: Int, _ method: String, _ params: String) {
        end.write(#"{"id":\#(id),"method":"\#(method)","params":\#(params)}"#)
    }

    /// Waits until all that was told has been taken: what arrives after it is answered after it.
    func settle() async throws {
        ask(9999, "nobody/knows", "{}")
        _ = try await nextAnswer(to: 9999)
    }

    /// Ends as a process does that dies.
    func leave() { end.finish() }

    private func number(_ request: Request) -> Int { if case .integer(let number) = request.id { number } else { -1 } }
}
