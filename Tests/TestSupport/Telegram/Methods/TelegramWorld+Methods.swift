import JSONRPC

extension TelegramWorld {
    /// Does what `method`, in lower case, asks; `getupdates` is done elsewhere, as it may wait.
    ///
    /// Nothing that people see is changed when it throws.
    mutating func perform(_ method: String, _ parameters: CallParameters) throws(APIFault) -> JSONValue {
        switch method {
        case "getme": me
        case "setwebhook": try setWebhook(parameters)
        case "deletewebhook": deleteWebhook(parameters)
        case "getwebhookinfo": webhookReport
        case "sendmessage": try sendMessage(parameters)
        case "senddocument": try sendFile(parameters, isPhoto: false)
        case "sendphoto": try sendFile(parameters, isPhoto: true)
        case "sendchataction": try sendChatAction(parameters)
        case "editmessagetext": try editMessageText(parameters)
        case "editmessagecaption": try editMessageCaption(parameters)
        case "editmessagereplymarkup": try editMessageReplyMarkup(parameters)
        case "editmessagemedia": try editMessageMedia(parameters)
        case "deletemessage": try deleteMessage(parameters)
        case "answercallbackquery": try answerCallbackQuery(parameters)
        case "setmycommands": try setMyCommands(parameters)
        case "getmycommands": try getMyCommands(parameters)
        case "deletemycommands": try deleteMyCommands(parameters)
        case "getfile": try getFile(parameters)
        case "getchat": try getChat(parameters)
        default: throw APIFault(code: 404, description: "Not Found: method not found")
        }
    }

    private var me: JSONValue {
        guard case .object(let members) = bot.json else { return bot.json }
        let more: [String: JSONValue] = [
            "can_join_groups": true, "can_read_all_group_messages": .bool(!rules.hidesGroupTalk),
            "supports_inline_queries": false,
        ]
        return .object(members.merging(more) { _, new in new })
    }

    private func getChat(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        chats[try chat(parameters)]?.json ?? .null
    }

    // MARK: Webhook

    private mutating func setWebhook(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        let url = parameters.text("url") ?? ""
        guard url.isEmpty || url.hasPrefix("https://") else {
            throw .badRequest("bad webhook: An HTTPS URL must be provided for webhook")
        }
        updates.allow(try parameters.structure("allowed_updates"))
        if parameters.isTrue("drop_pending_updates") { updates.clear() }
        webhook = url
        if !url.isEmpty { waking += seats.callers }
        return true
    }

    private mutating func deleteWebhook(_ parameters: CallParameters) -> JSONValue {
        if parameters.isTrue("drop_pending_updates") { updates.clear() }
        webhook = ""
        return true
    }

    private var webhookReport: JSONValue {
        [
            "url": .string(webhook), "has_custom_certificate": false,
            "pending_update_count": .integer(updates.pendingIDs.count),
        ]
    }

    // MARK: Menu

    private mutating func setMyCommands(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        menus[try menu(parameters)] = try CommandRules.check(try parameters.structure("commands"))
        return true
    }

    private func getMyCommands(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        let commands = menus[try menu(parameters)] ?? []
        return .array(
            commands.map { ["command": .string($0.command), "description": .string($0.description)] })
    }

    private mutating func deleteMyCommands(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        menus[try menu(parameters)] = nil
        return true
    }

    /// The key of the menu for a scope and a language; empty for the default ones.
    private func menu(_ parameters: CallParameters) throws(APIFault) -> String {
        let scope = try parameters.structure("scope")
        let type = scope?["type"]?.text ?? "default"
        let known = [
            "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
            "chat_administrators", "chat_member",
        ]
        guard known.contains(type) else { throw .badRequest("can't parse BotCommandScope: unsupported type specified") }
        var key = type == "default" ? "" : type
        if let chat = scope?["chat_id"]?.integer {
            guard chats[chat] != nil else { throw .badRequest("chat not found") }
            key += " \(chat)"
        }
        if let user = scope?["user_id"]?.integer { key += " \(user)" }
        if let language = parameters.text("language_code"), !language.isEmpty { key += "/\(language)" }
        return key
    }
}
