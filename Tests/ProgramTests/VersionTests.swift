import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct VersionTests {
    @Test func `the version is printed`() throws {
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "cm")
        process.arguments = ["--version"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text == "0.1.0\n")
    }
}
