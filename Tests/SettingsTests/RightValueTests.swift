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
}
