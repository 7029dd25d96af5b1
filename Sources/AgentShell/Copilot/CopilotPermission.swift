import Conversation
import JSONRPC

/// Something that Copilot asks to be allowed, and how it wants to be answered.
struct CopilotPermission {
    let request: ApprovalRequest
    /// Whether nobody has to be asked: Copilot has found that the file lies where it works, or that was allowed before.
    let isHarmless: Bool
    /// What is allowed for the session by such an answer; nil when Copilot does not offer one.
    private let sessionApproval: JSONValue?

    /// Reads the data of a `permission.requested`; nil when nobody waits for an answer.
    init?(_ data: JSONValue) {
        guard let id = data["requestId"]?.text, data["resolvedByHook"] != .bool(true) else { return nil }
        let asked = data["permissionRequest"] ?? .null
        // What a person is to be shown; it differs where a path lies outside, and has the short name of a tool.
        let shown = data["promptRequest"] ?? asked
        let wording = CopilotPermissionWording(asked, shown: shown)
        request = wording.request(id)
        isHarmless = shown["kind"]?.text == "read"
        sessionApproval = Self.sessionApproval(asked, shown)
    }

    /// The answer as Copilot takes it.
    func result(_ decision: ApprovalDecision) -> JSONValue {
        switch decision {
        case .allow: return ["kind": "approve-once"]
        case .allowForSession:
            guard let sessionApproval else { return ["kind": "approve-once"] }
            return ["kind": "approve-for-session", "approval": sessionApproval]
        case .deny(let reason): return Self.rejection(reason ?? "The user does not allow this.")
        case .answer(let text): return Self.rejection(text)
        }
    }

    /// The answer that says no; without words Copilot would end the turn instead of telling the model.
    static func rejection(_ feedback: String) -> JSONValue { ["kind": "reject", "feedback": .string(feedback)] }

    /// The answer that says no and ends the turn.
    static let end: JSONValue = ["kind": "reject"]

    private static func sessionApproval(_ asked: JSONValue, _ shown: JSONValue) -> JSONValue? {
        let isOffered = shown["canOfferSessionApproval"] == .bool(true)
        switch shown["kind"]?.text {
        case "commands":
            guard isOffered, let identifiers = shown["commandIdentifiers"] else { return nil }
            return ["kind": "commands", "commandIdentifiers": identifiers]
        case "write":
            return isOffered ? ["kind": "write"] : nil
        case "mcp":
            guard let server = shown["serverName"], let tool = shown["toolName"] else { return nil }
            return ["kind": "mcp", "serverName": server, "toolName": tool]
        case "custom-tool":
            return shown["toolName"].map { ["kind": "custom-tool", "toolName": $0] }
        case "memory":
            return ["kind": "memory"]
        default:
            return nil
        }
    }
}
