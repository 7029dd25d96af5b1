/// Who was let in to a bot, and which chats have another id now, as at one moment.
public struct GuestRows: Hashable, Sendable {
    /// All that were let in, the first ones first.
    public let pairings: [PairingRow]
    /// What became of the chats that have another id now, by the old one.
    public let renamed: [Int64: Int64]
    /// How the chats that have another id now were called at first, by the newest one.
    public let originals: [Int64: Int64]
}
