import Conversation
import Testing

@testable import REPL

@Suite struct InterruptRuleTests {
    private let start = ContinuousClock.now
    private let turn = Turn.ID(rawValue: 3)

    @Test func `with a turn running it interrupts the turn once and keeps the line`() {
        var rule = InterruptRule()
        rule.turnStarted(turn)
        #expect(rule.press(isLineEmpty: false, at: start) == (true, .interrupt(turn)))
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .nothing))
        rule.turnEnded()
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .hint))
    }

    @Test func `a typed line is cleared`() {
        var rule = InterruptRule()
        #expect(rule.press(isLineEmpty: false, at: start) == (false, .nothing))
    }

    @Test func `on an empty line the second within two seconds leaves`() {
        var rule = InterruptRule()
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .hint))
        #expect(rule.press(isLineEmpty: true, at: start + .milliseconds(1900)) == (true, .leave))
    }

    @Test func `a late second one is a first one`() {
        var rule = InterruptRule()
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .hint))
        #expect(rule.press(isLineEmpty: true, at: start + .seconds(2)) == (true, .hint))
    }

    @Test func `presses during an interrupt do not count towards leaving`() {
        var rule = InterruptRule()
        rule.turnStarted(turn)
        _ = rule.press(isLineEmpty: true, at: start)
        _ = rule.press(isLineEmpty: true, at: start)
        rule.turnEnded()
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .hint))
    }

    @Test func `when the turn could not be told to stop, the next press tries again`() {
        var rule = InterruptRule()
        rule.turnStarted(turn)
        _ = rule.press(isLineEmpty: true, at: start)
        rule.interruptFailed(turn)
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .interrupt(turn)))
    }

    @Test func `a failure to stop an earlier turn says nothing of the one that runs`() {
        var rule = InterruptRule()
        rule.turnStarted(turn)
        _ = rule.press(isLineEmpty: true, at: start)
        let next = Turn.ID(rawValue: 9)
        rule.turnStarted(next)
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .interrupt(next)))
        rule.interruptFailed(turn)
        #expect(rule.press(isLineEmpty: true, at: start) == (true, .nothing))
    }
}
