import Testing

@testable import REPL

@Suite struct OfferRuleTests {
    private let start = ContinuousClock.now
    private let offer = KeyOffer(id: 1, prompt: Prompt("allow? "), keys: ["y", "n"], writing: ["e": Prompt("reason ")])

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    /// A rule with the offer on the screen since `start`.
    private func offering(_ offer: KeyOffer? = nil) -> OfferRule {
        var rule = OfferRule()
        rule.make(offer ?? self.offer)
        _ = rule.prompt(isLineEmpty: true, at: start)
        rule.noteShown(at: start)
        return rule
    }

    /// A key, as the only one in its moment, after the screen was brought up to date.
    private func press(
        _ key: Unicode.Scalar, _ milliseconds: Int, on rule: inout OfferRule, isLineEmpty: Bool = true
    ) -> OfferRule.Verdict {
        _ = rule.prompt(isLineEmpty: isLineEmpty, at: at(milliseconds))
        return rule.press(key, isAlone: true, isLineEmpty: isLineEmpty, at: at(milliseconds))
    }

    @Test(arguments: ["y", "Y"] as [Unicode.Scalar])
    func `a key answers once the offer was on the screen for 600 ms`(key: Unicode.Scalar) {
        var rule = offering()
        #expect(rule.prompt(isLineEmpty: true, at: at(599)) == nil)
        #expect(rule.patience(at: at(599)) == .milliseconds(1))
        #expect(rule.prompt(isLineEmpty: true, at: at(600)) == Prompt("allow? "))
        #expect(press(key, 700, on: &rule) == .choose(KeyChoice(offer: 1, key: "y")))
    }

    @Test func `who types while it appears, types on`() {
        var rule = OfferRule()
        #expect(press("x", -300, on: &rule) == .type)
        rule.make(offer)
        rule.noteShown(at: start)
        var time = 200
        for key in "yes y" {
            #expect(press(key.unicodeScalars.first!, time, on: &rule) == .type)
            time += 500
        }
        #expect(press("y", time + 100, on: &rule) == .choose(KeyChoice(offer: 1, key: "y")))
    }

    @Test func `with text in the line keys type, and with it emptied they answer after a pause`() {
        var rule = offering()
        #expect(press("w", 1000, on: &rule) == .type)
        #expect(press("y", 5000, on: &rule, isLineEmpty: false) == .type)
        #expect(rule.prompt(isLineEmpty: false, at: at(9000)) == nil)
        #expect(rule.patience(at: at(9000)) == nil)
        // Backspace, twice.
        #expect(press("\u{7F}", 9000, on: &rule, isLineEmpty: false) == .type)
        #expect(press("\u{7F}", 9100, on: &rule, isLineEmpty: false) == .type)
        #expect(press("n", 9200, on: &rule) == .type)
        #expect(press("n", 9900, on: &rule) == .choose(KeyChoice(offer: 1, key: "n")))
    }

    @Test func `a key answers only if the prompt on the screen said so`() {
        var rule = offering()
        // The time has come, but the screen is not yet up to date.
        #expect(rule.press("y", isAlone: true, isLineEmpty: true, at: at(5000)) == .type)
    }

    @Test func `keys that arrive together are typed`() {
        var rule = offering()
        _ = rule.prompt(isLineEmpty: true, at: at(1000))
        #expect(rule.press("y", isAlone: false, isLineEmpty: true, at: at(1000)) == .type)
        // What ends the sequence of an arrow looks like a letter.
        #expect(rule.press("n", isAlone: true, isLineEmpty: true, at: at(1000)) == .type)
    }

    @Test func `other keys begin a line`() {
        var rule = offering()
        #expect(press("x", 1000, on: &rule) == .type)
        #expect(press("\r", 3000, on: &rule) == .type)
    }

    @Test func `a key that is held down answers once, and the next offer is not touched by it`() {
        var rule = offering()
        #expect(press("y", 1000, on: &rule) == .choose(KeyChoice(offer: 1, key: "y")))
        rule.make(KeyOffer(id: 2, prompt: Prompt("next? "), keys: ["y"]))
        rule.noteShown(at: at(1001))
        for time in stride(from: 1300, to: 3000, by: 30) { #expect(press("y", time, on: &rule) == .drop) }
        #expect(press("y", 4000, on: &rule) == .choose(KeyChoice(offer: 2, key: "y")))
    }

    @Test func `after an answer another key belongs to the line`() {
        var rule = offering()
        #expect(press("y", 1000, on: &rule) == .choose(KeyChoice(offer: 1, key: "y")))
        rule.make(KeyOffer(id: 2, prompt: Prompt("next? "), keys: ["n"]))
        rule.noteShown(at: at(1001))
        #expect(press("n", 1200, on: &rule) == .type)
    }

    @Test func `an offer that was taken is not made again`() {
        var rule = offering()
        _ = press("y", 1000, on: &rule)
        rule.make(offer)
        rule.noteShown(at: at(1001))
        #expect(rule.prompt(isLineEmpty: true, at: at(9000)) == nil)
        #expect(press("n", 9000, on: &rule) == .type)
    }

    @Test func `an offer whose words change is the same offer`() {
        var rule = offering()
        var changed = offer
        changed.prompt = Prompt("allow, after a second? ")
        rule.make(changed)
        #expect(rule.prompt(isLineEmpty: true, at: at(600)) == changed.prompt)
    }

    @Test func `an offer that is withdrawn is not taken, and one in its place wants its own time`() {
        var rule = offering()
        rule.make(KeyOffer(id: 2, prompt: Prompt("other? "), keys: ["y"]))
        rule.noteShown(at: at(1000))
        #expect(press("y", 1100, on: &rule) == .type)
        rule.make(nil)
        #expect(press("y", 9000, on: &rule) == .type)
    }

    @Test func `a text can be typed to a key, and Enter ends it`() {
        var rule = offering()
        #expect(press("e", 1000, on: &rule) == .write)
        #expect(rule.prompt(isLineEmpty: true, at: at(1000)) == Prompt("reason "))
        #expect(press("n", 2000, on: &rule) == .type)
        #expect(press("\u{4}", 2100, on: &rule, isLineEmpty: false) == .type)
        #expect(rule.prompt(isLineEmpty: false, at: at(2200)) == Prompt("reason "))
        #expect(rule.accept("no way") == KeyChoice(offer: 1, key: "e", text: "no way"))
        #expect(rule.accept("hello") == nil)
    }

    @Test(arguments: ["\u{1B}", "\u{4}"] as [Unicode.Scalar])
    func `Escape and Ctrl-D lead back to the offer`(key: Unicode.Scalar) {
        var rule = offering()
        _ = press("e", 1000, on: &rule)
        #expect(press(key, 2000, on: &rule) == .back)
        #expect(rule.accept("hello") == nil)
        #expect(press("y", 2700, on: &rule) == .choose(KeyChoice(offer: 1, key: "y")))
    }

    @Test func `Ctrl-C leads back to the offer, and is itself otherwise`() {
        var rule = offering()
        #expect(rule.interrupt(at: at(500)) == false)
        _ = press("e", 1200, on: &rule)
        #expect(rule.interrupt(at: at(2000)) == true)
        #expect(rule.interrupt(at: at(2100)) == false)
    }

    @Test func `an arrow does not lead back`() {
        var rule = offering()
        _ = press("e", 1000, on: &rule)
        #expect(rule.press("\u{1B}", isAlone: false, isLineEmpty: true, at: at(2000)) == .type)
        #expect(rule.accept("still") == KeyChoice(offer: 1, key: "e", text: "still"))
    }

    @Test func `a text that was begun can be finished when its offer has gone`() {
        var rule = offering()
        _ = press("e", 1000, on: &rule)
        rule.make(KeyOffer(id: 2, prompt: Prompt("other? "), keys: ["y"]))
        rule.noteShown(at: at(1100))
        #expect(rule.accept("late") == KeyChoice(offer: 1, key: "e", text: "late"))
        #expect(press("y", 3000, on: &rule) == .choose(KeyChoice(offer: 2, key: "y")))
    }
}
