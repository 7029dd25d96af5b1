extension Hub {
    /// How often it is looked for questions that nobody can hear; twice so long, and somebody is told.
    ///
    /// Long enough for a terminal to come back whose host has just gone.
    static let orphanPause = Duration.seconds(15)

    /// Tells of requests of agents in sessions to which nobody is attached, once each; returns when cancelled.
    func tellOfOrphans() async {
        guard configuration.notifications != nil else { return }
        var unheard: Set<Approval.ID> = [], told: Set<Approval.ID> = []
        while true {
            do {
                try await configuration.clock.sleep(for: Self.orphanPause)
            } catch {
                return  // cancelled
            }
            let orphans = sessions.values.filter { !subscribers.canAsk(in: $0.id) }
                .flatMap { state in state.approvals.map { (state.id, $0) } }
            for (session, approval) in orphans where unheard.contains(approval.id) && !told.contains(approval.id) {
                told.insert(approval.id)
                notifyLater(announcement(of: approval, in: session))
            }
            unheard = Set(orphans.map(\.1.id))
            told.formIntersection(unheard)
        }
    }

    private func announcement(of approval: Approval, in session: SessionID) -> Announcement {
        let what = approval.request.kind == .question ? "asks" : "wants to be allowed"
        var announcement = Announcement(
            .important, key: Announcement.key(of: approval.id, in: session),
            "the agent of \(session) \(what): \(configuration.line(approval.request.title, 200)) (\(approval.id)); nobody is attached "
                + "there: cm chat, /attach \(session)",
            of: "approval", session: session)
        announcement.isToldInSession = true
        return announcement
    }
}

extension Announcement {
    /// The request in ``session`` of which it tells that nobody hears it; nil for all else.
    public var approval: Approval.ID? {
        guard category == "approval", let session else { return nil }
        let prefix = Self.key(ofApprovalsIn: session)
        return key.hasPrefix(prefix) ? Approval.ID(String(key.dropFirst(prefix.count))) : nil
    }

    fileprivate static func key(of approval: Approval.ID, in session: SessionID) -> String {
        "\(key(ofApprovalsIn: session))\(approval)"
    }

    private static func key(ofApprovalsIn session: SessionID) -> String { "approval/\(session)/" }
}
