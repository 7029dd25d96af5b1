import Foundation
import LocalSockets
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct ServiceNotifierTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test func `the manager is told by datagrams`() throws {
        let manager = try Manager(at: place.socket)
        let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": place.socket]))
        #expect(notifier.send(.ready, .status("two\nlines\r\nSTOPPING=1")))
        #expect(manager.next() == "READY=1\nSTATUS=two lines STOPPING=1")
        #expect(notifier.send(.watchdog))
        #expect(manager.next() == "WATCHDOG=1")
        #expect(notifier.send(.stopping))
        #expect(manager.next() == "STOPPING=1")
        #expect(notifier.watchdogInterval == nil)
    }

    #if os(Linux)
        @Test func `the manager may have a name without a file`() throws {
            let name = "cm-test-\(UInt64.random(in: .min ... .max))"
            let manager = try Manager(at: "\0" + name)
            let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": "@" + name]))
            #expect(notifier.send(.ready))
            #expect(manager.next() == "READY=1")
        }
    #endif

    @Test func `a manager that does not read, or has gone, holds up nobody`() throws {
        let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": place.socket]))
        #expect(!notifier.send(.ready))
        let manager = try Manager(at: place.socket)
        let text = String(repeating: "x", count: 10_000)
        let sent = (0..<10_000).prefix { _ in notifier.send(.status(text)) }
        #expect(!sent.isEmpty && sent.count < 10_000)
        _ = manager.next()
    }

    @Test(arguments: [nil, "", "relative", "vsock:2:1", "@", "/" + String(repeating: "x", count: 200)])
    func `without a manager there is no notifier`(name: String?) {
        var environment = ["WATCHDOG_USEC": "1000"]
        environment["NOTIFY_SOCKET"] = name
        #expect(ServiceNotifier(environment: environment) == nil)
    }

    @Test(arguments: [
        ("30000000", nil, Duration.seconds(30)), ("1500", "own", .microseconds(1500)), ("1500", "1", nil),
        ("0", nil, nil), ("soon", nil, nil), ("-5", nil, nil), (nil, nil, nil),
    ])
    func `the watchdog's interval is for the process it names`(
        microseconds: String?, process: String?, interval: Duration?
    ) throws {
        var environment = ["NOTIFY_SOCKET": "/run/manager"]
        environment["WATCHDOG_USEC"] = microseconds
        environment["WATCHDOG_PID"] = process == "own" ? "\(getpid())" : process
        #expect(try #require(ServiceNotifier(environment: environment)).watchdogInterval == interval)
    }
}

/// A service manager's socket.
private final class Manager {
    private let number: Int32

    init(at path: String) throws {
        #if canImport(Darwin)
            number = socket(AF_UNIX, SOCK_DGRAM, 0)
        #else
            number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let start = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path)
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(start + path.utf8.count))
            }
        }
        try #require(bound == 0)
    }

    deinit { close(number) }

    /// The next datagram, which has been sent already.
    func next() -> String? {
        var bytes = [UInt8](repeating: 0, count: 20_000)
        let count = recv(number, &bytes, bytes.count, Int32(truncatingIfNeeded: MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
