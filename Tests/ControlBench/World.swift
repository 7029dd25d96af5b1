import BenchSupport
import Control
import Conversation
import Foundation
import LocalSockets
import Store
import TestSupport

/// A core with its journal on disk, served over a socket.
struct World: Sendable {
    /// The session that is read.
    static let session = SessionID(rawValue: "tty:read")
    /// The session that messages are handed in to.
    static let other = SessionID(rawValue: "tty:other")

    let hub: Hub
    let journal: TimedJournal
    let agent = StreamingAgent()
    let server: ControlServer
    let place: String

    var socket: String { place + "/s" }

    /// Runs `body` beside a core that has `history`; everything is gone afterwards.
    static func run(history: [Record] = [], _ body: (World) async throws -> Void) async throws {
        let place = FileManager.default.temporaryDirectory.path + "/cmb-\(UInt32.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: place) }  // the next run has a place of its own
        let state = StateDirectory(workspace: "/w", environment: ["CM_STATE_DIR": place], home: place)
        try state.prepare()
        let journal = TimedJournal(SQLiteJournal(try Database(in: state)))
        if !history.isEmpty { try await journal.commit(history) }
        let world = World(place, journal)
        let listener = try LocalListener(at: world.socket)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await world.hub.run() }
            group.addTask { try await world.server.run(on: listener) }
            try await body(world)
            group.cancelAll()
        }
    }

    private init(_ place: String, _ journal: TimedJournal) {
        self.place = place
        self.journal = journal
        hub = Hub(journal: journal, directory: ScriptedDirectory(agent), configuration: .test())
        server = ControlServer(core: hub, configuration: .init(version: "1", host: ControlHost(pid: 1, kind: .other)))
    }

    /// Has the agent of the session that is read do what `text` says, and returns when it is done.
    func play(_ text: String) async throws {
        let events = try await hub.events(of: Self.session, after: nil, answers: false)
        _ = try await hub.submit(.bench(text), to: Self.session)
        for await record in events {
            if case .finished = record.event { return }
        }
        throw Failure("the core ended")
    }
}

extension Message {
    static func bench(_ text: String) -> Message {
        Message(text: text, author: "bench", origin: .terminal, sender: "bench")
    }
}
