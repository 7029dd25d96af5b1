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
            let heard = "I am the offline agent of cm and cannot work on “\(text)”."
            return Errand(prompt: text, answer: "\(heard)\n\n\(introduction)")
        } told: {
            ""
        }
    }
}
