import Testing

extension BuiltProgramTests {
    @Suite(.timeLimit(.minutes(1))) struct VersionTests {
        @Test func `the version is printed`() async throws {
            let result = try await Program().run("--version")
            #expect(result.output == "0.1.0\n")
            #expect(result.status == 0)
        }
    }
}
