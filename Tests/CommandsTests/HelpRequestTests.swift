import Testing

@testable import Commands

@Suite struct HelpRequestTests {
    @Test(arguments: [
        ["help"], ["help", "chat"], ["help", "session", "list"], ["help", "--help"], ["help", "help"],
        ["help", "monitor"],
        ["chat", "bogus"], ["bogus"], [],
    ])
    func `what there is help for, or is another command, is left to the parser`(arguments: [String]) {
        #expect(HelpRequest(arguments).problem == nil)
    }

    @Test(arguments: [
        (["help", "chta"], "there is no command 'chta'; did you mean cm chat?"),
        (["help", "version"], "there is no command 'version'; cm --version tells it"),
        (["help", "session", "lsit"], "there is no command 'cm session lsit'; did you mean cm session list?"),
        (["help", "chat", "more"], "there is no command 'cm chat more'; cm chat has none of its own"),
    ])
    func `a word that is no command is named, with what may have been meant`(arguments: [String], problem: String) {
        #expect(HelpRequest(arguments).problem == problem)
    }

    @Test func `what the parser says of a command line without a command points to the help of all`() {
        let told = "Error: no\nUsage: cm\n  See 'cm run monitor --help' for more information."
        #expect(HelpRequest.hint(in: told) == "Error: no\nUsage: cm\n  See 'cm --help' for more information.")
        #expect(HelpRequest.hint(in: "See 'cm run --help' for more") == "See 'cm run --help' for more")
    }

    @Test func `a word that is near nothing is answered with all there is`() throws {
        let problem = try #require(HelpRequest(["help", "bogus"]).problem)
        #expect(problem.hasPrefix("there is no command 'bogus'; there are chat, run, ask, "))
        #expect(!problem.contains("monitor"))
    }
}
