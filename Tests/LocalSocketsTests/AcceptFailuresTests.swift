import Testing

@testable import LocalSockets

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct AcceptFailuresTests {
    @Test(arguments: [EINTR, ECONNABORTED]) func `a client that went at once is passed over`(errno: Int32) {
        var failures = AcceptFailures()
        #expect(failures.after(errno) == .next)
        #expect(failures.after(EAGAIN) == .wait)
    }

    @Test(arguments: [EMFILE, ENFILE]) func `a lack of descriptors is waited out, longer each time, and said once`(
        errno: Int32
    ) {
        var failures = AcceptFailures()
        let message = "no client can be accepted now: \(String(cString: strerror(errno)))"
        #expect(failures.after(errno) == .backOff(.milliseconds(50), message: message))
        #expect(failures.after(errno) == .backOff(.milliseconds(100), message: nil))
        for _ in 0..<10 { _ = failures.after(errno) }
        #expect(failures.after(errno) == .backOff(.seconds(1), message: nil))
        failures.succeeded()
        #expect(failures.after(errno) == .backOff(.milliseconds(50), message: message))
    }

    @Test func `what will not pass is an error`() {
        var failures = AcceptFailures()
        #expect(failures.after(EBADF) == .fail && failures.after(EINVAL) == .fail)
    }
}
