import Foundation
import Testing

@testable import Store

@Suite struct WorkspaceLockTests {
    @Test func `a second holder is refused and told who the first is`() throws {
        let state = try TestState()
        try withExtendedLifetime(WorkspaceLock(in: state.directory, holder: "cm chat")) {
            let error = #expect(throws: StoreError.self) { try WorkspaceLock(in: state.directory, holder: "cm ask") }
            #expect(error?.code == .held)
            #expect(error?.description.hasPrefix("cm chat (pid \(getpid()), since 20") == true)
            #expect(error?.description.contains("\n") == false)
        }
    }

    @Test func `the lock is free again when its holder is gone`() throws {
        let state = try TestState()
        try withExtendedLifetime(WorkspaceLock(in: state.directory, holder: "cm chat with a long name")) {}
        try withExtendedLifetime(WorkspaceLock(in: state.directory, holder: "cm ask")) {
            let error = #expect(throws: StoreError.self) { try WorkspaceLock(in: state.directory, holder: "x") }
            #expect(error?.description.hasPrefix("cm ask (pid ") == true)
            #expect(error?.description.contains("long name") == false)
        }
    }

    @Test func `a refused holder does not free the lock`() throws {
        let state = try TestState()
        try withExtendedLifetime(WorkspaceLock(in: state.directory, holder: "cm chat")) {
            for _ in 0..<3 {
                let error = #expect(throws: StoreError.self) { try WorkspaceLock(in: state.directory, holder: "x") }
                #expect(error?.code == .held)
            }
        }
    }

    @Test func `the lock's file is for the user alone`() throws {
        let state = try TestState()
        try withExtendedLifetime(WorkspaceLock(in: state.directory, holder: "cm chat")) {
            let mode = try state.mode(of: state.directory.file("cm.lock"))
            #expect(mode == 0o600)
        }
    }

    @Test func `without a directory there is no lock`() {
        let nowhere = StateDirectory(workspace: "/w", environment: ["CM_STATE_DIR": "/nonexistent"], home: "/")
        let error = #expect(throws: StoreError.self) { try WorkspaceLock(in: nowhere, holder: "cm chat") }
        #expect(error?.code == .unusable)
    }

    @Test func `workspaces do not lock each other`() throws {
        let first = try TestState(), second = try TestState()
        try withExtendedLifetime(WorkspaceLock(in: first.directory, holder: "a")) {
            _ = try WorkspaceLock(in: second.directory, holder: "b")
        }
    }
}
