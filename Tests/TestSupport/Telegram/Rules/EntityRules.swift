import JSONRPC

/// What the entities of a text have to obey.
enum EntityRules {
    /// More are ignored by Telegram, in silence.
    private static let limit = 100
    private static let styles: Set<String> = ["bold", "italic", "underline", "strikethrough", "spoiler"]
    private static let quotes: Set<String> = ["blockquote", "expandable_blockquote"]
    private static let links: Set<String> = ["text_link", "text_mention", "custom_emoji"]
    private static let codes: Set<String> = ["code", "pre"]
    /// Found by the server itself; what the client says of them is passed over.
    private static let automatic: Set<String> = [
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
    ]

    /// The entities in `json` that count, by their place; throws when one breaks a rule.
    static func check(_ json: JSONValue?, in units: [UInt16]) throws(APIFault) -> [ShownEntity] {
        guard let json else { return [] }
        guard let list = json.elements else { throw wrong("expected an Array of MessageEntity") }
        guard list.count <= limit else { throw wrong("\(list.count) of them, of which \(limit) count") }
        var entities: [ShownEntity] = []
        for element in list {
            let entity = try entity(element)
            try checkPlace(of: entity, in: units)
            if !automatic.contains(entity.type) { entities.append(entity) }
        }
        // Of two in the same place, code is the inner one.
        let order = { (entity: ShownEntity) in (entity.offset, -entity.length, codes.contains(entity.type) ? 1 : 0) }
        entities.sort { order($0) < order($1) }
        try checkNesting(of: entities)
        return entities
    }

    private static func entity(_ json: JSONValue) throws(APIFault) -> ShownEntity {
        guard let type = json["type"]?.text, let offset = json["offset"]?.integer,
            let length = json["length"]?.integer
        else { throw wrong("an entity lacks its type, offset or length") }
        let known = styles.union(quotes).union(links).union(codes).union(automatic)
        guard known.contains(type) else { throw wrong("unsupported type \(type) specified") }
        var entity = ShownEntity(type, at: offset, length: length)
        entity.language = json["language"]?.text
        if type == "text_link" {
            guard let url = json["url"]?.text, LinkRules.isAccepted(url) else {
                throw .badRequest("entity URL '\(json["url"]?.text ?? "")' is invalid: Wrong HTTP URL")
            }
            entity.url = url
        }
        if type == "text_mention" {
            guard let user = json["user"]?["id"]?.integer else { throw wrong("a text_mention lacks its user") }
            entity.userID = user
        }
        return entity
    }

    private static func checkPlace(of entity: ShownEntity, in units: [UInt16]) throws(APIFault) {
        guard entity.offset >= 0, entity.length > 0, entity.offset <= units.count,
            entity.length <= units.count - entity.offset
        else { throw wrong("\(entity.type) at \(entity.offset), \(entity.length) long, is not inside the text") }
        for edge in [entity.offset, entity.end] where edge > 0 && edge < units.count {
            guard !(UTF16.isLeadSurrogate(units[edge - 1]) && UTF16.isTrailSurrogate(units[edge])) else {
                throw wrong("\(entity.type) at \(entity.offset) cuts a character at \(edge)")
            }
        }
    }

    /// That of two with common characters one is inside the other, and is allowed there.
    ///
    /// `entities` are ordered by where they begin, the longer one first.
    private static func checkNesting(of entities: [ShownEntity]) throws(APIFault) {
        var open: [ShownEntity] = []
        for entity in entities {
            open.removeAll { $0.end <= entity.offset }
            for outer in open {
                guard entity.end <= outer.end else {
                    throw wrong("\(entity.type) at \(entity.offset) crosses \(outer.type) at \(outer.offset)")
                }
                // A style around code is cut by the server around it, and stays right.
                let isWrong =
                    codes.contains(outer.type) || (quotes.contains(outer.type) && quotes.contains(entity.type))
                    || (links.contains(outer.type) && links.contains(entity.type))
                guard !isWrong else {
                    throw wrong("\(outer.type) at \(outer.offset) must not contain \(entity.type)")
                }
            }
            open.append(entity)
        }
    }

    private static func wrong(_ reason: String) -> APIFault { .badRequest("can't parse entities: \(reason)") }
}
