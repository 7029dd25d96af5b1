import TestSupport
import Testing

@testable import TelegramFront

@Suite struct ShelfNameTests {
    private func name(_ sender: String, message: Int64 = 12) -> String {
        ShelfName(sender, message: message, chat: -1_002_000_000_001, bot: 7).text
    }

    @Test(arguments: [
        ("report.pdf", "report.pdf"),
        ("../../x", "x"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        (".\u{93E}hidden", "\u{93E}hidden"),
        ("...", "file"),
        ("", "file"),
        ("/", "file"),
        ("a b\tc.txt", "a_b_c.txt"),
        ("two\nlines.md", "two_lines.md"),
        ("nul\u{0}byte", "nul_byte"),
        ("$(rm -rf ~);'\"`.sh", "rm_-rf_.sh"),
        ("café ñ 報告.txt", "café_ñ_報告.txt"),
        ("🎉🎉.png", "png"),
        ("right\u{202E}gnp.exe", "right_gnp.exe"),
        ("%2e%2e%2f.txt", "2e_2e_2f.txt"),
    ])
    func `a name means nothing to a file system or a shell`(sender: String, kept: String) {
        #expect(name(sender) == "7-gcsb8xg5d-c-" + kept)
    }

    @Test func `long names are cut and keep their ending`() {
        let long = name(String(repeating: "a", count: 300) + ".tar.gz")
        #expect(long.utf8.count == ShelfName.longest && long.hasSuffix("a.gz"))
        let wide = name(String(repeating: "報", count: 300))
        #expect(wide.utf8.count <= ShelfName.longest && wide.hasSuffix("報"))
        let odd = name("a." + String(repeating: "b", count: 300))
        #expect(odd.utf8.count == ShelfName.longest)
    }

    @Test func `each message has a name of its own, and the same one each time`() {
        #expect(name("a") == name("a"))
        #expect(name("a") != name("a", message: 13))
        #expect(ShelfName("a", message: 1, chat: 5, bot: 7) != ShelfName("a", message: 1, chat: -5, bot: 7))
        #expect(ShelfName("a", message: 1, chat: 5, bot: 7) != ShelfName("a", message: 1, chat: 5, bot: 8))
    }

    @Test func `another file in the same message has another name, and the same file the same one`() {
        func name(_ file: String) -> String {
            ShelfName("report.pdf", file: file, message: 12, chat: 5, bot: 7).text
        }
        #expect(name("AgADBQADqxwxG") == name("AgADBQADqxwxG"))
        #expect(name("AgADBQADqxwxG") != name("AgADBQADqxwxH"))
        // Some file systems take upper for lower case.
        #expect(name("AgADBQADqxwxG").lowercased() != name("agADBQADqxwxG").lowercased())
        let parts = name("../\u{0}x").split(separator: "-")
        #expect(
            parts.count == 5 && parts[3].count <= 7
                && parts[3].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        let long = ShelfName(String(repeating: "a", count: 300) + ".gz", file: "x", message: 12, chat: 5, bot: 7).text
        #expect(long.utf8.count == ShelfName.longest && long.hasSuffix("a.gz"))
    }

    @Test func `whatever it is called, a name stays in its folder`() {
        let seed = Seed()
        var generator = seed.generator(0)
        let letters: [Unicode.Scalar] = [
            "/", "\\", ".", "-", "_", "a", "\n", "\u{0}", "\u{1B}", "é", "🎉", "\u{200D}", "~",
        ]
        for _ in 0..<2000 {
            var sender = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...400, using: &generator) {
                sender.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
            }
            let text = name(String(sender))
            #expect(text.utf8.count <= ShelfName.longest && !text.hasPrefix(".") && !text.contains("/"), "seed \(seed)")
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "seed \(seed)")
        }
    }
}
