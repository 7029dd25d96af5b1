public import Conversation

extension HubError {
    /// The core went away before it answered: it may have stored what it was told, or not.
    public static let lost = HubError(
        code: .closed, description: "the core went away before it answered; what was asked may have been done or not")
}
