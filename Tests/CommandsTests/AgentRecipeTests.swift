import Foundation
import Settings
import Testing

@testable import Commands

@Suite struct AgentRecipeTests {
    private func recipe(_ kind: AgentRecipe.Kind, _ environment: [String: String]) throws -> AgentRecipe {
        var sources = SettingsSources(environment: environment, home: "/h", directory: NSTemporaryDirectory())
        sources.files = FileAccess(
            read: { _, _ throws(FileFailure) in nil }, create: { _, _ throws(FileFailure) in }, stamp: { _ in nil })
        return AgentRecipe(kind, called: "x", try ChatSettings(try sources.load(), from: sources))
    }

    @Test(arguments: [(AgentRecipe.Kind.codex, "CODEX"), (.copilot, "COPILOT")])
    func `the wait for a cancel over Telegram counts for an agent that has none of its own`(
        kind: AgentRecipe.Kind, name: String
    ) throws {
        let cancel = "CM_TELEGRAM_POLLING_CANCEL_WAIT_TIMEOUT_SEC", own = "CM_\(name)_INTERRUPT_TIMEOUT"
        let usual = try recipe(kind, [:]), nine = try recipe(kind, [cancel: "9"])
        #expect(try recipe(kind, [cancel: "5"]) == usual)
        #expect(nine != usual)
        #expect(try recipe(kind, [own: "9"]) == nine)
        #expect(try recipe(kind, [own: "5", cancel: "9"]) == usual)
    }
}
