/// How much of the notifications a person wants to be told.
public enum NotificationVerbosity: String, Hashable, Sendable, Codable, CaseIterable {
    /// What somebody has to act on or look at.
    case minimal
    /// All but what is for who looks into `cm` itself.
    case summary
    /// All.
    case detailed

    /// Whether a notification of this priority is told.
    public func tells(_ priority: Announcement.Priority) -> Bool {
        switch self {
        case .minimal: priority <= .important
        case .summary: priority <= .info
        case .detailed: true
        }
    }
}
