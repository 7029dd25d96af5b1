import Settings
import Testing

@Suite struct BrokenFileTests {
    @Test(arguments: [
        ("[codex]\nsandbox = abc", "2: column 11: a value was expected; a text needs quotes"),
        ("[codex\n", "1: column 7: ] was expected"),
        ("\n[[codex]", "2: column 9: ]] was expected"),
        ("[=", "1: column 2: a key was expected"),
        ("[.a]", "1: column 2: a key was expected"),
        ("a..b = 1", "1: column 3: a key was expected"),
        ("é = 1", "1: column 1: a key was expected"),
        ("codex", "1: column 6: = was expected"),
        ("a = 'é' b", "1: column 9: nothing but a comment may follow on this line"),
        ("a = \"b\nc = 1", "1: column 5: the string is never closed"),
        ("a = \"\"\"b\n", "1: column 5: the string is never closed"),
        ("a = [}", "1: column 6: a value was expected; a text needs quotes"),
        ("a = [1 2]", "1: column 8: ] was expected"),
        ("a = { b = 1\n}", "1: column 12: } was expected"),
        ("a = 2020-01-01 1", "1: column 5: a value was expected; a text needs quotes"),
        ("a = 2020-01-01true:", "1: column 5: a value was expected; a text needs quotes"),
        (
            "a = 1\n\n  a = 2",
            "3: column 7: Error while parsing key-value pair: cannot redefine existing integer 'a'"
        ),
    ])
    func `a syntax error names file, line, column and reason`(text: String, error: String) throws {
        #expect(Workspace(conf: text).problems() == ["~/.config/cm/conf.toml:\(error)"])
    }

    @Test func `every form of TOML passes`() throws {
        let conf = #"""
            a = 1 # comment
            'b c'."d\"e" . f = "x\ty"
            numbers = [ +1, -0, 1_000, 0xFf, 0o17, 0b1, 1.5, -1e5, 6.6E-3_4, inf, -nan, ]
            times = [ 2020-01-01, 07:00:00, 07:00:00.25, 2020-01-01T07:00:00Z, 2020-01-01 07:00:00-01:30,
              # inside
            ]
            long = """one " two "" three\""" """""
            literal = '''a'b\'''
            table = { a = 1, b.c = [{}, { d = true }] }
            [x . y]
            [[z]]
            z = ''
            [[z]]
            """#
        #expect(Workspace(conf: conf).problems().isEmpty)
    }

    @Test(arguments: [
        (String(repeating: "a.", count: 400_000) + "a = 1", 33),
        ("[" + String(repeating: "a.", count: 400_000) + "a]", 34),
        (String(repeating: "\"=\" . ", count: 100_000) + "a = 1", 96),
        ("a = " + String(repeating: "[", count: 400_000), 21),
        ("a = {" + String(repeating: "a = {", count: 100_000), 85),
        ("a = { " + String(repeating: "a.", count: 400_000) + "a = 1 }", 39),
    ])
    func `a file nested without measure is an error`(text: String, column: Int) {
        #expect(
            Workspace(conf: text).problems() == [
                "~/.config/cm/conf.toml:1: column \(column): nested deeper than 16 levels"
            ])
    }

    @Test func `a file that is not UTF-8 is an error with its name`() {
        let workspace = Workspace()
        workspace.files.put([0x61, 0xFF], at: Workspace.conf)
        workspace.files.put([0xFF, 0xFE, 0x61], at: "/project/.env")
        #expect(workspace.problems() == [".env: is not UTF-8", "~/.config/cm/conf.toml: is not UTF-8"])
    }

    @Test func `a file with a NUL byte is an error`() {
        #expect(
            Workspace(conf: "a = 1 \0").problems() == [
                "~/.config/cm/conf.toml: has a NUL byte, so it is no text"
            ])
    }

    @Test func `a file over one megabyte is an error`() {
        let text = String(repeating: "#", count: SourceFile.limit + 1)
        #expect(Workspace(conf: text).problems() == ["~/.config/cm/conf.toml: is bigger than 1048576 bytes"])
        #expect(Workspace(dotEnv: String(text.dropLast())).problems().isEmpty)
    }

    @Test func `a byte order mark and CRLF do no harm`() throws {
        let workspace = Workspace(conf: "\u{FEFF}[turn]\r\ntimeout = 7\r\n")
        let settings = try workspace.load()
        #expect(settings[.turnTimeout] == .seconds(7))
        #expect(settings.origin(of: .turnTimeout) == .file("~/.config/cm/conf.toml", line: 2))
        #expect(settings.warnings.isEmpty)
    }
}
