import Foundation

/// A model provider on this machine that does what the prompt says; see the scripts in `Tests/Tools`.
///
/// A class, because the process ends with it.
public final class FakeProvider: Sendable {
    /// Where it is, as agents are told.
    public let address: String
    private let log: String
    private let process: Process

    /// Starts `script` and waits until it listens; what it writes goes into `directory`.
    ///
    /// `arguments` are added to its own.
    public init(_ script: String, in directory: String, arguments: [String] = []) async throws {
        let path = URL(filePath: #filePath).appending(path: "../../Tools/\(script)").standardizedFileURL
        let port = directory + "/port"
        log = directory + "/requests.jsonl"
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [
                "python3", path.path(percentEncoded: false), "--port", "0", "--port-file", port, "--log", log,
            ] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let number = try await eventually("\(script) listens") {
            FileManager.default.contents(atPath: port).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        }
        address = "http://127.0.0.1:\(number)/v1"
    }

    // Not asked to end and waited for: what Foundation starts has SIGTERM blocked.
    deinit { kill(process.processIdentifier, SIGKILL) }

    /// What it was told in each request for an answer, as it came.
    public func requests() -> [String] {
        let bytes = FileManager.default.contents(atPath: log) ?? Data()
        return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            .filter { $0.contains("\"body\": ") }
    }
}
