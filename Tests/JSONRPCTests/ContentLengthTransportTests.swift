import Foundation
import JSONRPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct ContentLengthTransportTests {
    @Test func `cuts what arrives into messages and writes each with its size in front`() async throws {
        let (chunks, arrive) = AsyncStream<[UInt8]>.makeStream()
        let (written, write) = AsyncStream<Data>.makeStream()
        let transport = StreamTransport(
            reading: chunks, framing: ContentLengthFramer(), write: { write.yield($0) }, finish: { write.finish() })
        for chunk in ["Content-Le", "ngth: 2\r\n\r\n{", "}Content-Length: 3\r\n\r\n[1", "]Content-Length: 9\r\n\r\n{"] {
            arrive.yield(Array(chunk.utf8))
        }
        arrive.finish()
        let messages = try await transport.lines.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
        #expect(messages == ["{}", "[1]"])
        try await transport.write(Data("é".utf8))
        try await transport.finish()
        #expect(await written.reduce(into: Data()) { $0 += $1 } == Data("Content-Length: 2\r\n\r\né".utf8))
    }

    @Test func `a stray print ends the conversation with what was printed`() async throws {
        let (chunks, arrive) = AsyncStream<[UInt8]>.makeStream()
        let transport = StreamTransport(
            reading: chunks, framing: ContentLengthFramer(), write: { _ in }, finish: {})
        arrive.yield(Array("loading\n".utf8))
        let error = await #expect(throws: ContentLengthError.self) { try await Connection().run(over: transport) }
        #expect(error?.description == "the other side sent \"loading\" where the header of a message should be")
    }
}
