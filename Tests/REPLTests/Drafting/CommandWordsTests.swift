import Testing

@testable import REPL

@Suite struct CommandWordsTests {
    @Test(
        arguments: [
            ("nano", ["nano"]), ("  code \t--wait ", ["code", "--wait"]), ("", []), (" \n", []),
            (#"'/my programs/ed' -x"#, ["/my programs/ed", "-x"]), (#""/my programs/ed""#, ["/my programs/ed"]),
            (#"/my\ programs/ed"#, ["/my programs/ed"]), (#"a'b c'"d e"f"#, ["ab cd ef"]),
            ("ed '' \"\"", ["ed", "", ""]),
            (#"ed 'a\b"c'"#, ["ed", #"a\b"c"#]), (#"ed "a\"b\\c\d'e\$f""#, ["ed", #"a"b\c\d'e$f"#]),
            (#"ed \'"#, ["ed", "'"]),
            ("ed $HOME ~ *; `x`", ["ed", "$HOME", "~", "*;", "`x`"]), (#"ed \"#, ["ed", #"\"#]),
        ] as [(String, [String])])
    func `words are separated by white space, and quotes and backslashes hold them together`(
        text: String, words: [String]
    ) {
        #expect(CommandWords.split(text) == words)
    }

    @Test(arguments: ["'", "ed 'x", #"ed "x"#, #"ed "x\""#, "ed 'x\\'y'"])
    func `a quote that is not closed is none`(text: String) {
        #expect(CommandWords.split(text) == nil)
    }
}
