import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BadInputTests {
    @Test(arguments: [
        ("hello", RPCError.Code.parseError), ("{\"id\":1,", .parseError), ("\u{0}", .parseError),
        ("{\"a\":1}{\"b\":2}", .parseError), (String(repeating: "[", count: 100_000), .parseError),
        ("{}", .invalidRequest), ("1", .invalidRequest), ("null", .invalidRequest), ("\"text\"", .invalidRequest),
        (#"{"method":1}"#, .invalidRequest), (#"{"id":1.5,"method":"echo"}"#, .invalidRequest),
        (#"{"id":1}"#, .invalidRequest), (#"{"id":null}"#, .invalidRequest),
        (#"[{"id":1,"method":"echo"}]"#, .invalidRequest), ("[]", .invalidRequest),
    ])
    func `a line that is no message is answered, and the conversation goes on`(
        line: String, code: RPCError.Code
    ) async throws {
        try await withPeer(.echo, manners: .init(answersBadInput: true)) { _, peer in
            peer.say(line)
            let answer = try #require(try await peer.hear())
            #expect(answer.error?.code == code && answer.id == nil)
            peer.say(#"{"id":"next","method":"echo","params":{"text":"x"}}"#)
            let next = try #require(try await peer.hear())
            #expect(next.id == .string("next") && next.result == ["text": "x"])
        }
    }

    @Test func `the answer says null for the identifier, and what is wrong with a batch`() async throws {
        let (left, right) = PipeEnd.pair()
        let run = Task { try await Connection(manners: .init(answersBadInput: true)).run(over: left) }
        right.write("[]")
        var lines = right.lines.makeAsyncIterator()
        let answer = try #require(try await lines.next())
        let object = try #require(try JSONSerialization.jsonObject(with: answer) as? [String: Any])
        #expect(object["id"] is NSNull && object["jsonrpc"] as? String == "2.0")
        #expect(String(decoding: answer, as: UTF8.self).contains("a batch, which is not supported"))
        right.finish()
        try await run.value
    }

    @Test func `answers and notifications are never answered`() async throws {
        try await withPeer(.echo, manners: .init(answersBadInput: true)) { _, peer in
            peer.say(#"{"id":77,"result":null}"#)
            peer.say(#"{"id":77,"error":"text"}"#)
            peer.say(#"{"id":null,"error":{"code":-32700,"message":"no"}}"#)
            peer.say(#"{"method":"unknown"}"#)
            peer.say(#"{"id":1,"method":"echo","params":{"text":"x"}}"#)
            let first = try await peer.hear()
            #expect(first?.id == .number(1))
        }
    }

    @Test func `a line past the limit is answered with the limit, and ends the conversation`() async throws {
        let (chunks, arrive) = AsyncStream<[UInt8]>.makeStream()
        let (written, write) = AsyncStream<Data>.makeStream()
        let transport = StreamTransport(
            reading: chunks, limit: 10, write: { write.yield($0) }, finish: { write.finish() })
        let connection = Connection(manners: .init(answersBadInput: true))
        try connection.notify(Say(number: 1))
        arrive.yield([UInt8](repeating: 0x20, count: 11))
        await #expect(throws: LineFramer.LineTooLong(limit: 10)) { try await connection.run(over: transport) }
        let said = await written.reduce(into: "") { $0 += String(decoding: $1, as: UTF8.self) }
        let lines = said.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.contains("-32600") == true)
        #expect(lines.last?.contains("a line may have at most 10 bytes") == true)
    }

    @Test func `a line past the limit ends the conversation also with a peer that does not read`() async throws {
        struct Deaf: LineTransport {
            let lines = AsyncThrowingStream<Data, any Error> { $0.finish(throwing: LineFramer.LineTooLong(limit: 10)) }
            let gate = Gate()
            func write(_ line: Data) async throws { try await gate.pass() }
            func finish() {}
        }
        let connection = Connection(manners: .init(answersBadInput: true))
        await #expect(throws: LineFramer.LineTooLong(limit: 10)) {
            try await connection.run(over: Deaf(), patience: .milliseconds(1))
        }
    }
}
