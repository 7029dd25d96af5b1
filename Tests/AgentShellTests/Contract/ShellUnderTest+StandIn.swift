import Foundation

@testable import AgentShell

extension ShellUnderTest {
    /// The stand-in for Codex, through `codex app-server`.
    static let standIn = ShellUnderTest(
        name: "codex stand-in",
        abilities: [.streams, .acts, .tells, .asks, .steers, .provider, .process, .persists], memory: .thread
    ) {
        let place = try ContractPlace()
        let log = place.file("standin.log")
        let environment = place.environment.merging([
            "STANDIN_MODE": "directed", "STANDIN_STATE": place.home, "STANDIN_LOG": log,
        ]) { $1 }
        return ContractWorld(place: place) { isAsking in
            var options = CodexOptions(
                command: StandIn.program, environment: environment, workingDirectory: place.workspace,
                approvalPolicy: isAsking ? "untrusted" : "never", clientVersion: "0")
            options.custody = place.custody
            let shell = CodexShell(options: options)
            return (shell, { await shell.run() })
        } errand: { deed in
            Errand(responding: deed)
        } told: {
            try place.newest(in: place.home)
        } heard: {
            try String(contentsOfFile: log, encoding: .utf8)
        }
    }
}

extension ContractPlace {
    /// The text of the file in `directory` that was written last.
    fileprivate func newest(in directory: String) throws -> String {
        let files = try FileManager.default.contentsOfDirectory(
            at: URL(filePath: directory), includingPropertiesForKeys: [.contentModificationDateKey])
        let dated = try files.map { file in
            (
                file,
                try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate ?? .distantPast
            )
        }
        guard let newest = dated.max(by: { $0.1 < $1.1 })?.0 else { return "" }
        return try String(contentsOf: newest, encoding: .utf8)
    }
}
