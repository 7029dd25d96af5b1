import Redaction
import Testing

@Suite struct RedactorTests {
    @Test func `there are 200 secrets and 1,000 harmless lines`() {
        #expect(Planted.corpus.count >= 200)
        #expect(Set(Planted.corpus.map(\.secret)).count >= 200)
        #expect(Set(HarmlessLines.all).count >= 1_000)
    }

    @Test(arguments: Planted.contexts.indices)
    func `no secret passes, and redacting again changes nothing`(context: Int) async {
        let (name, wrap) = Planted.contexts[context]
        let redactor = Redactor()
        for planted in Planted.corpus {
            await Task.yield()
            let redacted = redactor.redact(wrap(planted))
            let leak = planted.leak(in: redacted.text)
            #expect(leak == nil, "\(planted) in \(name)")
            #expect(redacted.count >= 1, "\(planted) in \(name)")
            #expect(redactor.redact(redacted.text) == Redacted(text: redacted.text, count: 0), "\(planted) in \(name)")
        }
    }

    @Test func `what stands around a secret stays`() {
        let redactor = Redactor()
        let key = "gh" + "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
        #expect(redactor.redact("use \(key), please").text == "use <redacted: GitHub token>, please")
        #expect(
            redactor.redact(#"{"password":"hunter2","id":7}"#).text == #"{"password":"<redacted: password>","id":7}"#)
        #expect(redactor.redact(#""{\"token\":\"\#(key)\"}""#).text == #""{\"token\":\"<redacted: token>\"}""#)
        #expect(redactor.redact("/v1?token=\(key)&page=2").text == "/v1?token=<redacted: token>&page=2")
        #expect(redactor.redact("postgres://app:x9k2@db/main").text == "postgres://<redacted: password>@db/main")
        #expect(
            redactor.redact("Authorization: Bearer \(key)\r\nAccept: */*").text
                == "Authorization: Bearer <redacted: credentials>\r\nAccept: */*")
        #expect(redactor.redact("\(key)\n\(key)").count == 2)
    }

    @Test func `a value in brackets is found although what is behind them is none and has a secret of its own`() {
        let redactor = Redactor(secrets: ["q7W8e9R0t1Y2u3I4"])
        let redacted = redactor.redact("Token=7774d0cb-1d76-7cc2-a4de-80]q7W8e9R0t1Y2u3I4o5P6xxxx end")
        #expect(redacted == Redacted(text: "Token=<redacted: token> end", count: 1))
        #expect(redactor.redact(redacted.text) == Redacted(text: redacted.text, count: 0))
    }

    @Test(arguments: [
        // A value that ends with the bracket once what is known has gone, which is itself in front of what has gone before.
        "login bob password API_KEY密%3Aauth,q7W8e9R0t1Y2u3I4o5P6<redacted: token>",
        // One that is no placeholder once what is known has gone, of which the first bytes still belong to what is looked at.
        #"token: "qI8qHlogin words words words words words words words abcd xxxxSecret1 end""#,
    ])
    func `what was taken out of a value, or behind it, makes it no other one`(text: String) {
        let redactor = Redactor(secrets: ["q7W8e9R0t1Y2u3I4", "xxxxSecret1"])
        let redacted = redactor.redact(text)
        #expect(!redacted.text.contains("q7W8e9R0t1Y2u3I4") && !redacted.text.contains("xxxxSecret1"))
        #expect(redacted.count > 0)
        #expect(redactor.redact(redacted.text) == Redacted(text: redacted.text, count: 0))
    }

    @Test func `no harmless line is changed`() {
        let redactor = Redactor()
        for line in HarmlessLines.all { #expect(redactor.redact(line) == Redacted(text: line, count: 0)) }
    }

    @Test func `harmless lines stay together, too`() {
        for separator in ["\n", "\\n", " "] {
            let text = HarmlessLines.all.joined(separator: separator)
            #expect(Redactor().redact(text).count == 0, "joined by \(separator.debugDescription)")
        }
    }

    @Test func `a key without its end takes no more than its lines`() {
        let begin = "-----BEGIN EC PRIVATE" + " KEY-----"
        let line = String(repeating: "a1B2c3D4", count: 8)
        let text = "\(begin)\n\(line)\n\(line)\nShort==\n\nThe command failed, and this is prose.\n\(line)"
        let redacted = Redactor().redact(text)
        #expect(redacted.text == "<redacted: private key>\n\nThe command failed, and this is prose.\n\(line)")
    }

    @Test func `a key on one line is taken whole`() {
        let label = "PRIVATE" + " KEY-----"
        let line = String(repeating: "a1B2c3D4", count: 8)
        let redacted = Redactor().redact("KEY='-----BEGIN \(label) \(line) \(line) Q1w2= -----END \(label)' ok")
        #expect(redacted.text == "KEY='<redacted: private key>' ok")
    }

    @Test func `no text costs more than its size`() async {
        let nasty = [
            "a", "1", "-----BEGIN ", "-----BEGIN RSA PRIVATE" + " KEY-----", "Bearer ", "sk" + "-", "token=",
            "password=\"",
            "token: ", "://a:", "ey" + "J.", "12:", "\\", "\"", "é",
        ]
        for piece in nasty {
            await Task.yield()
            let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
            // Each question looks at no more than one window.
            let questions = Redactor().questions(for: text)
            #expect(questions <= 4 * text.utf8.count, "\(piece.debugDescription)")
        }
    }
}
