import AgentShell

extension ShellUnderTest {
    /// The agent inside `cm`.
    static let offline = ShellUnderTest(name: "offline", abilities: [], memory: .none) {
        let introduction = "I am built in."
        let shell = OfflineShell(introduction: introduction)
        return ContractWorld(place: try ContractPlace()) { _ in
            (shell, {})
        } errand: { deed in
            guard case .say(let text) = deed else { return nil }
            return Errand(prompt: "Who are you, \(text)?", answer: introduction)
        } told: {
            ""
        }
    }
}
