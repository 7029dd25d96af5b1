import Foundation
import Locking
import TestSupport

/// A server with TLS, whose certificate is signed by itself.
///
/// A class, because the process ends with it.
final class OpenSSLServer: Sendable {
    /// Where `openssl` is; `nil` when it is not on the path.
    static let program: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/openssl" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    let certificate: String
    let url: String
    private let place: Place
    private let process: Process
    /// Kept open: its end is the server's.
    private let input = Pipe()

    /// Starts one whose certificate is for `name`.
    init(name: String) async throws {
        place = try Place()
        certificate = place.path("certificate.pem")
        let key = place.path("key.pem")
        let request = try Self.process([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext",
            "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ])
        try request.run()
        _ = try await eventually("a certificate") { request.isRunning ? nil : true }

        let output = Pipe()
        process = try Self.process(["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate, "-key", key])
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let said = Locked("")
        output.fileHandleForReading.readabilityHandler = { handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            said.withLock { $0 += text }
        }
        // Such as "ACCEPT 127.0.0.1:40001".
        let port = try await eventually("a port") {
            said.withLock { $0 }.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }?.split(separator: ":").last
        }
        url = "https://127.0.0.1:\(port)/"
    }

    // It has inherited which signals wait, and would not hear of another.
    deinit { kill(process.processIdentifier, SIGKILL) }

    private static func process(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program ?? "")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        return process
    }
}
