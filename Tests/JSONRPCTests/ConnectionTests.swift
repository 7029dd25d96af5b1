import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `answers reach the caller that asked`() async throws {
        try await withPair { client, _ in
            let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<200 {
                    group.addTask { (number, try await client.send(Echo(text: "\(number)")).text) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(texts.count == 200)
            #expect(texts.allSatisfy { "\($0.key)" == $0.value })
        }
    }

    @Test func `both sides may use the same identifier at once`() async throws {
        try await withPeer(.echo) { connection, peer in
            async let answer = connection.send(Echo(text: "ours"))
            let request = try #require(try await peer.hear())
            #expect(request.id == .number(1))
            peer.say(#"{"id":1,"method":"echo","params":{"text":"theirs"}}"#)
            let reply = try #require(try await peer.hear())
            #expect(reply.id == .number(1) && reply.result == ["text": "theirs"])
            peer.say(#"{"id":1,"result":{"text":"ours"}}"#)
            #expect(try await answer.text == "ours")
        }
    }

    @Test func `an answer without the protocol's version, or with a second copy, is taken once`() async throws {
        try await withPeer { connection, peer in
            async let answer = connection.send(Echo(text: "a"))
            _ = try await peer.hear()
            peer.say(#"{"id":1,"result":{"text":"first"}}"#)
            peer.say(#"{"id":1,"result":{"text":"second"}}"#)
            peer.say(#"{"id":77,"result":{"text":"to nobody"}}"#)
            #expect(try await answer.text == "first")
        }
    }

    @Test func `an error answer is thrown as it was sent`() async throws {
        try await withPeer { connection, peer in
            let call = Task { try await connection.send(Echo(text: "")) }
            _ = try await peer.hear()
            peer.say(#"{"id":1,"error":{"code":-32602,"message":"too large","data":{"kind":"input_too_large"}}}"#)
            let expected = RPCError(code: .invalidParams, message: "too large", data: ["kind": "input_too_large"])
            await #expect(throws: expected) { try await call.value }
        }
    }

    @Test(arguments: [
        (#"{"id":1,"result":{"text":5}}"#, "result.text is not of type String"),
        (#"{"id":1,"result":{}}"#, "result.text is missing"),
        (#"{"id":1}"#, "result is missing"),
    ])
    func `an answer of another shape names the method and the member, not the value`(
        line: String, detail: String
    ) async throws {
        try await withPeer { connection, peer in
            let call = Task { try await connection.send(Echo(text: "")) }
            _ = try await peer.hear()
            peer.say(line)
            let error = await #expect(throws: ConnectionError.self) { try await call.value }
            #expect(error?.code == .unexpectedResult)
            #expect(error?.description == "the answer to echo is not what was expected: \(detail)")
        }
    }

    @Test func `garbage between the messages is left out`() async throws {
        try await withPeer { connection, peer in
            async let answer = connection.send(Echo(text: ""))
            _ = try await peer.hear()
            for line in ["warning: no config", "{}", "[1]", "{\"id\":1,", "\u{0}\u{1B}[0m", "{\"method\":1}"] {
                peer.say(line)
            }
            peer.end.write(Data([0xFF, 0xFE, 0x00]))
            peer.say(#"{"id":1,"result":{"text":"still here"}}"#)
            #expect(try await answer.text == "still here")
        }
    }

    @Test func `a line of five megabytes passes both ways`() async throws {
        try await withPair { client, _ in
            let text = String(repeating: "é\u{2028}x", count: 1 << 20)
            let answer = try await client.send(Echo(text: text))
            #expect(answer.text == text)
        }
    }

    @Test func `notifications and requests leave in the order of the calls`() async throws {
        try await withPeer { connection, peer in
            for number in 0..<100 { try connection.notify(Say(number: number)) }
            for number in 0..<100 {
                #expect(try await peer.hear()?.params?["number"] == .integer(number))
            }
        }
    }

    @Test func `what is sent before the conversation runs goes out when it does`() async throws {
        let (left, right) = PipeEnd.pair()
        let connection = Connection()
        let peer = Peer(end: right)
        try connection.notify(Say(number: 1))
        async let run: Void = connection.run(over: left)
        #expect(try await peer.hear()?.method == "say")
        peer.end.finish()
        try await run
    }
}
