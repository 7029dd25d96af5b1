import Conversation
import Testing

@testable import REPL

@Suite struct ApprovalPromptTests {
    init() {
        UTF8Locale.adopt()
    }

    private func prompt(_ approval: Approval, columns: Int, place: String? = nil) -> KeyOffer {
        let style = TextStyle(isColoured: false)
        return ApprovalPrompt(request: approval.request, place: place, waited: "12 s", style: style)
            .offer(1, columns: columns)
    }

    @Test(arguments: [
        (
            120,
            "cm waiting for you 12 s · 1 of 3 · allow? y once · s session · n deny · e deny with a reason · v view » "
        ),
        (88, "12 s · 1 of 3 · allow? y once · s session · n deny · e deny with a reason · v view » "),
        (80, "1 of 3 · allow? y once · s session · n deny · e deny with a reason · v view » "),
        (40, "1 of 3 · allow? y s n e v » "), (24, "allow? y s n e v » "),
    ])
    func `as much is said as there is room for, the keys first`(columns: Int, text: String) {
        #expect(prompt(.sample(7), columns: columns, place: "1 of 3").prompt == Prompt(text))
    }

    @Test func `an action can be allowed and denied`() {
        let offer = prompt(.sample(7, .tool), columns: 100)
        #expect(offer.keys == ["y", "s", "n", "v"])
        #expect(offer.writing == ["e": Prompt("your reason » ")])
    }

    @Test(arguments: [
        (0, "a answer · n decline · v view"), (1, "1 choose · a answer · n decline · v view"),
        (3, "1-3 choose · a answer · n decline · v view"), (12, "1-9 choose · a answer · n decline · v view"),
    ])
    func `a question offers its choices`(count: Int, text: String) {
        let choices = (0..<count).map { "choice \($0)" }
        let offer = prompt(.sample(7, .question, choices: choices), columns: 100)
        #expect(offer.prompt == Prompt("cm waiting for you 12 s · \(text) » "))
        #expect(offer.keys.count == min(9, count) + 2)
        #expect(offer.writing == ["a": Prompt("answer » ")])
    }
}
