import Foundation
import TestSupport
import Testing

@testable import Processes

@Suite struct ProgramPagesTests {
    @Test func `a page that is touched for the first time is missed`() {
        let before = ProgramPages.faults, size = 64 << 20
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 1 << 12)
        defer { memory.deallocate() }
        for offset in stride(from: 0, to: size, by: 1 << 12) {
            memory.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self)
        }
        // As few as this when the system gives memory in large pages.
        #expect(ProgramPages.faults - before >= size >> 22)
    }

    @Test(.enabled(if: Self.isLinux, "macOS does not tell what of a program is in memory, and releases nothing"))
    func `the program's code leaves the memory, and comes back where it is needed`() throws {
        let before = try #require(residentCode(of: getpid()))
        #expect(ProgramPages.release())
        let after = try #require(residentCode(of: getpid()))
        print("resident code: \(before) before, \(after) after")
        #expect(after < before / 2)
        let text = try JSONEncoder().encode(["key": [1.5, 2]])
        #expect(try JSONDecoder().decode([String: [Double]].self, from: text) == ["key": [1.5, 2]])
        #expect(try #require(residentCode(of: getpid())) > after)
    }

    private static var isLinux: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }
}
