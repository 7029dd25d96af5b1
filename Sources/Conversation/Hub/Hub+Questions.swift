extension Hub {
    /// How long whoever asked a question has to come back, when the core it was asked of has gone.
    static let patienceForAskers = Duration.seconds(10)

    /// Closes the questions that the last core left open and nobody has come back for.
    func closeAbandonedQuestions() async {
        guard !questions.isEmpty else { return }
        do {
            try await configuration.clock.sleep(for: Self.patienceForAskers)
            for session in questions where sessions[session] == nil {
                abandoned.insert(session)
                // With the first entry for it the session is taken up.
                _ = try await append(to: session) { _, _ in [] }
            }
        } catch {
            return  // cancelled, or the core is closed
        }
    }
}
