extension SessionID {
    /// The number of the person of Telegram whose conversation it is; nil for one of no such person.
    public var person: Int64? {
        guard rawValue.hasPrefix("tg:"), SessionID(named: rawValue) != nil else { return nil }
        return rawValue.split(separator: ":").last.flatMap { Int64($0) }
    }
}
