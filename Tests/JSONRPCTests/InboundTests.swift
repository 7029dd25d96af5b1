import Foundation
import TestSupport
import Testing

@testable import JSONRPC

@Suite struct InboundTests {
    @Test(arguments: [
        (#"{"id":1,"result":{}}"#, Inbound.response(id: .number(1))),
        (#"{"id":"a","result":null}"#, .response(id: .string("a"))),
        (#"{"jsonrpc":"2.0","id":1,"result":{},"error":null}"#, .response(id: .number(1))),
        (#"{"id":1}"#, .response(id: .number(1))),
        (#"{"method":"m","params":{}}"#, .notification(method: "m")),
        (#"{"method":"m","id":null}"#, .notification(method: "m")),
        (#"{"method":"m","id":0,"result":1,"error":{"code":1,"message":"x"}}"#, .request(id: .number(0), method: "m")),
        (
            #"{"id":1,"error":{"code":-32600,"message":"no"}}"#,
            .failure(id: .number(1), RPCError(code: .invalidRequest, message: "no"))
        ),
        (
            #"{"id":null,"error":{"code":-32700,"message":"no"}}"#,
            .failure(id: nil, RPCError(code: .parseError, message: "no"))
        ),
        (
            #"{"id":1,"error":{"code":-32602,"message":"no","data":{"a":[1,1.5,true,null]}}}"#,
            .failure(
                id: .number(1),
                RPCError(code: .invalidParams, message: "no", data: ["a": [1, 1.5, true, nil]]))
        ),
        (
            #"{"id":1,"error":"text"}"#,
            .failure(id: .number(1), RPCError(code: .internalError, message: "an error in a shape of its own"))
        ),
    ])
    func `tells the shapes apart, the method first`(line: String, expected: Inbound) throws {
        #expect(try JSONDecoder().decode(Inbound.self, from: Data(line.utf8)) == expected)
    }

    @Test(arguments: [
        "", "x", "[]", "1", "null", "{}", #"{"id":null}"#, #"{"id":1.5,"method":"m"}"#, #"{"id":true,"result":1}"#,
        #"{"method":1}"#, #"{"id":1,"result":1"#, #"{"id":99999999999999999999,"result":1}"#, "\u{1B}[2mINFO\u{1B}[0m",
    ])
    func `refuses what is no message`(line: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Inbound.self, from: Data(line.utf8)) }
    }

    @Test func `damaged messages are refused or understood, never fatal`() async {
        let seed = UInt64.random(in: .min ... .max)
        print("InboundTests: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let whole = Array(#"{"jsonrpc":"2.0","id":"a\u00e9","method":"m","error":{"code":-1,"message":"é"}}"#.utf8)
        for _ in 0..<3000 {
            await Task.yield()
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes.prefix(place), at: place)
                }
            }
            do {
                _ = try JSONDecoder().decode(Inbound.self, from: Data(bytes))
            } catch {
                #expect(error is DecodingError, "seed \(seed): \(error)")
            }
        }
    }
}
