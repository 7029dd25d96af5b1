import JSONRPC

/// What the menu of commands has to obey.
enum CommandRules {
    private static let limit = 100
    /// Not documented; what others found to work is a little less than this.
    private static let totalLimit = 6000

    /// The commands in `json`.
    static func check(_ json: JSONValue?) throws(APIFault) -> [ShownCommand] {
        guard let list = json?.elements else { throw .badRequest("expected an Array of BotCommand") }
        guard list.count <= limit else { throw .badRequest("BOT_COMMANDS_TOO_MUCH") }
        var commands: [ShownCommand] = []
        for element in list {
            guard let name = element["command"]?.text, let description = element["description"]?.text else {
                throw .badRequest("can't parse BotCommand: a field is missing")
            }
            let isNamed = name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            }
            guard isNamed, (1...32).contains(name.utf8.count) else { throw .badRequest("BOT_COMMAND_INVALID") }
            guard (1...256).contains(description.utf16.count) else {
                throw .badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
            }
            commands.append(ShownCommand(command: name, description: description))
        }
        guard commands.reduce(0, { $0 + $1.command.count + $1.description.count }) <= totalLimit else {
            throw .badRequest("BOT_COMMANDS_TOO_MUCH")
        }
        return commands
    }
}
