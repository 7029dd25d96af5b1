import Testing

@testable import Conversation

@Suite struct HelpTextTests {
    @Test func `what commands do stands in one column, long usages on a line of their own`() {
        let lines = HelpText(version: "1.2.3", standing: []).table.split(separator: "\n").map(String.init)
        #expect(lines.contains("  /quit" + String(repeating: " ", count: 20) + "leave"))
        let quiet = lines.firstIndex { $0.hasPrefix("  /quiet [") }
        #expect(quiet.map { lines[$0 + 1] }?.hasPrefix(String(repeating: " ", count: 27) + "hold back") == true)
        #expect(lines.dropFirst().allSatisfy { $0.count < 120 })
    }

    @Test func `names that are all there is are told as one or many`() {
        #expect(["default"].existing == "there is only default")
        #expect(["a", "b"].existing == "there are a, b")
    }
}
