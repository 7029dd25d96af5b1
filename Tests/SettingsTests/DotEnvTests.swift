import Settings
import Testing

@Suite struct DotEnvTests {
    @Test(arguments: [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("export\tA=b", "b"),
        ("  A = b  ", "b"),
        ("A=", ""),
        ("A= # nothing", ""),
        ("A=b c", "b c"),
        ("A=b # comment", "b"),
        ("A=b#c", "b#c"),
        ("A=#b", "#b"),
        ("A=b\\n\"c'", "b\\n\"c'"),
        ("A=b=c", "b=c"),
        ("A=$HOME", "$HOME"),
        ("A='b # \\n \"c\" $D'", "b # \\n \"c\" $D"),
        ("A=''", ""),
        ("A=\"\"", ""),
        ("A=\"b # c\" # d", "b # c"),
        ("A=\"\\n\\t\\\"\\\\\\$\"", "\n\t\"\\$"),
        ("A=\"C:\\dir\"", "C:\\dir"),
        ("A=\"b\nc\r\nd\"", "b\nc\nd"),
        ("A='b\nc'", "b\nc"),
        ("\u{FEFF}A=b", "b"),
        ("A=b\r\n", "b"),
        ("A=\"b\"\r\n", "b"),
        ("\r\n# c\r\n\r\nA=b", "b"),
        ("A=1\nA=b", "b"),
        ("A=żółw 🐢", "żółw 🐢"),
    ])
    func `a value is read`(text: String, value: String) {
        let dotEnv = DotEnv(parsing: text)
        #expect(dotEnv.problems.isEmpty)
        #expect(dotEnv.values == ["A": value])
    }

    @Test(arguments: ["export=b", "_a.B-2=b"])
    func `unusual names are names`(text: String) {
        let dotEnv = DotEnv(parsing: text)
        #expect(dotEnv.problems.isEmpty)
        #expect(dotEnv.entries.map(\.name) == [String(text.prefix { $0 != "=" })])
    }

    @Test(arguments: ["", "\n\n", "# A=b", "  # A=b\r\n\t\r\n", "\u{FEFF}"])
    func `a file without variables is empty`(text: String) {
        let dotEnv = DotEnv(parsing: text)
        #expect(dotEnv.entries.isEmpty)
        #expect(dotEnv.problems.isEmpty)
    }

    @Test(arguments: [
        ("no assignment", "= was expected after the name"),
        ("A", "= was expected after the name"),
        ("export A", "= was expected after the name"),
        ("=b", "the name of a variable was expected"),
        ("export =b", "the name of a variable was expected"),
        ("1A=b", "a name cannot start with a digit"),
        ("A$=b", "= was expected after the name"),
        ("ä=b", "the name of a variable was expected"),
        ("A=\"b", "the quote is never closed"),
        ("A=\"b\\\"", "the quote is never closed"),
        ("A='b", "the quote is never closed"),
        ("A=\"b\"c", "nothing but a comment may follow the closing quote"),
        ("A='b''c'", "nothing but a comment may follow the closing quote"),
        ("A='b'# c", "nothing but a comment may follow the closing quote"),
    ])
    func `a malformed line is a problem with its number and costs no other line`(text: String, reason: String) {
        let dotEnv = DotEnv(parsing: "X=1\n\(text)\nY=2")
        #expect(dotEnv.problems.map(\.line) == [2])
        #expect(dotEnv.problems.map(\.reason) == [reason])
        #expect(dotEnv.values == ["X": "1", "Y": "2"])
    }

    @Test func `lines are counted over values of several lines`() {
        let dotEnv = DotEnv(parsing: "A=\"1\n2\"\r\n\nB=3\nC\n")
        #expect(dotEnv.entries.map(\.line) == [1, 4])
        #expect(dotEnv.problems.map(\.line) == [5])
    }
}
