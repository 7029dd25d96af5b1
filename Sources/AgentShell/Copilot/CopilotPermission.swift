import Conversation
import JSONRPC

/// Something that Copilot asks to be allowed, and how it wants to be answered.
struct CopilotPermission {
    let request: ApprovalRequest
    /// Whether nobody has to be asked: Copilot has found that the file lies where it works, or that was allowed before;
    /// or it is for a tool of ours, for which the core asks itself.
    let isHarmless: Bool

    /// Reads the data of a `permission.requested`; nil when nobody waits for an answer.
    ///
    /// The tools of `toolServer` are ours.
    init?(_ data: JSONValue, toolServer: String? = nil) {
        guard let id = data["requestId"]?.text, data["resolvedByHook"] != .bool(true) else { return nil }
        let asked = data["permissionRequest"] ?? .null
        // What a person is to be shown; it differs where a path lies outside, and has the short name of a tool.
        let shown = data["promptRequest"] ?? asked
        let wording = CopilotPermissionWording(asked, shown: shown)
        request = wording.request(id)
        let isOurs = asked["kind"]?.text == "mcp" && toolServer != nil && asked["serverName"]?.text == toolServer
        // Only this tells inside from outside.
        isHarmless = data["promptRequest"]?["kind"]?.text == "read" || isOurs
    }

    /// The answer as Copilot takes it.
    func result(_ decision: ApprovalDecision) -> JSONValue {
        switch decision {
        // For a session Copilot would allow more than was asked: all writes, or any arguments of a tool.
        case .allow, .allowForSession: return ["kind": "approve-once"]
        case .deny(let reason?) where !reason.allSatisfy(\.isWhitespace): return Self.rejection(reason)
        case .deny: return Self.rejection("The user does not allow this.")
        case .answer(let text): return Self.rejection(text)
        }
    }

    /// The answer that says no; without words Copilot would end the turn instead of telling the model.
    static func rejection(_ feedback: String) -> JSONValue { ["kind": "reject", "feedback": .string(feedback)] }

    /// The answer that says no and ends the turn.
    static let end: JSONValue = ["kind": "reject"]
}
