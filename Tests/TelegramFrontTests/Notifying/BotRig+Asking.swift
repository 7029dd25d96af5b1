import Conversation
import TestSupport

@testable import TelegramFront

extension BotRig {
    /// A core in whose session `session` an agent asks what `approval` says, and nobody is there.
    func core(asking approval: Approval, in session: SessionID) -> ScriptedCore {
        let core = core()
        core.tell(.approval(approval.turn, approval), in: session)
        core.begin(session, with: .approval(approval.turn, approval))
        return core
    }

    /// Brings the notification that the core makes of `approval`.
    func announce(_ approval: Approval, in session: SessionID) async {
        await desk.notify(
            Announcement(
                .important, key: "approval/\(session)/\(approval.id)", "the agent of \(session) wants to be allowed",
                of: "approval", session: session))
    }
}
