extension Hub {
    /// Tells what became of a turn that ran when the last core died, to who does not follow its session.
    func notifyOfCrash(_ running: RunningTurn, _ outcome: Outcome, in session: SessionID) {
        // A chat shows it where the message was written.
        guard !session.rawValue.hasPrefix("tg:") else { return }
        let reason = outcome.error.map { configuration.line($0.message, 300) } ?? "cut off by the end of cm"
        var announcement = Announcement(
            outcome.runsAgain ? .info : .warning, key: "crash/\(session)/\(running.turn.id)",
            "\(session): “\(configuration.line(running.turn.text, 60))”: \(reason)", of: "conversation",
            session: session)
        announcement.isToldInSession = true
        notifyLater(announcement)
    }
}
