import Foundation
import JSONRPC
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServingTests {
    @Test func `an unknown request is refused and an unknown notification ignored`() async throws {
        try await withPeer { _, peer in
            peer.say(#"{"method":"nobody/knows","params":{"x":1}}"#)
            peer.say(#"{"id":0,"method":"nobody/asks"}"#)
            let answer = try #require(try await peer.hear())
            #expect(answer.id == .number(0))
            #expect(answer.error == .methodNotFound("nobody/asks"))
        }
    }

    @Test func `parameters that do not fit are refused without quoting them`() async throws {
        try await withPeer(.echo) { _, peer in
            peer.say(#"{"id":"x","method":"echo","params":{"text":["secret"]}}"#)
            let error = try #require(try await peer.hear()?.error)
            #expect(error == RPCError(code: .invalidParams, message: "echo: params.text is not of type String"))
        }
    }

    @Test func `missing parameters read like empty ones`() async throws {
        var methods = MethodTable()
        methods.on(Sleep.self) { _ in Empty() }
        try await withPeer(methods) { _, peer in
            peer.say(#"{"id":3,"method":"sleep"}"#)
            let answer = try await peer.hear()
            #expect(answer?.result == [:])
        }
    }

    @Test func `an error of a method reaches the peer`() async throws {
        struct Broken: Error {}
        var methods = MethodTable()
        methods.on(Echo.self) { echo in
            if echo.text == "ours" { throw Broken() }
            throw RPCError(code: .init(rawValue: 7), message: "theirs")
        }
        try await withPair(serving: methods) { client, _ in
            await #expect(throws: RPCError(code: .internalError, message: "Broken()")) {
                try await client.send(Echo(text: "ours"))
            }
            await #expect(throws: RPCError(code: .init(rawValue: 7), message: "theirs")) {
                try await client.send(Echo(text: ""))
            }
        }
    }

    @Test func `everything not registered arrives undecoded, in order, at one handler`() async throws {
        let (heard, tell) = AsyncStream<String>.makeStream()
        var methods = MethodTable()
        methods.on(Say.self) { tell.yield("typed \($0.number)") }
        methods.onEverythingElse { incoming in
            switch incoming {
            case .notification(let message): tell.yield("notification \(message.method)")
            case .request(let message, let reply): tell.yield("request \(message.method) \(reply.id)")
            }
            return true
        }
        try await withPeer(methods) { _, peer in
            var expected: [String] = []
            for number in 0..<50 {
                peer.say(#"{"method":"say","params":{"number":\#(number)}}"#)
                peer.say(#"{"method":"item/delta","params":{"text":"x"}}"#)
                peer.say(#"{"method":"item/ask","id":\#(number),"params":{}}"#)
                peer.say(#"{"method":"say","params":{"number":"a notification that does not decode"}}"#)
                expected += ["typed \(number)", "notification item/delta", "request item/ask \(number)"]
            }
            var arrived: [String] = []
            for await line in heard.prefix(expected.count) { arrived.append(line) }
            #expect(arrived == expected)
        }
    }

    @Test func `a request taken undecoded is answered later, and once`() async throws {
        struct Decision: Encodable { var decision: String }
        let (asked, ask) = AsyncStream<(IncomingMessage, Reply)>.makeStream()
        var methods = MethodTable()
        methods.onEverythingElse { incoming in
            guard case .request(let message, let reply) = incoming, message.method != "other" else { return false }
            ask.yield((message, reply))
            return true
        }
        try await withPeer(methods) { _, peer in
            peer.say(#"{"id":0,"method":"approve","params":{"text":"rm"}}"#)
            peer.say(#"{"id":1,"method":"other"}"#)
            #expect(try await peer.hear()?.error?.code == .methodNotFound)
            var iterator = asked.makeAsyncIterator()
            let (message, reply) = try #require(await iterator.next())
            #expect(try message.params(as: Echo.self).text == "rm")
            #expect(try reply.send(Decision(decision: "accept")))
            #expect(try !reply.refuse(.methodNotFound("approve")))
            let answer = try #require(try await peer.hear())
            #expect(answer.id == .number(0) && answer.result == ["decision": "accept"])
        }
    }

    @Test func `a reply after the end is dropped`() async throws {
        let (asked, ask) = AsyncStream<Reply>.makeStream()
        var methods = MethodTable()
        methods.onEverythingElse { incoming in
            if case .request(_, let reply) = incoming { ask.yield(reply) }
            return true
        }
        let (left, right) = PipeEnd.pair()
        let connection = Connection(methods: methods)
        right.write(#"{"id":0,"method":"approve"}"#)
        right.finish()
        try await connection.run(over: left)
        var iterator = asked.makeAsyncIterator()
        let reply = try #require(await iterator.next())
        #expect(try !reply.send(Empty()))
    }
}
