import Control
import Foundation
import JSONRPC
import TestSupport
import Testing

/// Calls beside each other, calls that are given up, and what arrives in pieces.
@Suite(.timeLimit(.minutes(5))) struct MCPConversationTests {
    @Test func `calls run beside each other`() async throws {
        let gate = Gate()
        let tools = ScriptedTools(called: { name, _ in
            if name == "slow" { try await gate.pass() } else { gate.open() }
            return ToolAnswer(text: name)
        })
        try await MCPPeer.play(tools) { peer in
            // The first can only be answered when the second one runs.
            peer.say(#"{"id":1,"method":"tools/call","params":{"name":"slow"}}"#)
            peer.say(#"{"id":2,"method":"tools/call","params":{"name":"quick"}}"#)
            let answers = [try await peer.hear(), try await peer.hear()]
            #expect(Set(answers.compactMap(\.words)) == ["slow", "quick"])
            for answer in answers { #expect(answer["id"] == (answer.words == "slow" ? 1 : 2)) }
        }
    }

    @Test func `a call that is given up ends, and is not answered`() async throws {
        let (ended, end) = AsyncStream<Bool>.makeStream(), (begun, begin) = AsyncStream<Void>.makeStream()
        let tools = ScriptedTools(called: { _, _ in
            begin.yield()
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                end.yield(error is CancellationError)
                throw error
            }
            return ToolAnswer(text: "late")
        })
        try await MCPPeer.play(tools) { peer in
            peer.say(#"{"id":"a","method":"tools/call","params":{"name":"wait"}}"#)
            _ = await begun.first { _ in true }
            peer.say(#"{"method":"notifications/cancelled","params":{"requestId":"a","reason":"no more"}}"#)
            let wasCancelled = await ended.first { _ in true }
            #expect(wasCancelled == true)
            // Nothing comes before the answer to the next one.
            let answer = try await peer.ask("ping")
            #expect(answer["result"] == [:])
        }
    }

    @Test func `the end of the input ends the server, and its calls`() async throws {
        let (ended, end) = AsyncStream<Void>.makeStream(), (begun, begin) = AsyncStream<Void>.makeStream()
        let (silence, _) = AsyncStream<Void>.makeStream()
        let tools = ScriptedTools(called: { _, _ in
            begin.yield()
            defer { end.yield() }
            try await Task.sleep(for: .seconds(3600))
            return ToolAnswer(text: "late")
        })
        try await MCPPeer.play(tools, changes: silence) { peer in
            peer.say(#"{"id":1,"method":"tools/call","params":{"name":"wait"}}"#)
            _ = await begun.first { _ in true }
        }
        _ = await ended.first { _ in true }
    }

    @Test func `an agent that is ready for it is told of other tools`() async throws {
        let (changes, change) = AsyncStream<Void>.makeStream()
        try await MCPPeer.play(changes: changes) { peer in
            _ = try await peer.ask("initialize")
            peer.say(#"{"method":"notifications/initialized"}"#)
            // What was said before was taken when this is answered.
            _ = try await peer.ask("ping")
            change.yield()
            let told = try await peer.hear()
            #expect(told["method"] == "notifications/tools/list_changed")
            #expect(told["id"] == nil)
            change.finish()
            let answer = try await peer.ask("ping")
            #expect(answer["result"] == [:])
        }
    }

    @Test func `the lines of an agent are the same in pieces of any size`() async throws {
        let exchange = Self.exchange
        let whole = try await answers(to: [Data(exchange.utf8)])
        #expect(whole.count == 4)
        #expect(whole.contains { $0["id"] == 3 && $0.words == "status" })
        // Larger ones hold whole lines, as the whole does.
        for size in 1...120 {
            let bytes = Array(exchange.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Data(bytes[$0..<min($0 + size, bytes.count)])
            }
            let answers = try await answers(to: pieces)
            #expect(answers == whole, "in pieces of \(size) bytes")
        }
    }

    /// What Codex 0.163 says, shortened, and a ping.
    private static let exchange = """
        {"id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}}}
        {"method":"notifications/initialized"}

        {"id":1,"method":"tools/list","params":{"_meta":{"progressToken":0}}}
        {"id":"p","method":"ping"}
        {"id":3,"method":"tools/call","params":{"_meta":{"callId":"é"},"name":"status","arguments":{}}}

        """

    /// The answers to what comes in `pieces`, sorted.
    private func answers(to pieces: [Data]) async throws -> [JSONValue] {
        let (chunks, chunk) = AsyncThrowingStream<Data, any Error>.makeStream()
        let (lines, line) = AsyncStream<Data>.makeStream()
        let transport = StreamTransport(reading: chunks) {
            line.yield($0)
        } finish: {
        }
        let tools = ScriptedTools(called: { name, _ in ToolAnswer(text: name) })
        let server = MCPServer(name: "cm", version: "1", source: tools)
        for piece in pieces { chunk.yield(piece) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(over: transport) }
            var answers: [String: JSONValue] = [:]
            for await line in lines {
                let answer = try JSONDecoder().decode(JSONValue.self, from: line)
                answers["\(answer["id"] ?? .null)"] = answer
                if answers.count == 4 { break }
            }
            chunk.finish()
            try await group.waitForAll()
            return answers.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}
