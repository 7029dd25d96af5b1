public import JSONRPC

/// A tool as agents are told of it.
public struct ToolDescription: Codable, Hashable, Sendable {
    /// What agents call it by: letters, digits, `_` and `-`.
    public var name: String
    /// What people read; empty for the name.
    public var title: String
    /// What it does and when to use it, for the model.
    public var description: String
    /// The JSON Schema of its arguments, which are an object.
    public var inputSchema: JSONValue
    /// Whether it changes nothing.
    public var readOnly: Bool
    /// Whether what it changes may be lost by it; means something only for a tool that changes something.
    public var destructive: Bool
    /// Whether it reaches beyond this program and what it keeps.
    public var openWorld: Bool
    /// Whether a second call with the same arguments changes nothing more.
    public var idempotent: Bool

    /// Creates a description of a tool that changes nothing, unless told otherwise.
    public init(
        name: String, title: String = "", description: String, inputSchema: JSONValue = ToolDescription.noArguments,
        readOnly: Bool = true, destructive: Bool = false, openWorld: Bool = false, idempotent: Bool = true
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.readOnly = readOnly
        self.destructive = destructive
        self.openWorld = openWorld
        self.idempotent = idempotent
    }

    /// The schema of a tool that takes no arguments.
    public static let noArguments: JSONValue = ["type": "object", "properties": [:]]

    /// The tool as MCP describes one.
    var announcement: JSONValue {
        let title = JSONValue.string(title.isEmpty ? name : title)
        return [
            "name": .string(name), "title": title, "description": .string(description), "inputSchema": inputSchema,
            "annotations": [
                "title": title, "readOnlyHint": .bool(readOnly), "destructiveHint": .bool(destructive),
                "idempotentHint": .bool(idempotent), "openWorldHint": .bool(openWorld),
            ],
        ]
    }
}
