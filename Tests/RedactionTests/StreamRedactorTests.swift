import Redaction
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamRedactorTests {
    @Test(arguments: Planted.contexts.indices)
    func `cut anywhere, a text comes out as if it had come at once`(context: Int) async {
        let redactor = Redactor()
        for planted in Planted.corpus {
            await Task.yield()
            let text = Planted.contexts[context].wrap(planted)
            let whole = redactor.redact(text)
            // Long ones have few places that differ.
            let stride = text.utf8.count > 400 ? 17 : 1
            let scalars = Array(text.unicodeScalars)
            for cut in Swift.stride(from: 0, through: scalars.count, by: stride) {
                let deltas = [scalars[..<cut], scalars[cut...]].map(String.init(scalars:))
                let streamed = stream(deltas, through: redactor)
                #expect(streamed == whole, "\(planted), cut at \(cut)")
            }
            #expect(stream(scalars.map(String.init), through: redactor) == whole, "\(planted), scalar by scalar")
        }
    }

    @Test func `harmless text is not kept waiting`() {
        var stream = StreamRedactor(Redactor())
        var sent = 0, returned = 0
        for line in HarmlessLines.all {
            let line = line + "\n"
            sent += line.utf8.count
            returned += stream.take(line).utf8.count
            #expect(sent - returned <= 512)
        }
        #expect(returned + stream.finish().utf8.count == sent)
        #expect(stream.count == 0)
    }

    @Test func `words of prose are there at once`() {
        var stream = StreamRedactor(Redactor())
        #expect(stream.take("Hello, ") == "Hello")
        #expect(stream.take("world. ") == ", world")
        #expect(stream.finish() == ". ")
    }

    @Test func `a secret of any length is left out as it comes`() {
        var stream = StreamRedactor(Redactor())
        var text = stream.take("key " + "sk" + "-ant-a1B2c3D4e5F6g7H8i9J0")
        #expect(text == "key <redacted: Anthropic key>")
        for _ in 0..<1_000 { text += stream.take("a1B2c3D4e5F6g7H8i9J0") }
        text += stream.take(" is mine") + stream.finish()
        #expect(text == "key <redacted: Anthropic key> is mine")
        #expect(stream.count == 1)
    }
}

/// What a stream makes of the deltas.
func stream(_ deltas: [String], through redactor: Redactor) -> Redacted {
    var stream = StreamRedactor(redactor)
    var text = ""
    for delta in deltas { text += stream.take(delta) }
    text += stream.finish()
    return Redacted(text: text, count: stream.count)
}

extension String {
    /// The text of these scalars.
    init(scalars: ArraySlice<Unicode.Scalar>) {
        self = ""
        unicodeScalars.append(contentsOf: scalars)
    }
}
