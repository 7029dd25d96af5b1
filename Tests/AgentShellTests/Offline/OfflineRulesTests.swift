import Conversation
import Testing

@testable import AgentShell

/// What the offline agent takes sentences for.
@Suite struct OfflineRulesTests {
    @Test(
        arguments: [
            ("what changed?", .changes), ("What changed today?", .changes), ("changes", .changes),
            ("show me the changes", .changes), ("git status", .changes), ("did anything change", .changes),
            ("what have you modified so far?", .changes), ("any uncommitted work?", .changes),
            ("what's new?", .changes),
            ("please tell me what changed, thanks!", .changes), ("is the tree dirty", .changes),
            ("diff", .diff), ("show the diff please", .diff), ("git diff", .diff), ("can you show me the diff?", .diff),
            ("what is the difference to the last state", .diff),
            ("branches", .branches), ("which branch am I on?", .branches), ("list all branches", .branches),
            ("show branches", .branches), ("what branch is this", .branches),
            ("commits", .commits(10)), ("recent commits", .commits(10)), ("last 5 commits", .commits(5)),
            ("show me the last five commits", .commits(5)), ("git log", .commits(10)), ("commit history", .commits(10)),
            ("the last commit", .commits(1)), ("what changed in the last commit?", .commits(1)),
            ("what changed in the last 3 commits", .commits(3)), ("who committed last?", .commits(1)),
            ("last 100000 commits", .commits(100)), ("last 0 commits", .commits(1)), ("git history", .commits(10)),
            ("show the diff of the last commit", .commits(1)),
        ] as [(String, SurroundingsQuestion)])
    func `a question about the repository is understood`(text: String, question: SurroundingsQuestion) {
        #expect(asked(text) == question)
    }

    @Test(arguments: [
        ("find main", "main"), ("find \"let x = 1\"", "let x = 1"), ("search for “A b”", "A b"), ("grep TODO", "TODO"),
        ("search for 'x y'", "x y"), ("find `show FILE`", "show FILE"), ("where is Parser?", "Parser"),
        ("where is parse() defined?", "parse()"), ("where's the function parse", "parse"),
        ("Where do we use the type Hub in the code?", "Hub"), ("find all occurrences of foo_bar here", "foo_bar"),
        ("which files contain Query?", "Query"), ("what file defines main", "main"),
        ("who calls report(_:for:)", "report(_:for:)"),
        ("search the code for x.y", "x.y"), ("look for the string hello world please", "hello world"),
        ("could you find Hub.swift", "Hub.swift"), ("locate the file Package.swift", "Package.swift"),
        ("find status", "status"), ("find codex", "codex"), ("find -e", "-e"), ("find --help", "--help"),
        ("where is the README", "README"), ("find “”x", "“”x"), ("grep for ; rm -rf /", "; rm -rf /"),
        ("find ÄÖ", "ÄÖ"), ("FIND Foo", "Foo"), ("find function", "function"),
        ("find x in README.md", "x in README.md"),
    ])
    func `a text to be found is taken from the sentence`(text: String, wanted: String) {
        #expect(asked(text) == .find(wanted))
    }

    @Test(
        arguments: [
            ("show README.md", "README.md", nil), ("show @README.md", "README.md", nil),
            ("cat Sources/main.swift", "Sources/main.swift", nil),
            ("open Package.swift please", "Package.swift", nil), ("show me the file Makefile", "Makefile", nil),
            ("what is in .gitignore?", ".gitignore", nil), ("cat notes", "notes", nil),
            ("show 'a b.txt'", "a b.txt", nil),
            ("look at the README", "README", nil), ("contents of x/y", "x/y", nil), ("show app.log", "app.log", nil),
            ("open status.txt", "status.txt", nil), ("view ../../etc/passwd", "../../etc/passwd", nil),
            ("lines 10-20 of a.swift", "a.swift", 10...20), ("show lines 10 to 20 of a.swift", "a.swift", 10...20),
            ("show a.swift lines 20–10", "a.swift", 10...20), ("line 7 in a.swift", "a.swift", 7...7),
            ("show a.swift:3", "a.swift", 3...3), ("cat a.swift:3-9", "a.swift", 3...9),
            ("open a.swift#L3-L9", "a.swift", 3...9),
            ("show me a.swift from line 3 to line 9", "a.swift", 3...9), ("first 5 lines of a.swift", "a.swift", 1...5),
            ("lines 0 to 2 of a.swift", "a.swift", 1...2), ("show lines 1 and 2 of “a b”", "a b", 1...2),
        ] as [(String, String, ClosedRange<Int>?)])
    func `a file to be shown is understood with its lines`(text: String, name: String, lines: ClosedRange<Int>?) {
        #expect(asked(text) == .file(name, lines: lines))
    }

    @Test(
        arguments: [
            ("log", 20, nil), ("show the log", 20, nil), ("logs please", 20, nil),
            ("last 50 lines of the log", 50, nil),
            ("tail the log", 20, nil), ("where is the log", 20, nil), ("log of orchestrator", 20, "orchestrator"),
            ("last 5 lines of the log of the orchestrator", 5, "orchestrator"), ("the log of cm", 20, nil),
            ("last 100000 lines of the log", 1000, nil),
        ] as [(String, Int, String?)])
    func `a log is understood with its length and its process`(text: String, lines: Int, process: String?) {
        #expect(asked(text) == .log(lines: lines, of: process))
    }

    @Test(arguments: [
        ("last errors in the log", OfflineLookUp.Keeping.problems), ("any errors?", .problems),
        ("what went wrong in the log", .problems), ("show me the last errors", .problems),
        ("find errors in the log", .problems), ("find codex in the log", .text("codex")),
        ("search for \"a b\" in logs", .text("a b")),
    ])
    func `lines of the log can be chosen`(text: String, keeping: OfflineLookUp.Keeping) throws {
        let lookUp = try #require(self.lookUp(text))
        #expect(lookUp.query == .surroundings(.log(lines: 1000, of: nil)))
        #expect(lookUp.keeping == keeping)
    }

    @Test(arguments: [
        ("help me", Query.help), ("How does this work?", .help), ("commands", .help), ("what is the STATUS", .status),
        ("show status", .status), ("where am I?", .status), ("where are we", .status), ("open status", .status),
        ("what waits in the queue", .queue), ("show me the queue", .queue), ("say that again", .last),
        ("what was said", .history(10)), ("show history", .history(10)), ("which agents are there", .agents),
        ("the last status", .status), ("show the last answer", .last), ("again", .last), ("repeat", .last),
        ("repeat that, please", .last), ("what was your last answer?", .last), ("hi, say it again", .last),
        ("last", .last),
        ("help", .help), ("show me the commands", .help), ("what commands are there?", .help),
        ("how many tokens did that cost", .usage(UsageQuestion())),
    ])
    func `a question about the program is understood`(text: String, query: Query) {
        #expect(lookUp(text)?.query == query)
    }

    @Test(arguments: [
        "who are you", "how can I install codex", "which model", "what can you do?", "install copilot", "setup",
        "hey, what are you?", "codex login",
    ])
    func `a question about itself, or about getting another, is answered by the introduction`(text: String) {
        #expect(OfflineRules().reading(of: text) == .introduce)
    }

    @Test(arguments: [
        "refactor Parser.swift", "", "¿?", "handstatus", "please", "fix the bug in the status bar", "commit my changes",
        "commit the last changes", "revert the last commit", "change the diff viewer", "review the diff",
        "find out why it fails",
        "find a better way to parse all of the settings without copying", "what is the capital of France?",
        "run the tests", "add a log line to Hub.swift", "what changed?\nAnd fix it.", "hello", "write README.md",
        "Please think about how the state machine of the parser could be made simpler and faster for everybody",
        "hi again", "hello again!", "let us try again later", "the last answer was bad", "is this the last time?",
        "that was the last one", "help me show something", "why did you change app.py?", "how did you change app.py?",
        "why was the last commit made?", "why did you say that again?",
        "where is it", "can you update the help in README.md", "delete the branch x",
    ])
    func `work, and what makes no sense, is declined`(text: String) {
        #expect(OfflineRules().reading(of: text) == .decline)
    }

    @Test(arguments: [
        ("find", "Find what?"), ("search for", "Find what?"), ("show", "Which file?"), ("cat the file", "Which file?"),
    ])
    func `what lacks its object is asked back`(text: String, question: String) {
        guard case .ask(let words) = OfflineRules().reading(of: text) else {
            Issue.record("\(text) is \(OfflineRules().reading(of: text))")
            return
        }
        #expect(words.hasPrefix(question))
    }

    @Test(arguments: [" ", "in ", "the ", ": ", ":1", "\"", "1 - ", "please "])
    func `a long message of one thing alone is read in no time`(part: String) {
        let text = "find x " + String(repeating: part, count: 490 / part.utf8.count)
        let took = ContinuousClock().measure { _ = OfflineRules().reading(of: text) }
        #expect(took < .seconds(5))
    }

    @Test func `strange messages are read the same way each time`() {
        let odd = ["find ", "show ", "lines ", "\"", "“", " a", ".", ":1", "where is ", "\u{1B}[2J", "é", "the ", "🙂"]
        let seed = UInt64.random(in: .min ... .max)
        var generator = SplitMix(state: seed)
        for _ in 0..<300 {
            let parts = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                odd.randomElement(using: &generator) ?? ""
            }
            let text = parts.joined()
            let first = OfflineRules().reading(of: text)
            #expect(OfflineRules().reading(of: text) == first, "seed \(seed)")
        }
    }

    private func lookUp(_ text: String) -> OfflineLookUp? {
        if case .lookUp(let lookUp) = OfflineRules().reading(of: text) { lookUp } else { nil }
    }

    private func asked(_ text: String) -> SurroundingsQuestion? {
        if case .surroundings(let question)? = lookUp(text)?.query { question } else { nil }
    }
}

/// Numbers that a seed brings back.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
