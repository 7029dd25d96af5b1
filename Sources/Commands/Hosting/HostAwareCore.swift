import Control
import Conversation

/// The link as a front sees it that has to know what ends with its process.
struct HostAwareCore: Core {
    let link: CoreLink
    let hosted: HostedCore

    func handle(_ message: Message, in session: SessionID) async throws -> Handled {
        try await link.handle(message, in: session)
    }

    func submit(_ message: Message, to session: SessionID) async throws -> Receipt {
        try await link.submit(message, to: session)
    }

    func revise(_ key: String, to text: String, in session: SessionID) async throws -> Revised {
        try await link.revise(key, to: text, in: session)
    }

    func interrupt(_ session: SessionID, turn: Turn.ID?, by person: Message?) async throws -> Bool {
        try await link.interrupt(session, turn: turn, by: person)
    }

    func answer(
        _ id: Approval.ID, _ decision: ApprovalDecision, from person: Message, in session: SessionID
    ) async throws -> Answered {
        try await link.answer(id, decision, from: person, in: session)
    }

    func events(
        of session: SessionID, after bookmark: Bookmark?, answers: Bool
    ) async throws -> AsyncStream<Record> {
        try await link.events(of: session, after: bookmark, answers: answers)
    }

    func position(of session: SessionID) async throws -> Cursor { try await link.position(of: session) }
    func greeting(of session: SessionID) async throws -> Greeting { try await link.greeting(of: session) }
    func openApprovals(of session: SessionID) async throws -> [Approval] { try await link.openApprovals(of: session) }
    func names() async throws -> CoreNames { try await link.names() }

    func load() async -> CoreLoad {
        guard let hub = hosted.hub else { return CoreLoad() }
        var load = await hub.load()
        load.isTakenOver = hosted.isTakenOver
        return load
    }

    func drain() async {
        guard let hub = hosted.hub else { return }
        if hosted.isTakenOver, await hub.load().running > 0 {
            let text =
                "the cm that hosts the core leaves when the running turns have ended; what is sent now waits for that"
            // A core that has just ended tells nobody.
            try? await hub.tell(Notice(.info, text))
        }
        await hub.drain()
    }
}
