import Control
import Conversation
import JSONRPC
import LocalSockets

/// The tools of whichever core runs at the moment of a call: each call comes in by itself, so that no core has to last.
struct DoorTools: ToolSource {
    let session: SessionID
    /// What proves that the session is the caller's; nil where nobody gave one.
    let key: String?
    /// The socket of the moment; nil while no core runs.
    let socket: @Sendable () -> String?

    init(session: SessionID, key: String?, socket: @escaping @Sendable () -> String?) {
        self.session = session
        self.key = key
        self.socket = socket
    }

    /// The tools there are; the same whether a core runs or not.
    func tools() async throws -> [ToolDescription] { CoreTools.descriptions }

    func call(_ name: String, _ arguments: JSONValue) async throws -> ToolAnswer {
        do {
            guard let socket = socket() else { return Self.nobody }
            return try await Door.enter(socket, as: "cm mcp", session: session, key: key) { client in
                try await RemoteTools(client, of: session).call(name, arguments)
            }
        } catch let error as LocalSocketError where error.code == .notFound || error.code == .refused {
            return Self.nobody
        }
    }

    private static let nobody = ToolAnswer(text: "no cm runs in this workspace now", isError: true)
}
