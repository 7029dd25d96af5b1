import Testing

@testable import TelegramFront

@Suite struct ClipTests {
    private static let family = "👨‍👩‍👧‍👦"  // 11 units

    @Test func `what fits stays as it is`() {
        let clip = Clip("häßlich", units: 7)
        #expect(clip.text == "häßlich" && !clip.isCut)
    }

    @Test func `the beginning is cut between graphemes`() {
        let clip = Clip(String(repeating: Self.family, count: 3), units: 30)
        #expect(clip.text == Self.family + Self.family + "…" && clip.isCut)
    }

    @Test func `the end is cut between graphemes`() {
        let clip = Clip(endOf: String(repeating: Self.family, count: 3), units: 30)
        #expect(clip.text == "…" + Self.family + Self.family && clip.isCut)
    }

    @Test func `a grapheme that is too long is cut between scalars`() {
        let monster = "😀" + String(repeating: "\u{301}", count: 5_000)
        for clip in [Clip(monster, units: 100), Clip(endOf: monster, units: 100)] {
            #expect((90...100).contains(clip.text.utf16.count) && clip.isCut)
        }
        #expect(Clip(monster, units: 100).text.unicodeScalars.first == "😀")
    }

    @Test func `a line of monsters is short all the same`() {
        let monster = "a" + String(repeating: "\u{301}", count: 5_000)
        #expect(monster.oneLine(100).utf16.count <= 150)
    }

    @Test(arguments: ["", " \n\t", "\u{200B}\u{202E}", "\u{2028}"])
    func `nothing is seen of blanks`(text: String) { #expect(text.isInvisible) }

    @Test func `what turns or hides letters is shown`() {
        #expect(VisibleText("rm \u{202E}txt.exe\u{200B}\u{1B}[2J\r\nb").text == "rm <U+202E>txt.exe<U+200B>␛[2J\nb")
        #expect(VisibleText("👨‍👩‍👧‍👦 a\u{200D}b").text == "👨‍👩‍👧‍👦 a<U+200D>b")
    }
}
