import Foundation
import Locking
import Store
import TestSupport
import Testing

@testable import Commands

/// The right to poll for a bot, among programs with different environments.
@Suite struct BotLockTests {
    private let base: TemporaryPlace
    private let one: StateDirectory
    private let other: StateDirectory

    init() throws {
        base = try TemporaryPlace()
        // As CM_STATE_DIR may be: two bases that have nothing in common.
        one = StateDirectory(workspace: "/a", environment: ["CM_STATE_DIR": base.path("one")], home: "/h")
        other = StateDirectory(workspace: "/b", environment: ["XDG_STATE_HOME": base.path("other")], home: "/g")
        for state in [one, other] { try state.prepare() }
    }

    private var machine: String { base.path("machine") }

    @Test func `two whose state is in different places meet`() throws {
        var first = try BotLock(7, for: one, on: machine)
        #expect(first != nil && first?.remark == nil)
        #expect(try BotLock(7, for: other, on: machine) == nil)
        #expect(BotLock.holder(of: 7, beside: other, on: machine) == one.path)
        // Another bot is another matter, and so is this one when nobody polls for it.
        #expect(try BotLock(8, for: other, on: machine) != nil)
        withExtendedLifetime(first) {}
        first = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: machine).isEmpty)
        let second = try BotLock(7, for: other, on: machine)
        #expect(second != nil && BotLock.holder(of: 7, beside: one, on: machine) == other.path)
    }

    @Test func `each welcome is another one, which whoever comes next can tell`() async throws {
        let lock = try #require(try BotLock(7, for: one, on: machine))
        #expect(lock.lastGreeter == nil)
        lock.noteWelcome()
        let first = try #require(lock.lastGreeter)
        #expect(first.state == one.path && lock.lastGreeter?.welcome == first.welcome)
        _ = try await eventually("the next moment of the file system's clock") {
            lock.noteWelcome()
            return lock.lastGreeter.map { $0.welcome != first.welcome } == true ? true : nil
        }
    }

    @Test func `of many that come and go at once one polls at a time, and nothing is left`() async throws {
        let held = Locked(0), most = Locked(0), base = base, one = one
        let machine = machine
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        guard let lock = try BotLock(7, for: one, on: machine) else {
                            await Task.yield()
                            continue
                        }
                        let count = held.withLock { held in
                            held += 1
                            return held
                        }
                        most.withLock { $0 = max($0, count) }
                        await Task.yield()
                        held.withLock { $0 -= 1 }
                        withExtendedLifetime(lock) {}
                    }
                }
            }
            try await group.waitForAll()
        }
        withExtendedLifetime(base) {}
        #expect(most.withLock(\.self) == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: machine).isEmpty)
    }

    @Test func `the place is the same whatever the environment says, and for the user alone`() throws {
        #expect(MachineFolder.place == "/tmp/cm-\(geteuid())")
        let folder = try MachineFolder(at: machine)
        #expect(try mode(of: machine) == 0o700)
        withExtendedLifetime(folder) {}
        chmod(machine, 0o777)
        _ = try MachineFolder(at: machine)
        #expect(try mode(of: machine) == 0o700)
    }

    @Test(arguments: ["link", "dangling", "file", "nowhere/at/all"])
    func `what is no folder of the user's own is not used, and the lock is beside the state`(name: String) throws {
        try FileManager.default.createDirectory(atPath: base.path("elsewhere"), withIntermediateDirectories: true)
        symlink(base.path("elsewhere"), base.path("link"))
        symlink(base.path("gone"), base.path("dangling"))
        try Data().write(to: URL(filePath: base.path("file")))
        #expect(throws: Failure.self) { try MachineFolder(at: base.path(name)) }
        let lock = try #require(try BotLock(7, for: one, on: base.path(name)))
        #expect(lock.remark?.contains(base.path(name)) == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: base.path("elsewhere")).isEmpty)
        // Those of one place still meet.
        let neighbour = StateDirectory(workspace: "/c", environment: ["CM_STATE_DIR": base.path("one")], home: "/h")
        try neighbour.prepare()
        #expect(try BotLock(7, for: neighbour, on: base.path(name)) == nil)
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser can give a folder away"))
    func `the folder of another user is not used`() throws {
        mkdir(machine, 0o700)
        chown(machine, 1, 1)
        #expect(throws: Failure.self) { try MachineFolder(at: machine) }
        let lock = try #require(try BotLock(7, for: one, on: machine))
        #expect(lock.remark?.contains("another user") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: machine).isEmpty)
    }

    @Test func `whoever tidies up finds the folder locked as long as somebody polls`() throws {
        var lock = try BotLock(7, for: one, on: machine)
        #expect(lock != nil)
        let folder = try MachineFolder(at: machine)
        #expect(flock(folder.descriptor, LOCK_EX | LOCK_NB) != 0)
        withExtendedLifetime(lock) {}
        lock = nil
        #expect(flock(folder.descriptor, LOCK_EX | LOCK_NB) == 0)
        // Which keeps nobody from polling.
        #expect(try BotLock(7, for: one, on: machine) != nil)
    }

    @Test(arguments: ["telegram-7.lock", ""])
    func `a lock that somebody has removed, or its folder, is made anew`(name: String) throws {
        let lock = try #require(try BotLock(7, for: one, on: machine))
        #expect(try lock.renew())
        try FileManager.default.removeItem(atPath: "\(machine)/\(name)")
        #expect(try lock.renew())
        #expect(try BotLock(7, for: other, on: machine) == nil)
        #expect(BotLock.holder(of: 7, beside: other, on: machine) == one.path)
        let folder = try MachineFolder(at: machine)
        #expect(flock(folder.descriptor, LOCK_EX | LOCK_NB) != 0)
    }

    @Test func `a lock that another has taken since it was removed is lost, and stays the other's`() throws {
        var first = try BotLock(7, for: one, on: machine)
        try FileManager.default.removeItem(atPath: "\(machine)/telegram-7.lock")
        let second = try #require(try BotLock(7, for: other, on: machine))
        #expect(try first?.renew() == false)
        first = nil
        #expect(BotLock.holder(of: 7, beside: one, on: machine) == other.path)
        #expect(try second.renew())
    }

    @Test func `a lock whose folder is the user's no more goes beside the state`() throws {
        let lock = try #require(try BotLock(7, for: one, on: machine))
        try FileManager.default.removeItem(atPath: machine)
        try Data().write(to: URL(filePath: machine))
        #expect(try lock.renew())
        #expect(lock.remark?.contains(machine) == true)
        #expect(BotLock.holder(of: 7, beside: one, on: machine) == one.path)
    }

    @Test func `a lock beside the state is one for all again as soon as there is a folder of the user's`() throws {
        try Data().write(to: URL(filePath: machine))
        let lock = try #require(try BotLock(7, for: one, on: machine))
        let beside = BotLock.holder(of: 7, beside: one, on: machine)
        #expect(try beside == one.path && lock.renew() && lock.remark != nil)
        try FileManager.default.removeItem(atPath: machine)
        #expect(try lock.renew() && lock.remark == nil)
        #expect(try BotLock(7, for: other, on: machine) == nil)
        // Nothing is left beside the state.
        try FileManager.default.removeItem(atPath: machine)
        try Data().write(to: URL(filePath: machine))
        #expect(BotLock.holder(of: 7, beside: one, on: machine) == nil)
    }

    @Test func `a lock beside the state is lost when another has taken the one for all`() throws {
        try Data().write(to: URL(filePath: machine))
        let lock = try #require(try BotLock(7, for: one, on: machine))
        try FileManager.default.removeItem(atPath: machine)
        let second = try #require(try BotLock(7, for: other, on: machine))
        #expect(try !lock.renew() && second.renew())
    }

    @Test func `a lock that is renewed is no old file`() throws {
        let lock = try #require(try BotLock(7, for: one, on: machine)), file = "\(machine)/telegram-7.lock"
        let past = Date(timeIntervalSince1970: 1_000_000)
        try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
        #expect(try lock.renew())
        let time = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
        #expect(try #require(time) > past)
    }

    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
    }
}

/// A folder that goes with its last reference.
private final class TemporaryPlace: Sendable {
    private let root = NSTemporaryDirectory() + "cm-test-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: root) }  // nothing of it matters any more

    func path(_ name: String) -> String { root + "/" + name }
}
