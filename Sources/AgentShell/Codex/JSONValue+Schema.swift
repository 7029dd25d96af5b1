import Conversation
import JSONRPC

extension JSONValue {
    /// `schema` as JSON Schema.
    init(schema: AnswerSchema) {
        self = [
            "type": "object",
            "properties": .object([
                schema.choice: ["type": "string", "enum": .array(schema.words.map(JSONValue.string))],
                schema.text: ["type": "string"],
            ]),
            "required": [.string(schema.choice), .string(schema.text)],
            "additionalProperties": false,
        ]
    }
}
