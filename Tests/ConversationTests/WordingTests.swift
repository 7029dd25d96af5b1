import Testing

@testable import Conversation

@Suite struct WordingTests {
    @Test(arguments: [
        (0, "0.0 s"), (450, "0.4 s"), (9_999, "9.9 s"), (10_000, "10 s"), (59_999, "59 s"), (60_000, "1 m 0 s"),
        (185_000, "3 m 5 s"), (3_600_000, "1 h 0 m"), (7_800_000, "2 h 10 m"), (345_600_000, "4 d"),
    ])
    func `a length of time reads as people say it`(milliseconds: Int64, text: String) {
        #expect("\(Elapsed(milliseconds))" == text)
    }

    @Test(arguments: [
        ("short", "short"), ("two\nlines", "two lines"), ("a\t b\u{2028}c", "a b c"), ("", ""),
        ("0123456789", "0123456789"), ("0123456789a", "012345678…"),
        (String(repeating: "👩‍👧", count: 11), String(repeating: "👩‍👧", count: 9) + "…"),
    ])
    func `a headline is one line of limited length`(text: String, line: String) {
        #expect(text.headline(10) == line)
    }

    @Test func `a headline of a long text that is mostly white space says that it was cut`() {
        let text = "start" + String(repeating: " ", count: 40) + "end"
        #expect(text.headline(10) == "start…")
    }

    @Test(arguments: [
        ("", "", 0), ("status", "status", 0), ("staus", "status", 1), ("hlep", "help", 1), ("", "abc", 3),
        ("kitten", "sitting", 3),
    ])
    func `the distance of two words counts slips of the hand`(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(left, right) == distance)
        #expect(EditDistance.between(right, left) == distance)
    }

    @Test(arguments: [
        ("default", true), ("a-b_c.d9", true), ("grün", true), ("", false), ("a b", false), ("a/b", false),
        ("a:b", false), (String(repeating: "x", count: 64), true), (String(repeating: "x", count: 65), false),
    ])
    func `a terminal session has a plain name`(name: String, isTaken: Bool) {
        #expect(SessionID(terminal: name)?.rawValue == (isTaken ? "tty:\(name)" : nil))
    }
}
