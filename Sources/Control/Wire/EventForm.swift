import Conversation

/// An event as JSON: an object with its `type` and what belongs to that.
struct EventForm: Codable, Sendable {
    /// The event; nil for one that only newer versions know.
    var event: Event?

    init(_ event: Event) { self.event = event }

    private enum Key: CodingKey {
        case type, id, ids, message, turn, text, action, approval, stage, outcome, change, file, level, priority,
            category, by
    }

    init(from decoder: any Decoder) throws {
        event = try Self.event(in: decoder.container(keyedBy: Key.self))
    }

    private static func event(in container: KeyedDecodingContainer<Key>) throws -> Event? {
        func form<Form: Decodable>(_ key: Key) throws -> Form { try container.decode(Form.self, forKey: key) }
        func turn() throws -> Turn.ID { Turn.ID(rawValue: try form(.turn)) }
        func message() throws -> Message.ID { Message.ID(rawValue: try form(.message)) }
        let type: String = try form(.type)
        switch type {
        case "accepted":
            let message: MessageForm = try form(.message)
            return .accepted(Message.ID(rawValue: try form(.id)), message.message)
        case "revised": return .revised(Message.ID(rawValue: try form(.id)), try form(.text))
        case "dropped":
            let ids: [Int64] = try form(.ids)
            return .dropped(ids.map(Message.ID.init(rawValue:)))
        case "started":
            let turn: TurnForm = try form(.turn)
            return .started(turn.turn)
        case "steered": return .steered(try turn(), try message())
        case "unsteered": return .unsteered(try turn(), try message())
        case "stopping": return .stopping(try turn(), by: try container.decodeIfPresent(String.self, forKey: .by))
        case "delta": return .delta(try turn(), try form(.text))
        case "action":
            let action: ActionForm = try form(.action)
            return .action(try turn(), action.action)
        case "approval":
            let approval: ApprovalForm = try form(.approval)
            return .approval(try turn(), approval.approval)
        case "stage":
            let stage: StageForm = try form(.stage), id = try turn()
            return stage.report.map { .stage(id, $0) }
        case "finished":
            let outcome: OutcomeForm = try form(.outcome)
            return .finished(try turn(), outcome.outcome)
        case "changed":
            let change: ChangeForm = try form(.change)
            return change.change.map(Event.changed)
        case "shared":
            let file: SharedFileForm = try form(.file)
            return .shared(file.file)
        case "notice":
            let level: String = try form(.level)
            var notice = Notice(Notice.Level(rawValue: level) ?? .info, try form(.text))
            notice.announced = try announced(in: container)
            return .notice(notice)
        case "deleted": return .deleted
        default: return nil
        }
    }

    private static func announced(in container: KeyedDecodingContainer<Key>) throws -> Notice.Announced? {
        let number = try container.decodeIfPresent(Int.self, forKey: .priority)
        guard let priority = number.flatMap(Announcement.Priority.init) else { return nil }
        return Notice.Announced(
            priority, of: try container.decodeIfPresent(String.self, forKey: .category) ?? "")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func put(_ type: String, _ turn: Turn.ID? = nil) throws {
            try container.encode(type, forKey: .type)
            try container.encodeIfPresent(turn?.rawValue, forKey: .turn)
        }
        switch event {
        case .accepted(let id, let message):
            try put("accepted")
            try container.encode(id.rawValue, forKey: .id)
            try container.encode(MessageForm(message), forKey: .message)
        case .revised(let id, let text):
            try put("revised")
            try container.encode(id.rawValue, forKey: .id)
            try container.encode(text, forKey: .text)
        case .dropped(let ids):
            try put("dropped")
            try container.encode(ids.map(\.rawValue), forKey: .ids)
        case .started(let turn):
            try put("started")
            try container.encode(TurnForm(turn), forKey: .turn)
        case .steered(let turn, let message):
            try put("steered", turn)
            try container.encode(message.rawValue, forKey: .message)
        case .unsteered(let turn, let message):
            try put("unsteered", turn)
            try container.encode(message.rawValue, forKey: .message)
        case .stopping(let turn, let by):
            try put("stopping", turn)
            try container.encodeIfPresent(by, forKey: .by)
        case .delta(let turn, let text):
            try put("delta", turn)
            try container.encode(text, forKey: .text)
        case .action(let turn, let action):
            try put("action", turn)
            try container.encode(ActionForm(action), forKey: .action)
        case .approval(let turn, let approval):
            try put("approval", turn)
            try container.encode(ApprovalForm(approval), forKey: .approval)
        case .stage(let turn, let report):
            try put("stage", turn)
            try container.encode(StageForm(report), forKey: .stage)
        case .finished(let turn, let outcome):
            try put("finished", turn)
            try container.encode(OutcomeForm(outcome), forKey: .outcome)
        case .changed(let change):
            try put("changed")
            try container.encode(ChangeForm(change), forKey: .change)
        case .shared(let file):
            try put("shared")
            try container.encode(SharedFileForm(file), forKey: .file)
        case .notice(let notice):
            try put("notice")
            try container.encode(notice.level.rawValue, forKey: .level)
            try container.encode(notice.text, forKey: .text)
            try container.encodeIfPresent(notice.announced?.priority.rawValue, forKey: .priority)
            try container.encodeIfPresent(notice.announced?.category, forKey: .category)
        case .deleted:
            try put("deleted")
        case nil:
            try put("unknown")
        }
    }
}
