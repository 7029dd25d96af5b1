/// A turn that is to be stopped.
struct CopilotInterrupt: Sendable {
    let thread: CopilotThread
    /// The turn's number in its thread.
    let number: Int
    /// What it waits for a person to allow.
    let permissions: [CopilotPermission]
    /// Finished once the next turn can be sent without being stopped as well.
    let settling: CopilotSettling
}
