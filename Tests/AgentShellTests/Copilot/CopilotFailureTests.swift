import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CopilotFailureTests {
    @Test(arguments: [
        (CopilotTranscript.unauthorized, TurnError.Kind.auth, "Authentication failed with provider at http://127"),
        (
            CopilotTranscript.tooManyRequests, .rateLimit,
            "Failed to get response from the AI model; retried 5 times"
        ),
        (CopilotTranscript.serverError, .network, "Failed to get response from the AI model; retried 5 times"),
        (CopilotTranscript.contextExceeded, .context, "400 maximum context length is 128000 tokens"),
        (CopilotTranscript.quotaExceeded, .quota, "400 you exceeded your quota"),
        (CopilotTranscript.unauthenticated, .auth, "copilot has neither a login nor a model provider"),
    ])
    func `a recorded failure is of its kind and says why`(transcript: String, kind: TurnError.Kind, why: String) throws
    {
        let ends = try CopilotEvents.events(of: transcript).compactMap {
            if case .finished(.failed(let error)) = $0 { error } else { nil }
        }
        #expect(ends.map(\.kind) == [kind])
        #expect(ends.first?.message.hasPrefix(why) == true)
    }

    @Test(
        arguments: [
            ("Authentication failed (HTTP 401).\n  Check your COPILOT_PROVIDER_API_KEY.", "check provider.api_key"),
            ("Error: ChainedTokenCredential authentication failed.\nTry this.", "set provider.api_key"),
        ])
    func `advice that is of no use when cm tells the provider is replaced`(message: String, advice: String) {
        let error = CopilotFailure.turnError(
            ["errorType": "authentication", "message": .string(message)], after: nil)
        #expect(error.kind == .auth)
        #expect(error.message.contains(advice))
        #expect(!error.message.contains("\n"))
        #expect(!error.message.contains("COPILOT_PROVIDER"))
    }

    @Test func `a failure after which the agent tries again is told with its reason`() throws {
        #expect(try retries(in: CopilotTranscript.failedOnce) == ["fake HTTP 500"])
        #expect(try retries(in: CopilotTranscript.tooManyRequests).first == "fake HTTP 429")
        #expect(try CopilotEvents.events(of: CopilotTranscript.failedOnce).last == .finished(.completed))
    }

    @Test(
        arguments: [
            (["errorType": "authentication"], .auth), (["errorType": "authorization"], .auth),
            (["errorType": "quota", "statusCode": 402], .quota), (["errorType": "rate_limit"], .rateLimit),
            (["errorType": "context_limit", "statusCode": 400], .context), (["errorType": "query"], .internal),
            (["errorType": "query", "statusCode": 403], .auth), (["statusCode": 402], .quota),
            (["statusCode": 413], .context), (["statusCode": 404], .refused), (["statusCode": 503], .network),
            (["errorCode": "context_length_exceeded", "statusCode": 400], .context),
            (["statusCode": "many"], .internal),
            ([:], .internal),
        ] as [(JSONValue, TurnError.Kind)])
    func `an error without a failed call is of the kind that it says`(data: JSONValue, kind: TurnError.Kind) {
        #expect(CopilotFailure.turnError(data, after: nil).kind == kind)
    }

    @Test(
        arguments: [
            ("\"Connection error.\"", .network, "Connection error."), ("plain words", .network, "plain words"),
            ("{\"error\":{\"message\":\"gone\",\"code\":7}}", .network, "gone"), ("", .network, ""),
            ("{\"message\":\"no more\",\"code\":\"insufficient_quota\"}", .quota, "no more"), ("[1]", .network, "[1]"),
        ] as [(String, TurnError.Kind, String)])
    func `a failed call is read whatever the provider answered`(text: String, kind: TurnError.Kind, message: String) {
        let failure = CopilotFailure(call: ["errorMessage": .string(text)])
        #expect(failure.kind == kind)
        #expect(failure.message == message)
    }

    private func retries(in transcript: String) throws -> [String] {
        try CopilotEvents.events(of: transcript).compactMap { if case .retrying(let why) = $0 { why } else { nil } }
    }
}
