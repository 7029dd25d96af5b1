import Testing

@testable import Conversation

@Suite struct InputTests {
    @Test func `text without a slash is a message`() {
        #expect(Input("hello /status") == .message("hello /status"))
    }

    @Test(arguments: ["/status", "/STATUS", "/status@my_bot"])
    func `a known command is a command, in any case and addressed to a bot`(text: String) {
        #expect(Input(text) == .command(.status, Arguments(after: "")))
    }

    @Test func `arguments are separated by white space and stay as they were typed`() {
        let arguments = Arguments(after: "/deny \n a7  not  today ")
        #expect(Input("/deny \n a7  not  today ") == .command(.deny, arguments))
        #expect(arguments.text == "a7  not  today")
        #expect(arguments.words == ["a7", "not", "today"])
        #expect(arguments.rest == "not  today")
    }

    @Test func `exit means quit`() {
        #expect(Input("/exit") == .command(.quit, Arguments(after: "")))
    }

    @Test(arguments: [("/staus", SlashCommand.status), ("/hlep", .help), ("/model", .mode), ("/agents", .agent)])
    func `a slip of the hand is not sent on`(text: String, meant: SlashCommand) {
        #expect(Input(text) == .mistyped(name: String(text.dropFirst()), meant: meant))
    }

    @Test(arguments: ["/review this", "/etc/passwd is a file", "/", "/ x", "/compact"])
    func `any other word goes to the agent as it is`(text: String) {
        #expect(Input(text) == .message(text))
    }

    @Test func `a doubled slash sends a command to the agent`() {
        #expect(Input("//status now") == .message("/status now"))
    }

    @Test(
        arguments: [
            ("/edit", ""), ("/EDIT  some\n text ", "some\n text"), ("/edit ", ""), ("//edit it", nil), ("/editor", nil),
            ("edit", nil),
        ] as [(String, String?)])
    func `a text for the person's editor is what follows the command`(typed: String, text: String?) {
        #expect(Message(text: typed, author: "ann", origin: .terminal, sender: "me").textToEdit == text)
    }
}
