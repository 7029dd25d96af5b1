#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Conversation
import JSONRPC

/// Says what Copilot asks to be allowed.
struct CopilotPermissionWording {
    private let asked: JSONValue
    private let shown: JSONValue

    /// `asked` is what Copilot wants to do; `shown` what it would have a person read.
    init(_ asked: JSONValue, shown: JSONValue) {
        self.asked = asked
        self.shown = shown
    }

    /// The whole of what is asked, also for kinds of versions to come.
    func request(_ id: String) -> ApprovalRequest {
        var request = ApprovalRequest(id: id, kind: .tool, title: "")
        request.reason = [text("intention"), text("warning")].filter { !$0.isEmpty }.joined(separator: "\n")
        switch shown["kind"]?.text {
        case "commands":
            request.kind = .command
            request.title = text("fullCommandText")
        case "write":
            request.kind = .file
            request.title = text("fileName")
            let diff = text("diff").trimmingLineFeeds
            request.detail = diff.isEmpty ? text("newFileContents") : diff
        case "path" where asked["kind"]?.text == "shell":
            request.kind = .command
            request.title = text("fullCommandText")
            request.detail = "\(text("accessKind")) outside the working directory: \(paths.joined(separator: ", "))"
        case "path" where asked["kind"]?.text == "write":
            request.kind = .file
            request.title = text("fileName")
            let diff = text("diff").trimmingLineFeeds
            request.detail = "outside the working directory\n" + (diff.isEmpty ? text("newFileContents") : diff)
        case "url" where asked["kind"]?.text == "shell":
            request.kind = .command
            request.title = text("fullCommandText")
            request.detail = "fetches \(text("url"))"
        case "path":
            request.kind = shown["accessKind"]?.text == "write" ? .file : .tool
            request.title = "\(text("accessKind")) \(paths.joined(separator: ", "))"
            request.detail = "outside the working directory"
        case "read":
            request.title = "read \(text("path"))"
            request.isReadOnly = true
        case "mcp":
            request.title = "\(text("serverName")).\(text("toolName"))"
            request.detail = json(shown["args"])
            request.isReadOnly = asked["readOnly"] == .bool(true)
        case "url":
            request.title = "fetch \(text("url"))"
        case "custom-tool":
            request.title = text("toolName")
            request.detail = json(shown["args"])
        case "hook":
            request.title = text("toolName")
            request.detail = json(shown["toolArgs"])
            request.reason = text("hookMessage")
        default:
            request.title = text("kind")
            request.detail = json(.object(members(of: shown).filter { $0.key != "toolCallId" && $0.key != "kind" }))
        }
        return request.shortened
    }

    private var paths: [String] {
        guard case .array(let paths)? = shown["paths"] else { return [] }
        return paths.compactMap(\.text)
    }

    private func text(_ key: String) -> String { shown[key]?.text ?? asked[key]?.text ?? "" }

    private func members(of value: JSONValue) -> [String: JSONValue] {
        guard case .object(let members) = value else { return [:] }
        return members
    }

    private func json(_ value: JSONValue?) -> String {
        guard let value, value != .null, value != [:] else { return "" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // What was decoded from JSON can be encoded as JSON.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension ApprovalRequest {
    /// The same with a title of one line; what does not fit comes first in the detail.
    fileprivate var shortened: ApprovalRequest {
        var shortened = self
        shortened.title = title.isEmpty ? "something that it does not name" : title.headline(200)
        if !title.isEmpty, shortened.title != title {
            shortened.detail = [title, detail].filter { !$0.isEmpty }.joined(separator: "\n\n")
        }
        return shortened
    }
}

extension String {
    /// The text without line feeds around it.
    fileprivate var trimmingLineFeeds: String {
        let body = drop { $0 == "\n" }
        return String(body[..<(body.lastIndex { $0 != "\n" }.map(body.index(after:)) ?? body.startIndex)])
    }
}
