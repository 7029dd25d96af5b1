/// What a test waited for did not come.
public struct NeverHappened: Error, CustomStringConvertible {
    /// What it was.
    public let description: String
}

/// The first value that is there, looked for again and again; throws ``NeverHappened`` when there is none within `limit`.
public func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(20), _ value: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await value() { return value }
        guard ContinuousClock.now < deadline else { throw NeverHappened(description: "not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
