/// What the settings say about one role.
public struct RoleSetting: Hashable, Sendable {
    /// The model that plays it; nil for the one the agent uses otherwise.
    public internal(set) var model: Placed<String>?
    /// The text of its prompt, from the file if there is one; nil for the built-in one.
    ///
    /// Its place is the key of the text or of the file's path.
    public internal(set) var prompt: Placed<String>?
    /// The name of the agent that plays it; nil for the conversation's own.
    ///
    /// Nobody has checked that there is such an agent.
    public internal(set) var executor: Placed<String>?

    /// Each field of this one, else that of `weaker`.
    func over(_ weaker: RoleSetting) -> RoleSetting {
        RoleSetting(
            model: model ?? weaker.model, prompt: prompt ?? weaker.prompt, executor: executor ?? weaker.executor)
    }
}
