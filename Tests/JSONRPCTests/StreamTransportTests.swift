import Foundation
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTransportTests {
    @Test func `cuts what arrives into lines and ends each written line with one LF`() async throws {
        let (chunks, arrive) = AsyncStream<[UInt8]>.makeStream()
        let (written, write) = AsyncStream<Data>.makeStream()
        let transport = StreamTransport(
            reading: chunks, write: { write.yield($0) }, finish: { write.finish() })
        for chunk in ["{\"a\"", ":1}\n{}\n", "\n", "unfinished"] { arrive.yield(Array(chunk.utf8)) }
        arrive.finish()
        let lines = try await transport.lines.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
        #expect(lines == ["{\"a\":1}", "{}"])
        try await transport.write(Data("x".utf8))
        try await transport.finish()
        #expect(await written.reduce(into: Data()) { $0 += $1 } == Data("x\n".utf8))
    }

    @Test func `a line past the limit ends the conversation with the reason`() async throws {
        let (chunks, arrive) = AsyncStream<[UInt8]>.makeStream()
        let transport = StreamTransport(reading: chunks, limit: 10, write: { _ in }, finish: {})
        arrive.yield([UInt8](repeating: 0x20, count: 11))
        await #expect(throws: LineFramer.LineTooLong(limit: 10)) { try await Connection().run(over: transport) }
    }
}
