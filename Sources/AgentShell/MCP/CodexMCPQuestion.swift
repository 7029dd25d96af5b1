#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation
import JSONRPC

/// A question of Codex whether it may run a command or change files, and how it wants to be answered.
struct CodexMCPQuestion {
    let request: ApprovalRequest
    /// What it asks about; the deed of this id follows when it is allowed.
    let callID: String
    private let reply: Reply

    /// Reads the parameters of an `elicitation/create`; nil for one of another kind.
    ///
    /// `event` is the one that announced the question: it holds more than the question itself.
    init?(_ params: JSONValue, _ reply: Reply, announcedBy event: (String) -> JSONValue?) {
        let callID = params["codex_call_id"]?.text ?? ""
        let event = event(callID)
        let reason = event?["reason"]?.text ?? params["codex_reason"]?.text ?? ""
        let id = "a\(reply.id)"
        switch params["codex_elicitation"]?.text {
        case "exec-approval":
            // Network access and the like: part of what is allowed.
            let more = ["additional_permissions", "network_approval_context"].compactMap {
                event?[$0].flatMap(Self.text)
            }
            let place = params["codex_cwd"]?.text.map { "in \($0)" }
            request = ApprovalRequest(
                id: id, kind: .command, title: CodexMCPDeed.command(params["codex_command"]),
                detail: ([place].compactMap(\.self) + more).joined(separator: "\n"), reason: reason)
        case "patch-approval":
            let changes = params["codex_changes"]
            let root = (event?["grant_root"] ?? params["codex_grant_root"])?.text.map {
                ["and anything else under \($0)"]
            }
            request = ApprovalRequest(
                id: id, kind: .file, title: CodexMCPDeed.paths(changes),
                detail: (Self.contents(of: changes) + (root ?? [])).joined(separator: "\n"), reason: reason)
        default:
            return nil
        }
        self.callID = callID
        self.reply = reply
    }

    /// What becomes of the question's subject when it is denied; Codex itself says nothing more about commands.
    var declined: Action {
        Action(
            id: callID, kind: request.kind == .file ? .file : .command, title: request.title.headline(200),
            status: .declined)
    }

    func answer(_ decision: ApprovalDecision) throws {
        // Never `abort`: no call could be matched with its answer after it.
        let word =
            switch decision {
            // Codex's answer for the session would allow other changes of these files, too.
            case .allow, .allowForSession, .answer: "approved"
            case .deny: "denied"
            }
        try reply.send(CodexMCPDecision(decision: word))
    }

    /// What is to become of each file.
    private static func contents(of changes: JSONValue?) -> [String] {
        guard case .object(let files)? = changes else { return [] }
        return files.sorted { $0.key < $1.key }.map { path, change in
            let target = change["move_path"]?.text.map { " -> \($0)" } ?? ""
            let text = change["unified_diff"]?.text ?? change["content"]?.text ?? ""
            return "\(change["type"]?.text ?? "change") \(path)\(target)\n\(text)"
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        guard value != .null else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only a number that JSON cannot write fails, and it was just read from JSON.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }
}
