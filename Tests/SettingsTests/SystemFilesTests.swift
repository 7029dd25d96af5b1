import Foundation
import Settings
import Testing

@Suite struct SystemFilesTests {
    @Test func `a new user's file and its directory are private`() throws {
        try withDirectory { home in
            let settings = try load(home: home)
            let path = home + "/.config/cm/conf.toml"
            #expect(settings.warnings.isEmpty)
            #expect(settings.confPath == path)
            #expect(try mode(path) == 0o600)
            #expect(try mode(home + "/.config/cm") == 0o700)
            #expect(try mode(home + "/.config") == 0o700)
            let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            #expect(try load(home: home).warnings.isEmpty)
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == before)
        }
    }

    @Test func `a file that is there is never replaced`() throws {
        try withDirectory { home in
            let path = home + "/conf.toml"
            try Data("old".utf8).write(to: URL(filePath: path))
            #expect(throws: FileFailure("is there already")) { try FileAccess.system.create(path, [1]) }
            #expect(try FileAccess.system.read(path, 10) == Array("old".utf8))
        }
    }

    @Test func `a link is followed and a missing file is nil`() throws {
        try withDirectory { home in
            try Data("x".utf8).write(to: URL(filePath: home + "/real"))
            try FileManager.default.createSymbolicLink(atPath: home + "/link", withDestinationPath: "real")
            #expect(try FileAccess.system.read(home + "/link", 10) == Array("x".utf8))
            #expect(try FileAccess.system.read(home + "/missing", 10) == nil)
            #expect(try FileAccess.system.read(home + "/real/below", 10) == nil)
        }
    }

    @Test func `a directory and a big file are refused, the null device is empty`() throws {
        try withDirectory { home in
            try Data("12345".utf8).write(to: URL(filePath: home + "/big"))
            #expect(throws: FileFailure("is no regular file")) { try FileAccess.system.read(home, 10) }
            #expect(throws: FileFailure("is bigger than 4 bytes")) { try FileAccess.system.read(home + "/big", 4) }
            #expect(try FileAccess.system.read("/dev/null", 10) == [])
        }
    }

    @Test func `a stamp changes when a file is written, replaced or closed to readers, and by nothing else`() throws {
        try withDirectory { home in
            let path = home + "/file"
            func stamp() -> FileStamp? { FileAccess.system.stamp(path) }
            #expect(stamp() == nil)
            try Data("1".utf8).write(to: URL(filePath: path))
            let first = try #require(stamp())
            #expect(stamp() == first)
            _ = try FileAccess.system.read(path, 10)
            #expect(stamp() == first)
            try Data("22".utf8).write(to: URL(filePath: path))
            let second = try #require(stamp())
            #expect(second != first)
            // A file of the same size at its place.
            try Data("33".utf8).write(to: URL(filePath: home + "/other"))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: home + "/other", toPath: path)
            let third = try #require(stamp())
            #expect(third != second)
            try FileManager.default.createSymbolicLink(atPath: home + "/link", withDestinationPath: "file")
            #expect(FileAccess.system.stamp(home + "/link") == third)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
            #expect(stamp() != third)
        }
    }

    @Test func `a place that cannot be written to is a warning`() throws {
        try withDirectory { home in
            try Data().write(to: URL(filePath: home + "/.config"))
            let warnings = try load(home: home).warnings
            #expect(warnings.count == 1)
            #expect(warnings[0].hasPrefix("~/.config/cm/conf.toml cannot be created: "))
        }
    }

    private func load(home: String) throws -> Settings {
        try SettingsSources(environment: [:], home: home, directory: "/").load()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path + "/settings-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }  // what stays is only litter
        try body(path)
    }
}
