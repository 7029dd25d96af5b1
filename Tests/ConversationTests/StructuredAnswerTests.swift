import TestSupport
import Testing

@testable import Conversation

@Suite struct StructuredAnswerTests {
    @Test(arguments: [
        #"{"mode":"plan","reason":"big"}"#,
        #"Sure.\n```json\n{ "mode" : "plan", "reason" : "big" }\n```\nDone."#,
        #"I thought of {braces} and "quotes" { first, then {"reason":"big","mode":"PLAN"} it is"#,
        #"{"mode":"single","reason":"no"} wait: {"mode":"plan","reason":"big"}"#,
        #"{"answer":{"mode":"plan","reason":"big"}}"#,
        #"{"mode":"plan","reason":"big","extra":[1,{"a":2}]}"#,
    ])
    func `a route is found wherever it stands`(text: String) {
        #expect(StructuredAnswer.route(in: text.replacing("\\n", with: "\n")) == Route(.plan, reason: "big"))
    }

    @Test(arguments: ["", "plan", "{", "}{", #"{"mode":"both"}"#, #"{"mode":1}"#, #"{"mode":"plan""#, "{{{{\"\"\\"])
    func `an unreadable route is single`(text: String) {
        let route = StructuredAnswer.route(in: text)
        #expect(route.mode == .single)
        #expect(!route.isReadable)
    }

    @Test(arguments: [
        #"{"result":"needs_changes","feedback":"a \"b\" {c}\nd"}"#,
        #"```\n{"feedback":"a \"b\" {c}\nd","result":"needs_changes"}\n```"#,
    ])
    func `a verdict keeps its feedback`(text: String) {
        #expect(
            StructuredAnswer.verdict(in: text) == Verdict(isApproved: false, feedback: "a \"b\" {c}\nd"))
    }

    @Test(arguments: ["looks good", #"{"result":"maybe"}"#, #"{"result":null}"#])
    func `an unreadable verdict is approved and says so`(text: String) {
        let verdict = StructuredAnswer.verdict(in: text)
        #expect(verdict.isApproved)
        #expect(!verdict.isReadable)
        #expect(verdict.feedback.contains("could not be read"))
    }

    @Test func `any text is read in bounded work`() {
        let seed = Seed()
        var generator = seed.generator(0)
        let pieces = ["{", "}", "\"", "\\", "mode", ":", "plan", ",", "é", "👩‍👧", "\n", #"{"mode":"plan"}"#]
        for _ in 0..<2000 {
            let count = Int.random(in: 0...60, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let route = StructuredAnswer.route(in: text)
            #expect(route.isReadable || route.mode == .single, "\(seed): \(text)")
        }
        #expect(StructuredAnswer.route(in: String(repeating: "{", count: 1_000_000)).isReadable == false)
    }

    @Test func `a repeated prompt is recognised however it is broken into lines`() {
        let prompt = "You are the reviewer. " + String(repeating: "Look at the changes.\n", count: 5)
        #expect(PromptEcho.isIn("Well:\n" + prompt.replacing("\n", with: "   \n\n"), of: prompt))
        #expect(!PromptEcho.isIn(String(prompt.dropFirst(10)), of: prompt))
        #expect(!PromptEcho.isIn("short", of: "short"))
        #expect(!PromptEcho.isIn("anything", of: nil))
    }
}
