import Redaction
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct FuzzTests {
    private static let rounds = 4_000

    @Test(arguments: [[], RandomText.secrets])
    func `any text comes out the same at once and in pieces, and of a second pass`(secrets: [String]) async {
        let seed = Seed()
        let redactor = Redactor(secrets: secrets)
        for round in 0..<Self.rounds {
            await Task.yield()
            var random = RandomText(generator: seed.generator(round))
            let text = random.text(of: 30)
            let whole = redactor.redact(text)
            #expect(stream(random.deltas(of: text), through: redactor) == whole, "\(seed), round \(round)")
            #expect(redactor.redact(whole.text) == Redacted(text: whole.text, count: 0), "\(seed), round \(round)")
        }
    }

    @Test func `no known secret passes, whatever stands around it`() async {
        let seed = Seed()
        let redactor = Redactor(secrets: RandomText.secrets)
        for round in 0..<Self.rounds {
            await Task.yield()
            var random = RandomText(generator: seed.generator(round))
            let secret = RandomText.secrets[round % RandomText.secrets.count]
            let text = random.text(of: 8) + secret + random.text(of: 8)
            #expect(!redactor.redact(text).text.contains(secret), "\(seed), round \(round)")
        }
    }

    @Test func `no character is cut`() async {
        let seed = Seed()
        let redactor = Redactor(secrets: RandomText.secrets)
        for round in 0..<Self.rounds {
            await Task.yield()
            var random = RandomText(generator: seed.generator(round))
            let text = random.text(of: 30)
            let pieces = random.deltas(of: text)
            let hasReplacement = redactor.redact(text).text.unicodeScalars.contains("\u{FFFD}")
            #expect(!hasReplacement, "\(seed), round \(round)")
            #expect(
                !stream(pieces, through: redactor).text.unicodeScalars.contains("\u{FFFD}"), "\(seed), round \(round)")
        }
    }
}
