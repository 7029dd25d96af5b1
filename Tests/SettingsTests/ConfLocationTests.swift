import Settings
import Testing

@Suite struct ConfLocationTests {
    private let base = PathBase(home: "/home/me", directory: "/project")

    @Test func `the flag wins over CODEX_CONF_PATH`() {
        let location = ConfLocation(flag: "a.toml", environment: ["CODEX_CONF_PATH": "/b.toml"], base: base)
        #expect(location == .named(path: "/project/a.toml", name: "a.toml", source: .flag("--conf")))
    }

    @Test func `CODEX_CONF_PATH wins over the usual place`() {
        let location = ConfLocation(flag: nil, environment: ["CODEX_CONF_PATH": "~/b.toml"], base: base)
        let source = Origin.environment("CODEX_CONF_PATH")
        #expect(location == .named(path: "/home/me/b.toml", name: "~/b.toml", source: source))
    }

    @Test(arguments: [
        (["XDG_CONFIG_HOME": "/xdg"], "/xdg/cm/conf.toml"),
        (["XDG_CONFIG_HOME": "relative"], "/home/me/.config/cm/conf.toml"),
        (["XDG_CONFIG_HOME": "", "CODEX_CONF_PATH": ""], "/home/me/.config/cm/conf.toml"),
        ([:], "/home/me/.config/cm/conf.toml"),
    ])
    func `the usual place is in XDG_CONFIG_HOME`(environment: [String: String], path: String) {
        let location = ConfLocation(flag: nil, environment: environment, base: base)
        #expect(location == .usual(path: path, earlier: "/home/me/.codex-orchestrator/conf.toml"))
    }

    @Test func `a file named by the flag must be there`() {
        var workspace = Workspace()
        workspace.sources.conf = "missing.toml"
        #expect(workspace.problems() == ["--conf: there is no file missing.toml"])
        #expect(workspace.files.text(at: "/project/missing.toml") == nil)
    }

    @Test func `a file named by CODEX_CONF_PATH must be there`() {
        let workspace = Workspace(environment: ["CODEX_CONF_PATH": "~/x.toml"])
        #expect(workspace.problems() == ["environment CODEX_CONF_PATH: there is no file ~/x.toml"])
    }

    @Test func `the file of an earlier system counts when it alone is there`() throws {
        let earlier = "/home/me/.codex-orchestrator/conf.toml"
        let workspace = Workspace(files: [earlier: "turn.timeout = 9"])
        let settings = try workspace.load()
        #expect(settings[.turnTimeout] == .seconds(9))
        #expect(settings.confPath == earlier)
        #expect(workspace.files.text(at: Workspace.conf) == nil)
        let both = Workspace(conf: "turn.timeout = 8", files: [earlier: "turn.timeout = 9"])
        #expect(try both.load()[.turnTimeout] == .seconds(8))
    }
}
