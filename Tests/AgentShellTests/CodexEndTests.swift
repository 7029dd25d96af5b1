import Conversation
import Foundation
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct CodexEndTests {
    /// Answers its handshake, closes its output and lingers.
    private static let leaver = """
        #!/bin/sh
        read -r request
        echo '{"id":1,"result":{"userAgent":"cm/9.9.9 (test)"}}'
        read -r initialized
        exec >&-
        sleep 0.5
        """

    @Test func `while a process ends nobody gets it, and who waits gets the next`() async throws {
        let directory = try TemporaryDirectory()
        let program = directory.file("codex")
        try Data(Self.leaver.utf8).write(to: URL(filePath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
        var standIn = StandIn()
        standIn.command = program
        standIn.environment["PATH"] = "/usr/bin:/bin"
        try await standIn.run { shell in
            try await shell.prepare()
            let first = try #require(await shell.status().pid)
            while await shell.status().isReady { await Task.yield() }
            try await shell.prepare()
            let second = try #require(await shell.status().pid)
            #expect(first != second)
            #expect(!isAlive(first))
        }
    }
}
