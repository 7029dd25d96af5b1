import Conversation
import JSONRPC
import Testing

@testable import AgentShell

/// Questions of the model and forms of tool servers.
@Suite struct CodexQuestionTests {
    private static let two: JSONValue = [
        [
            "id": "q1", "header": "Colour", "question": "Which colour?",
            "options": [["label": "Red", "description": "warm"], ["label": "Blue", "description": "cold"]],
        ],
        ["id": "q2", "header": "Reason", "question": "Why?"],
    ]

    @Test func `questions are put one after the other and answered together`() throws {
        let first = try #require(asked("item/tool/requestUserInput", ["questions": Self.two]))
        #expect(first.request.kind == .question)
        #expect(first.request.title == "Which colour?")
        #expect(first.request.choices == ["Red", "Blue"])
        #expect(first.request.detail == "Colour\nRed: warm\nBlue: cold\n(question 1 of 2)")
        guard case .ask(let second) = first.answered(.answer("Red")) else {
            Issue.record("the second question was not asked")
            return
        }
        #expect(second.request.title == "Why?")
        #expect(second.request.id != first.request.id)
        let answers: JSONValue = ["q1": ["answers": ["Red"]], "q2": ["answers": ["It is warm"]]]
        #expect(reply(second, .answer("It is warm")) == ["answers": answers])
    }

    @Test func `who declines a question is not asked the next, and the model hears why`() throws {
        let first = try #require(asked("item/tool/requestUserInput", ["questions": Self.two]))
        let why: JSONValue = ["answers": ["The person declined to answer: ask later"]]
        #expect(reply(first, .deny(reason: "ask later")) == ["answers": ["q1": why, "q2": why]])
        #expect(!first.losesReasons)
    }

    @Test func `a question for a secret is declined without asking`() {
        let question: JSONValue = ["id": "q", "header": "", "question": "Your password?", "isSecret": true]
        let reading = read("item/tool/requestUserInput", ["questions": [question]])
        guard case .answer(let answer, _) = reading else {
            Issue.record("a secret was asked for")
            return
        }
        #expect(answer == ["answers": ["q": ["answers": ["The person declined to answer."]]]])
    }

    @Test(arguments: [[:], ["questions": []], ["questions": [["id": "q"]]], ["questions": "none"]] as [JSONValue])
    func `what is no question is not known`(params: JSONValue) {
        guard case .unknown = read("item/tool/requestUserInput", params) else {
            Issue.record("\(params) was taken for a question")
            return
        }
    }

    // MARK: Forms

    @Test(
        arguments: [
            (["type": "string"], [], "some text", "some text"),
            (["type": "boolean"], ["yes", "no"], " Yes ", true), (["type": "boolean"], ["yes", "no"], "no", false),
            (["type": "string", "enum": ["red", "blue"]], ["red", "blue"], "BLUE", "blue"),
            (
                ["type": "string", "enum": ["r", "b"], "enumNames": ["Red", "Blue"]], ["Red", "Blue"], "Blue", "b"
            ),
            (["type": "string", "oneOf": [["const": "r", "title": "Red"]]], ["Red"], "r", "r"),
        ] as [(JSONValue, [String], String, JSONValue)])
    func `a form with one field is a question`(
        field: JSONValue, choices: [String], answer: String, value: JSONValue
    ) throws {
        let form = try #require(makeForm(["f": field]))
        #expect(form.request.kind == .question)
        #expect(form.request.title == "What now?")
        #expect(form.request.choices == choices)
        #expect(reply(form, .answer(answer)) == ["action": "accept", "content": ["f": value]])
        #expect(reply(form, .deny(reason: nil)) == ["action": "decline"])
    }

    @Test(arguments: [["type": "boolean"], ["type": "string", "enum": ["red", "blue"]]] as [JSONValue])
    func `an answer that does not fit the form declines it`(field: JSONValue) throws {
        let form = try #require(makeForm(["f": field]))
        #expect(reply(form, .answer("green")) == ["action": "decline"])
    }

    @Test func `a form without a field is to be confirmed`() throws {
        let form = try #require(makeForm([:]))
        #expect(form.request.kind == .tool)
        #expect(reply(form, .allow) == ["action": "accept", "content": [:]])
    }

    @Test(
        arguments: [
            ["properties": ["a": ["type": "string"], "b": ["type": "string"]]],
            ["properties": ["a": ["type": "number"]]], ["properties": ["a": ["type": "array"]]], [:], nil,
        ] as [JSONValue])
    func `a form that cannot be asked is declined at once`(schema: JSONValue) {
        let reading = read("mcpServer/elicitation/request", ["message": "m", "requestedSchema": schema])
        guard case .answer(["action": "decline"], _) = reading else {
            Issue.record("\(schema) was asked")
            return
        }
    }

    // MARK: Asking

    private func makeForm(_ properties: JSONValue) -> CodexApproval? {
        let schema: JSONValue = ["type": "object", "properties": properties]
        return asked(
            "mcpServer/elicitation/request", ["serverName": "s", "message": "What now?", "requestedSchema": schema])
    }

    private func read(_ method: String, _ params: JSONValue) -> CodexApproval.Reading {
        CodexApproval.read(method, params, id: .number(7), in: CodexTurn())
    }

    private func asked(_ method: String, _ params: JSONValue) -> CodexApproval? {
        if case .ask(let approval) = read(method, params) { approval } else { nil }
    }

    private func reply(_ approval: CodexApproval, _ decision: ApprovalDecision) -> JSONValue? {
        if case .reply(let answer) = approval.answered(decision) { answer } else { nil }
    }
}
