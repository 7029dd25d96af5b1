import Testing

@testable import LocalSockets

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(5))) struct WatchTests {
    /// Two descriptors, of which nothing is there to be read.
    private func withPipe(_ body: (_ reading: Int32, _ writing: Int32) async throws -> Void) async throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        try await body(ends[0], ends[1])
    }

    @Test func `a wait that was ended before it began ends`() async throws {
        try await withPipe { reading, _ in
            let watch = Watch(.reading, of: reading)
            watch.end()
            await watch.run()
        }
    }

    @Test func `a wait ends when a byte comes, and when there is room`() async throws {
        try await withPipe { reading, writing in
            await Watch(.writing, of: writing).run()
            let watch = Watch(.reading, of: reading)
            async let run: Void = watch.run()
            _ = write(writing, "x", 1)
            await run
        }
    }

    @Test func `the last user of a descriptor closes it, and nobody begins after closing`() async throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        let descriptor = Descriptor(ends[0])
        let isOpenInside = descriptor.use { number in
            descriptor.close()
            return fcntl(number, F_GETFD) >= 0
        }
        #expect(isOpenInside == true && !descriptor.isOpen)
        #expect(descriptor.use { $0 } == nil)
        try await descriptor.ready(for: .reading)
    }
}
