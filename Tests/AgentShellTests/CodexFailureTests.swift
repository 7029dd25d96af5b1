import Conversation
import JSONRPC
import Testing

@testable import AgentShell

@Suite struct CodexFailureTests {
    @Test(
        arguments: [
            ("unauthorized", .auth), ("usageLimitExceeded", .quota), ("rateLimitExceeded", .rateLimit),
            ("contextWindowExceeded", .context), ("serverOverloaded", .network), ("internalServerError", .network),
            ("badRequest", .refused), ("sandboxError", .refused), ("other", nil), ("threadRollbackFailed", nil),
            ("", nil),
            (["responseTooManyFailedAttempts": ["httpStatusCode": 429]], .rateLimit),
            (["responseTooManyFailedAttempts": ["httpStatusCode": 503]], .network),
            (["responseTooManyFailedAttempts": ["httpStatusCode": nil]], .rateLimit),
            (["httpConnectionFailed": ["httpStatusCode": 401]], .auth),
            (["httpConnectionFailed": ["httpStatusCode": 403]], .auth),
            (["httpConnectionFailed": ["httpStatusCode": 402]], .quota),
            (["httpConnectionFailed": ["httpStatusCode": 404]], .network),
            (["httpConnectionFailed": ["httpStatusCode": 400]], .refused),
            (["responseStreamDisconnected": [:]], .network), (["responseStreamConnectionFailed": nil], .network),
            (["somethingNew": ["httpStatusCode": 500]], .network), (["somethingNew": [:]], nil), ([:], nil), (nil, nil),
            (true, nil), (17, nil), ([], nil),
        ] as [(JSONValue, TurnError.Kind?)])
    func `the kind of a failure follows from the word or the status`(reported: JSONValue, kind: TurnError.Kind?) {
        #expect(CodexFailure.kind(reported) == kind)
    }

    @Test func `no report says nothing`() { #expect(CodexFailure.kind(nil) == nil) }

    @Test func `a failure that only says other is of the kind of the last fault`() {
        let error = CodexFailure.turnError(["message": "gone", "codexErrorInfo": "other"], afterRetriesOf: .network)
        #expect(error == TurnError(kind: .network, message: "gone"))
    }

    @Test func `a failure that says more than the last fault counts`() {
        let error = CodexFailure.turnError(
            ["message": "no", "codexErrorInfo": "unauthorized"], afterRetriesOf: .network)
        #expect(error == TurnError(kind: .auth, message: "no"))
    }

    @Test func `a failure nobody explains is an internal one`() {
        let message = "Codex reported a failure without a reason"
        #expect(CodexFailure.turnError(nil, afterRetriesOf: nil) == TurnError(kind: .internal, message: message))
    }
}
