extension Result where Success == Void, Failure == any Error {
    /// What became of `body`.
    init(of body: () async throws -> Void) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
