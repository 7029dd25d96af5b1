/// Runs `body` to its end even when the surrounding task is or gets cancelled.
///
/// For taking things down, which cancellation must not cut short. The inner task never outlives the call.
func uncancelled<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) async -> Result {
    await Task { await body() }.value
}
