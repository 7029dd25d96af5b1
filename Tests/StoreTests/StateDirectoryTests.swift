import Foundation
import Testing

@testable import Store

@Suite struct StateDirectoryTests {
    @Test(arguments: [
        (["CM_STATE_DIR": "/own", "XDG_STATE_HOME": "/xdg"], "/own"), (["XDG_STATE_HOME": "/xdg"], "/xdg/cm"),
        (["CM_STATE_DIR": "", "XDG_STATE_HOME": "/xdg"], "/xdg/cm"), ([:], "/home/ann/.local/state/cm"),
        (["XDG_STATE_HOME": ""], "/home/ann/.local/state/cm"),
    ])
    func `the base is what the environment says, else below the home`(environment: [String: String], base: String) {
        let directory = StateDirectory(workspace: "/src/tool", environment: environment, home: "/home/ann")
        #expect(directory.path == base + "/tool-e32cba63")
    }

    @Test(arguments: [("CM_STATE_DIR", "/own"), ("XDG_STATE_HOME", "/own/cm")])
    func `a relative base counts from the current directory`(variable: String, place: String) {
        let directory = StateDirectory(workspace: "/w", environment: [variable: "own"], home: "/home/ann")
        #expect(directory.path.hasPrefix(FileManager.default.currentDirectoryPath + place + "/w-"))
    }

    @Test func `workspaces of one name have their own directories`() {
        let paths = ["/a/tool", "/b/tool"].map { StateDirectory(workspace: $0, environment: [:], home: "/h").path }
        #expect(paths[0] != paths[1])
        #expect(paths.allSatisfy { $0.hasPrefix("/h/.local/state/cm/tool-") })
    }

    @Test func `the root of the file system has a name, too`() {
        let path = StateDirectory(workspace: "/", environment: [:], home: "/h").path
        #expect(path.hasPrefix("/h/.local/state/cm/root-"))
    }

    @Test func `the directory and its base are for the user alone`() throws {
        let state = try TestState()
        let base = (state.directory.path as NSString).deletingLastPathComponent
        #expect(try state.mode(of: state.directory.path) == 0o700)
        #expect(try state.mode(of: base) == 0o700)
    }

    @Test func `a directory that is there is taken`() throws {
        let state = try TestState()
        try state.directory.prepare()
    }

    @Test func `a place below a file is unusable, and the error says where and what to do`() throws {
        let state = try TestState()
        try Data().write(to: URL(filePath: state.directory.file("file")))
        let below = StateDirectory(
            workspace: "/w", environment: ["CM_STATE_DIR": state.directory.file("file")], home: "/")
        let error = #expect(throws: StoreError.self) { try below.prepare() }
        #expect(error?.code == .unusable)
        #expect(error?.description.contains(below.path) == true)
        #expect(error?.description.contains("Not a directory") == true)
        #expect(error?.description.hasSuffix("CM_STATE_DIR names another place") == true)
    }

    @Test(.disabled(if: getuid() == 0, "root may write everywhere"))
    func `a directory that cannot be written is unusable`() throws {
        let state = try TestState()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: state.directory.path)
        let error = #expect(throws: StoreError.self) { try state.directory.prepare() }
        #expect(error?.code == .unusable)
    }
}
