import Settings
import Testing

@Suite struct OriginTests {
    @Test(arguments: [
        (Origin.flag("--agent"), "--agent"),
        (.environment("CODEX_MODEL"), "environment CODEX_MODEL"),
        (.file(".env", line: 3), ".env:3"),
        (.file("conf.toml", line: nil), "conf.toml"),
        (.default, "default"),
    ])
    func `an origin reads as the place it names`(origin: Origin, text: String) {
        #expect(origin.description == text)
    }

    @Test func `a key in the file has its own line, wherever it stands`() throws {
        let conf = """
            # comment with codex.sandbox = 1
            codex.command = \"""
            sandbox = "not this"\"""
            [turn] # times
            timeout = 5

            "silent_after" = 6
            """
        let settings = try Workspace(conf: conf).load()
        #expect(settings.origin(of: .codexCommand) == .file("~/.config/cm/conf.toml", line: 2))
        #expect(settings.origin(of: .turnTimeout) == .file("~/.config/cm/conf.toml", line: 5))
        #expect(settings.origin(of: .turnSilentAfter) == .file("~/.config/cm/conf.toml", line: 7))
    }

    @Test func `a key in an inline table has the line of the table`() throws {
        let settings = try Workspace(conf: "\n\ncodex = { sandbox = \"read-only\" }").load()
        #expect(settings[.codexSandbox] == "read-only")
        #expect(settings.origin(of: .codexSandbox) == .file("~/.config/cm/conf.toml", line: 3))
    }

    @Test func `a file that was named is called as it was named`() throws {
        var workspace = Workspace(files: ["/project/my.toml": "turn.timeout = 1"])
        workspace.sources.conf = "./my.toml"
        let settings = try workspace.load()
        #expect(settings.origin(of: .turnTimeout).description == "./my.toml:1")
        #expect(settings.confPath == "/project/my.toml")
    }

    @Test func `a variable of .env has the line it starts on`() throws {
        let workspace = Workspace(dotEnv: "# first\nA=\"x\ny\"\nexport CODEX_MODEL=m")
        #expect(try workspace.load().origin(of: .codexAgentModel) == .file(".env", line: 4))
    }
}
