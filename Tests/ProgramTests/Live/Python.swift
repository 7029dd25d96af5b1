import Foundation
import Testing

/// Scripts for what a Swift process cannot do to itself.
enum Python {
    /// The interpreter of the system, which other users may run, too.
    static let path = "/usr/bin/python3"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Runs `script`, and returns what it wrote, errors included.
    static func run(_ script: String, _ arguments: String...) async throws -> String {
        let output = try Spawn.pipe()
        let input = try Spawn.null()
        var child = Spawn(path, ["-c", script] + arguments, environment: [:], directory: "/")
        child.attach(input: input, output: output.writing, errors: output.writing)
        let pid = try child.start()
        for descriptor in [input, output.writing] { close(descriptor) }
        let text = try await Transcript(reading: output.reading).rest()
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return text
    }
}
