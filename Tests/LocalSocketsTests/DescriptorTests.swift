import Foundation
import LocalSockets
import TestSupport
import Testing

/// Alone in counting this process's descriptors: others come and go meanwhile, but not by the hundred.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DescriptorTests {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
    func `five hundred connections leave no descriptor behind`() async throws {
        let place = try Place()
        let listener = try LocalListener(at: place.socket)
        var connections = listener.connections.makeAsyncIterator()
        let before = try socketCount()
        for round in 0..<500 {
            let client = try LocalSocket.connect(to: place.socket)
            let server = try #require(try await connections.next())
            let reading = Task { try await server.readAll() }
            switch round % 5 {
            case 0: client.close()
            case 1: client.finish()
            case 2: server.close()
            case 3: reading.cancel()
            default: try await client.write(Data("x".utf8)); client.close()
            }
            _ = await reading.result
        }
        listener.close()
        // Sockets of suites that run meanwhile are few; a leak here would be hundreds.
        _ = try await eventually("the descriptors are closed") { try socketCount() < before + 450 ? true : nil }
        #expect(try socketCount() < before + 450)
    }
}
