import JSONRPC

/// What the buttons under a message have to obey.
enum ButtonRules {
    private static let limit = 100

    /// The rows of the inline keyboard in `json`; none when there is no keyboard.
    static func check(_ json: JSONValue?) throws(APIFault) -> [[ShownButton]] {
        guard let json else { return [] }
        guard json.members != nil else { throw .badRequest("object expected as reply markup") }
        guard let keyboard = json["inline_keyboard"] else { return [] }
        guard let rows = keyboard.elements else {
            throw .badRequest("field \"inline_keyboard\" must be of type Array")
        }
        var buttons: [[ShownButton]] = []
        for row in rows {
            guard let row = row.elements else { throw .badRequest("an inline keyboard row must be an Array") }
            var checked: [ShownButton] = []
            for button in row { checked.append(try self.button(button)) }
            if !checked.isEmpty { buttons.append(checked) }
        }
        guard buttons.joined().count <= limit else { throw .badRequest("reply markup is too long") }
        return buttons
    }

    private static func button(_ json: JSONValue) throws(APIFault) -> ShownButton {
        guard let label = json["text"]?.text, !label.allSatisfy(\.isWhitespace) else {
            throw .badRequest("can't parse inline keyboard button: text must be non-empty")
        }
        var button = ShownButton(label: label)
        button.data = json["callback_data"]?.text
        button.url = json["url"]?.text
        button.copiedText = json["copy_text"]?["text"]?.text
        button.style = json["style"]?.text
        let kinds = [button.data, button.url, button.copiedText].compactMap(\.self)
        guard kinds.count == 1 else {
            throw .badRequest("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
        }
        if let data = button.data, !(1...64).contains(data.utf8.count) { throw .badRequest("BUTTON_DATA_INVALID") }
        if let url = button.url, !LinkRules.isAccepted(url) { throw .badRequest("BUTTON_URL_INVALID") }
        if let text = button.copiedText, !(1...256).contains(text.utf16.count) {
            throw .badRequest("BUTTON_COPY_TEXT_INVALID")
        }
        if let style = button.style, !["danger", "success", "primary"].contains(style) {
            throw .badRequest("can't parse inline keyboard button: invalid button style specified")
        }
        return button
    }
}
