import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct DiskSyncTests {
    /// A disk that a test holds up; each flush waits to be let through.
    private final class Disk: Sendable {
        let begun = Mutex(0)
        private let turns = DispatchSemaphore(value: 0)

        func flush() {
            begun.withLock { $0 += 1 }
            turns.wait()
        }

        func letThrough() { turns.signal() }

        func begins(_ number: Int) async throws {
            _ = try await eventually("flush \(number) begins") { begun.withLock { $0 >= number ? true : nil } }
        }
    }

    private final class Returned: Sendable {
        let names = Mutex<[String]>([])
    }

    @Test func `all that came before a flush wait for that one, and what came during it for the next`() async throws {
        let disk = Disk(), returned = Returned()
        let sync = DiskSync { disk.flush() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            sync.begin()
            try await disk.begins(1)
            // Both may have written after the disk had looked.
            for name in ["a", "b"] {
                group.addTask {
                    try await sync.sync()
                    returned.names.withLock { $0.append(name) }
                }
            }
            disk.letThrough()
            try await disk.begins(2)
            #expect(returned.names.withLock(\.self).isEmpty)
            // Whichever of them was late has a flush of its own.
            disk.letThrough()
            disk.letThrough()
            try await group.waitForAll()
        }
        #expect(returned.names.withLock { $0.sorted() } == ["a", "b"])
        #expect((2...3).contains(disk.begun.withLock(\.self)))
    }

    @Test func `a disk that has failed once is not believed again`() async throws {
        let isBroken = Mutex(true)
        let sync = DiskSync { () throws(StoreError) in
            let broken = isBroken.withLock { isBroken in
                defer { isBroken = false }
                return isBroken
            }
            if broken { throw StoreError(code: .unusable, description: "no room") }
        }
        for _ in 1...3 {
            let error = await #expect(throws: StoreError.self) { try await sync.sync() }
            #expect(error?.description == "no room")
        }
    }

    @Test func `a thousand callers are served by few flushes`() async throws {
        let flushes = Mutex(0)
        let sync = DiskSync {
            flushes.withLock { $0 += 1 }
            usleep(2_000)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...1_000 { group.addTask { try await sync.sync() } }
            try await group.waitForAll()
        }
        #expect((1...500).contains(flushes.withLock(\.self)))
    }

    @Test func `a file that is not there is told of`() {
        let error = #expect(throws: StoreError.self) { try DiskSync(of: "/nowhere/cm.sqlite-wal") }
        #expect(error?.description.contains("/nowhere/cm.sqlite-wal") == true)
    }
}
