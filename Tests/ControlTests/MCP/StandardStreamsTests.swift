import Foundation
import JSONRPC
import Testing

/// The server of tools as a program.
@Suite(.timeLimit(.minutes(5))) struct StandardStreamsTests {
    @Test func `a program serves on its standard streams until its input ends`() throws {
        let log = NSTemporaryDirectory() + "toolstand-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: log) }  // what is left harms nobody
        let program = Process(), input = Pipe(), output = Pipe()
        program.executableURL = URL(filePath: BuiltTools.toolStand)
        program.arguments = [log]
        program.environment = ["TOOLSTAND_MARK": "mark"]
        program.standardInput = input
        program.standardOutput = output
        try program.run()
        var lines = Lines(output.fileHandleForReading)
        for (number, tool) in ["status", "long", "change"].enumerated() {
            let call = #"{"id":\#(number),"method":"tools/call","params":{"name":"\#(tool)"}}"# + "\n"
            try input.fileHandleForWriting.write(contentsOf: Data(call.utf8))
            let answer = try JSONDecoder().decode(JSONValue.self, from: lines.next())
            #expect(answer["id"] == .integer(number))
        }
        // It is under way when the input ends.
        let wait = #"{"id":9,"method":"tools/call","params":{"name":"wait"}}"# + "\n"
        try input.fileHandleForWriting.write(contentsOf: Data(wait.utf8))
        try input.fileHandleForWriting.close()
        program.waitUntilExit()
        #expect(program.terminationStatus == 0)
        let noted = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(noted.first == "start mark")
        #expect(noted.last == "end")
        #expect(noted.contains("call status {}"))
    }

    /// The lines of a program, read when they are asked for.
    private struct Lines {
        struct Ended: Error {}

        private let handle: FileHandle
        private var rest = Data()

        init(_ handle: FileHandle) { self.handle = handle }

        mutating func next() throws -> Data {
            while true {
                if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { rest = Data(rest[(end + 1)...]) }
                    return Data(rest[..<end])
                }
                let more = handle.availableData
                guard !more.isEmpty else { throw Ended() }
                rest += more
            }
        }
    }
}
