#if os(Linux)
    import Foundation
    import Processes
    import Testing

    /// What children leave behind in this process, and in each other.
    @Suite(.timeLimit(.minutes(1)), .serialized) struct DescriptorTests {
        private static func descriptors(of pid: String) throws -> [String: String] {
            let folder = "/proc/\(pid)/fd"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return Dictionary(
                uniqueKeysWithValues: names.compactMap { name in
                    // The descriptor that lists the folder is gone by now.
                    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
                    return target.map { (name, $0) }
                })
        }

        @Test func `a child inherits no pipe of another`() async throws {
            try await ChildProcess.shell("cat").run { first in
                try await ChildProcess.shell("cat").run { second in
                    // An answer proves that the second child is past its start.
                    var iterator = second.lines.makeAsyncIterator()
                    try await second.write("x\n".utf8)
                    #expect(try await iterator.next() == "x")
                    let firsts = try Self.descriptors(of: "\(first.pid)")
                    let seconds = try Self.descriptors(of: "\(second.pid)")
                    #expect(Set(seconds.keys) == ["0", "1", "2"])
                    #expect(Set(firsts.values).isDisjoint(with: seconds.values))
                }
            }
        }
    }
#endif
