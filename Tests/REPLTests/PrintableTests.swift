import Testing

@testable import REPL

@Suite struct PrintableTests {
    @Test func `escape sequences are shown and not obeyed`() {
        #expect(Printable("a\u{1B}]0;title\u{7}b").text == "a␛]0;title␇b")
    }

    @Test func `line feeds, tabs and all other text stay`() {
        let text = "ünï\t漢字 👩‍👩‍👧\n\u{301}"
        #expect(Printable(text).text == text)
    }

    @Test func `a carriage return goes when it ends a line and shows when it does not`() {
        #expect(Printable("a\r\nb\rc").text == "a\nb␍c")
    }

    @Test(arguments: (0...0x9F).compactMap { Unicode.Scalar($0) }) func `no control but two comes through`(
        scalar: Unicode.Scalar
    ) {
        let isControl = scalar.properties.generalCategory == .control
        let text = Printable(String(Character(scalar))).text
        let isKept = text == String(Character(scalar))
        #expect(isKept == (!isControl || scalar == "\n" || scalar == "\t"))
    }
}
