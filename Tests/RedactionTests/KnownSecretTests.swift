import Redaction
import Testing

@Suite struct KnownSecretTests {
    private static let secret = "pa/ss \"wörd\"\\1"

    @Test(arguments: [
        secret, #"pa/ss \"wörd\"\\1"#, #"pa\/ss \"wörd\"\\1"#, #"pa/ss \"w\u00f6rd\"\\1"#, #"pa/ss \\\"wörd\\\"\\\\1"#,
        "pa%2Fss%20%22w%C3%B6rd%22%5C1", "pa%2fss%20%22w%c3%b6rd%22%5c1", "pa%2Fss+%22w%C3%B6rd%22%5C1",
    ])
    func `a known secret is found however it is written`(form: String) {
        let redacted = Redactor(secrets: [Self.secret]).redact("a\(form)b")
        #expect(redacted == Redacted(text: "a<redacted: known secret>b", count: 1))
    }

    @Test func `a short one is not looked for`() {
        #expect(Redactor(secrets: ["build", "1234567", ""]).redact("build 1234567").count == 0)
    }

    @Test func `one that goes on where another secret ends is taken whole`() {
        let redactor = Redactor(secrets: ["correct horse 9 staple", "correct horse 9 staple battery"])
        #expect(
            redactor.redact("DB_PASSWORD=x1correct horse 9 staple ok").text == "DB_PASSWORD=<redacted: password> ok")
        #expect(redactor.redact("correct horse 9 staple battery!").text == "<redacted: known secret>!")
    }

    @Test func `what is left of one where a text was cut off is one`() {
        let secret = "correct-horse-9-staple-" + String(repeating: "xY7", count: 300)
        let redactor = Redactor(secrets: [secret])
        for count in [Redactor.shortestSecret, 9, 400, secret.count - 1] {
            let cut = "run it with \(secret.prefix(count))…", expected = "run it with <redacted: known secret>…"
            #expect(redactor.redact(cut).text == expected)
            #expect(stream(cut.map(String.init), through: redactor).text == expected)
        }
        // Too short to be told from a word, or not cut off.
        for text in [
            "\(secret.prefix(7))…", "\(secret.prefix(20))", "\(secret.prefix(20)) …", "\(secret.prefix(20))a…",
        ] {
            #expect(redactor.redact(text).text == text)
        }
    }

    @Test func `how many secrets of a kind begin stays, cut off or not`() {
        let beginnings = ["sk-proj-", "sk-ant-api03-", "github" + "_pat_"]
        let rest = "x7Kq92LmZ4vT8wYb3NcR5sD6"
        let redactor = Redactor(secrets: beginnings.map { $0 + rest })
        for beginning in beginnings {
            for text in ["set \(beginning)…", "set \(beginning)"] { #expect(redactor.redact(text).text == text) }
        }
        #expect(redactor.redact("set sk-proj-x7Kq92Lm…").text == "set <redacted: known secret>…")
    }

    @Test func `hundreds of them are found`() {
        let secrets = (0..<600).map { "secret-number-\($0)-\(String($0 * 7919, radix: 36))x" } + ["密码密码密码"]
        let redactor = Redactor(secrets: secrets)
        for secret in secrets { #expect(redactor.redact("<\(secret)>").text == "<<redacted: known secret>>") }
    }

    @Test func `a token that a known secret follows is found, in pieces as well`() {
        let redactor = Redactor(secrets: ["12345678AAE"]), token = "ASIA" + "X6QIBABHO62M6ZHF"
        let expected = Redacted(text: "<redacted: AWS key><redacted: known secret>", count: 2)
        #expect(redactor.redact(token + "12345678AAE") == expected)
        #expect(redactor.redact(token + "12345678AAF").text == token + "12345678AAF")
        let pieces = (token + "12345678AAE").map(String.init)
        #expect(stream(pieces, through: redactor) == expected)
    }
}
