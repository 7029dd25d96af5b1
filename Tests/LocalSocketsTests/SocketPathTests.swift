import Foundation
import LocalSockets
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct SocketPathTests {
    private let place: Place

    init() throws { place = try Place() }

    private func placed(_ preferred: String, runtime: String? = nil) throws -> String {
        try SocketPath.place(for: preferred, runtimeDirectory: runtime, temporaryDirectory: place.directory)
    }

    @Test(arguments: [100, SocketPath.capacity])
    func `a path that fits is kept, and can be listened at`(length: Int) throws {
        let path = place.socket(length: length)
        #expect(try placed(path, runtime: place.directory) == path)
        let listener = try LocalListener(at: path)
        _ = try LocalSocket.connect(to: path)
        listener.close()
    }

    @Test(arguments: [SocketPath.capacity + 1, 200])
    func `a path that does not fit goes to the runtime directory, always the same`(length: Int) async throws {
        let path = place.socket(length: length)
        let short = try placed(path, runtime: place.directory + "/")
        #expect(short.hasPrefix(place.directory + "/cm-") && short.hasSuffix(".sock"))
        #expect(short.utf8.count == place.directory.utf8.count + 17)
        #expect(try placed(path, runtime: place.directory) == short)
        #expect(try placed(path + "y", runtime: place.directory) != short)
        #expect(await code { _ = try LocalListener(at: path) } == .pathTooLong)
        #expect(await code { _ = try LocalSocket.connect(to: path) } == .pathTooLong)
    }

    @Test(arguments: [nil, "", "relative", "/nowhere/at/all", "/etc/passwd", "/tmp"])
    func `without a runtime directory that is ours alone, a private directory is made`(runtime: String?) throws {
        let path = place.socket(length: 200)
        let directory = place.path("cm-\(getuid())")
        #expect(try placed(path, runtime: runtime).hasPrefix(directory + "/cm-"))
        #expect(place.mode(directory) == 0o700)
        // And is taken again.
        #expect(try placed(path, runtime: runtime).hasPrefix(directory + "/cm-"))
    }

    @Test func `a runtime directory that is itself too long is passed over`() throws {
        let long = place.path(String(repeating: "r", count: 90))
        #expect(mkdir(long, 0o700) == 0)
        #expect(try placed(place.socket(length: 200), runtime: long).hasPrefix(place.path("cm-\(getuid())/")))
    }

    @Test(arguments: [UInt32(0o755), 0o770, 0o500, 0o1700])
    func `a private directory of another mode is refused`(mode: UInt32) async throws {
        let directory = place.path("cm-\(getuid())")
        #expect(mkdir(directory, 0o700) == 0 && chmod(directory, mode_t(mode)) == 0)
        let error = #expect(throws: LocalSocketError.self) { try placed(place.socket(length: 200)) }
        #expect(error?.code == .notPrivate)
        #expect(error?.description.contains(String(mode, radix: 8)) == true)
        #expect(error?.description.contains(directory) == true)
    }

    @Test func `a link, a file, or another user's directory is refused`() async throws {
        let directory = place.path("cm-\(getuid())")
        let path = place.socket(length: 200)
        #expect(mkdir(place.path("real"), 0o700) == 0 && symlink(place.path("real"), directory) == 0)
        #expect(await code { _ = try placed(path) } == .notPrivate)
        #expect(unlink(directory) == 0)
        try Data().write(to: URL(filePath: directory))
        #expect(await code { _ = try placed(path) } == .notPrivate)
        #expect(unlink(directory) == 0)
        // Only root can give a directory away.
        guard getuid() == 0 else { return }
        #expect(mkdir(directory, 0o700) == 0 && chown(directory, 65_534, 65_534) == 0)
        #expect(await code { _ = try placed(path) } == .notPrivate)
    }

    @Test func `a temporary directory that is too long is an error that says so`() async throws {
        let error = #expect(throws: LocalSocketError.self) {
            try SocketPath.place(
                for: place.socket(length: 200), runtimeDirectory: nil,
                temporaryDirectory: "/" + String(repeating: "t", count: 100))
        }
        #expect(error?.code == .pathTooLong)
        #expect(error?.description.contains("at most \(SocketPath.capacity)") == true)
    }

    @Test(arguments: ["", "/tmp/a\0b"]) func `what is no path is refused`(path: String) async {
        #expect(await code { _ = try LocalListener(at: path) } == .badPath)
        #expect(await code { _ = try LocalSocket.connect(to: path) } == .badPath)
    }
}
