import Conversation

/// Which agents cannot be had: a fold of how they are, which says what people are to be told.
struct AgentHealth {
    /// Why each that is down is.
    private var down: [String: String] = [:]

    /// What is new now that the agents are like this.
    mutating func take(_ statuses: [ShellStatus]) -> [Announcement] {
        var news: [Announcement] = []
        for status in statuses {
            let wasDown = down[status.name] != nil
            if status.isReady {
                down[status.name] = nil
                guard wasDown else { continue }
                news.append(
                    Announcement(.info, key: "agent/\(status.name)/up", "\(status.name) answers again", of: "agent"))
            } else if !status.isRunning, let error = status.lastError, !wasDown {
                down[status.name] = error
                news.append(
                    Announcement(
                        .warning, key: "agent/\(status.name)/down", "\(status.name) is down: \(error)",
                        of: "agent"))
            }
        }
        // What the settings have taken away is nobody's trouble.
        let names = Set(statuses.map(\.name))
        down = down.filter { names.contains($0.key) }
        return news
    }
}
