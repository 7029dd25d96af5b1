import Conversation

extension TerminalScreen {
    /// Says what is still to be done when the person leaves.
    func sayGoodbye() async {
        printer.noteLeaving()
        await sayWhatWaits()
        let load = await core.load()
        let running = load.running - (prompt.isBusy && !told.isEmpty ? 1 : 0)
        if running > 0 {
            let turns = running == 1 ? "the running turn is" : "\(running) running turns are"
            show(Notice(.info, "\(turns) finished first; Ctrl-C stops \(running == 1 ? "it" : "them")"))
        } else if load.running == 0, told.isEmpty, await seesTurn() {
            show(Notice(.info, "the running turn goes on in the other cm"))
        }
        guard load.waiting > 0 else { return }
        let isOne = load.waiting == 1
        let messages = isOne ? "1 waiting message" : "\(load.waiting) waiting messages"
        let text =
            load.isTakenOver
            ? "nothing is lost: the others who are attached go on with \(messages)"
            : "\(messages) \(isOne ? "runs" : "run") when cm chat starts again"
        show(Notice(.info, text))
    }

    /// Whether a turn runs, as far as is known here, although not in this process.
    private func seesTurn() async -> Bool {
        guard prompt.isBusy else { return false }
        // The news of its end may be under way. Cut short, it is as likely to be true.
        try? await Task.sleep(for: .milliseconds(100))
        return prompt.isBusy
    }

    /// Says which questions are left to the next run, each once.
    func sayWhatWaits() async {
        let open: [Approval]
        do {
            open = try await core.openApprovals(of: session)
        } catch {
            return  // What cannot be read is asked again at the next start.
        }
        for approval in open where told.insert(approval.id).inserted {
            let title = ApprovalText.visible(approval.request.title.headline(60))
            let what = "waits for your answer to \(approval.id) (\(title))"
            let way = approval.request.kind == .question ? "/answer" : "/approve"
            // What was attached to from elsewhere is not what the next start begins with.
            let start = session == options.session ? "" : "/attach \(session), "
            let text = "the turn \(what); it is kept: start cm chat again and \(start)\(way) \(approval.id)"
            show(Notice(.info, text))
        }
    }
}
