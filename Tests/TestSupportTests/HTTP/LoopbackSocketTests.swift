import Testing

@testable import TestSupport

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct LoopbackSocketTests {
    @Test func `no descriptor goes to a child`() throws {
        let (listening, port) = try #require(LoopbackSocket.listen(on: 0))
        let client = LoopbackSocket.connect(to: port)
        let server = LoopbackSocket.accept(listening)
        let (reading, writing) = try #require(LoopbackSocket.pair())
        for number in [listening, client, server, reading, writing] {
            #expect(number >= 0 && fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
            close(number)
        }
    }

    @Test func `a port that is taken cannot be had twice`() throws {
        let (listening, port) = try #require(LoopbackSocket.listen(on: 0))
        defer { close(listening) }
        #expect(LoopbackSocket.listen(on: port) == nil)
    }

    @Test func `a peer that closes is noticed, also with bytes of it unread`() throws {
        let (listening, port) = try #require(LoopbackSocket.listen(on: 0))
        defer { close(listening) }
        let client = LoopbackSocket.connect(to: port)
        let server = LoopbackSocket.accept(listening)
        defer { close(server) }
        #expect(LoopbackSocket.send(client, [1, 2, 3]))
        #expect(!LoopbackSocket.isGone(server))
        close(client)
        #expect(LoopbackSocket.isGone(server))
    }
}
