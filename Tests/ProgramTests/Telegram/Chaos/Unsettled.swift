/// What was asked of the bot has no end, in the words of a chat.
struct Unsettled: Error, CustomStringConvertible {
    let description: String
}
