import Settings
import Testing

@Suite struct RightValueTests {
    @Test(arguments: [
        ("true", true), ("1", true), ("YES", true), ("on", true), (" false ", false), ("0", false),
        ("No", false), ("off", false),
    ])
    func `a Boolean in plain text has several spellings`(text: String, value: Bool) throws {
        let workspace = Workspace(environment: ["CM_SAMPLE_IS_ON": text], keys: Sample.keys)
        #expect(try workspace.load()[Sample.isOn] == value)
    }

    @Test(arguments: [("10", Duration.seconds(10)), ("0.25", .milliseconds(250)), ("1e1", .seconds(10))])
    func `seconds may be whole or decimal, in text and in the file`(text: String, value: Duration) throws {
        let environment = Workspace(environment: ["CM_SAMPLE_DELAY": " \(text)"], keys: Sample.keys)
        #expect(try environment.load()[Sample.delay] == value)
        let file = Workspace(conf: "sample.delay = \(text)", keys: Sample.keys)
        #expect(try file.load()[Sample.delay] == value)
    }

    @Test func `a number of the file is found`() throws {
        let settings = try Workspace(conf: "[sample]\ncount = 0x9\nis_on = true", keys: Sample.keys).load()
        #expect(settings[Sample.count] == 9)
        #expect(settings[Sample.isOn])
    }

    @Test func `a path counts from the file it stands in`() throws {
        let inConf = Workspace(conf: "sample.file = './a/./b'", keys: Sample.keys)
        #expect(try inConf.load()[Sample.file] == "/home/me/.config/cm/a/b")
        var inDotEnv = Workspace(files: ["/repo/.env": "CM_SAMPLE_FILE=../b"], keys: Sample.keys)
        inDotEnv.sources.dotEnvFiles.append("/repo/.env")
        #expect(try inDotEnv.load()[Sample.file] == "/repo/../b")
        let inEnvironment = Workspace(environment: ["CM_SAMPLE_FILE": "b"], keys: Sample.keys)
        #expect(try inEnvironment.load()[Sample.file] == "/project/b")
    }

    @Test(arguments: [("~", "/home/me"), ("~/a", "/home/me/a"), ("/a//b/", "/a/b"), ("/", "/"), ("~a", "/project/~a")])
    func `a path with a tilde is in the home directory`(path: String, absolute: String) throws {
        let workspace = Workspace(environment: ["CM_SAMPLE_FILE": path], keys: Sample.keys)
        #expect(try workspace.load()[Sample.file] == absolute)
    }

    @Test func `a program is looked up by its name, or is a path`() throws {
        #expect(try Workspace(conf: "codex.command = 'my-codex'").load()[.codexCommand] == "my-codex")
        #expect(try Workspace(conf: "codex.command = '~/bin/codex'").load()[.codexCommand] == "/home/me/bin/codex")
    }

    @Test(arguments: [
        ("a  b\tc", ["a", "b", "c"]), (#" ["a b", "\u00e9", ""] "#, ["a b", "é", ""]), ("[]", []), (" ", []),
        ("--flag=[x]", ["--flag=[x]"]),
    ])
    func `words of a variable are a JSON array or stand between white space`(text: String, words: [String]) throws {
        let environment = Workspace(environment: ["CM_SAMPLE_WORDS": text], keys: Sample.keys)
        #expect(try environment.load()[Sample.words] == words)
    }

    @Test(arguments: [("['a', \"b c\"]", ["a", "b c"]), ("[\n'x', # why\n]", ["x"]), ("[]", [])])
    func `words of the file are an array`(text: String, words: [String]) throws {
        #expect(try Workspace(conf: "sample.words = \(text)", keys: Sample.keys).load()[Sample.words] == words)
    }

    @Test(arguments: [
        "https://api.openai.com/v1", "http://127.0.0.1:11434", "http://[::1]:8080/v1/", "HTTPS://Example.com/a%20b",
    ])
    func `an address is kept as it is written`(text: String) throws {
        let workspace = Workspace(environment: ["CM_SAMPLE_ADDRESS": " \(text) "], keys: Sample.keys)
        #expect(try workspace.load()[Sample.address] == text)
    }

    @Test func `established variables set the agents and their provider`() throws {
        let settings = try Workspace(environment: [
            "CODEX_SDK_DISABLED": "1", "COPILOT_SDK_DISABLED": "yes", "COPILOT_MODEL": "m", "CODEX_MODEL": "n",
            "OPENAI_API_KEY": " sk-1\n", "OPENAI_BASE_URL": "http://localhost:1/v1",
        ]).load()
        #expect(settings[.codexIsDisabled] && settings[.copilotIsDisabled])
        #expect(settings[.copilotModel] == "m")
        #expect(settings[.codexAgentModel] == "n")
        #expect(settings[.providerAPIKey]?.value == "sk-1")
        #expect(settings[.providerBaseURL] == "http://localhost:1/v1")
    }

    @Test func `a setting may stand at the top of the file`() throws {
        let settings = try Workspace(conf: "busy = 'steer'\n[agents]\nidle_unload = 5").load()
        #expect(settings[.busy] == "steer")
        #expect(settings[.agentsIdleUnload] == .seconds(5))
    }
}
