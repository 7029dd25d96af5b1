import Foundation
import Prompts
import Testing

@Suite struct PromptTests {
    @Test(arguments: Prompt.allCases)
    func `each text renders with all its variables and leaves no braces`(prompt: Prompt) {
        let values = Dictionary(uniqueKeysWithValues: prompt.variables.map { ($0, "<\($0.rawValue)>") })
        let text = prompt.rendered(values)
        #expect(!text.contains("{{") && !text.contains("}}"))
        for name in Prompt.names(in: prompt.text) { #expect(text.contains("<\(name)>")) }
    }

    @Test(arguments: Prompt.allCases)
    func `each text has only variables of its own`(prompt: Prompt) {
        let known = prompt.variables.map(\.rawValue)
        #expect(Prompt.names(in: prompt.text).filter { !known.contains($0) }.isEmpty)
        #expect(Set(known).count == known.count)
    }

    @Test(arguments: Prompt.allCases)
    func `each text is short, in plain signs, and without white space around it`(prompt: Prompt) {
        let text = prompt.text
        #expect((200..<4000).contains(text.count))
        #expect(text.allSatisfy { $0.isASCII })
        #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }

    @Test(arguments: Prompt.replaceable)
    func `each prompt of an agent says where it works`(prompt: Prompt) {
        #expect(Prompt.names(in: prompt.text).contains("directory"))
    }

    @Test(arguments: Prompt.allCases)
    func `a name finds its prompt and its file`(prompt: Prompt) throws {
        #expect(Prompt(rawValue: prompt.name) == prompt)
        let file = URL(filePath: #filePath).appending(path: "../../../prompts/\(prompt.name).md").standardizedFileURL
        #expect(try String(contentsOf: file, encoding: .utf8) == prompt.text + "\n")
    }

    @Test(arguments: [
        (Prompt.planSelector, ["mode", "reason"]), (.planReviewer, ["feedback", "result"]), (.taskPlanner, ["tasks"]),
    ])
    func `the example of an answer in JSON is JSON`(prompt: Prompt, keys: [String]) throws {
        let examples = prompt.text.split(separator: "\n").filter { $0.hasPrefix("{\"") }
        #expect(!examples.isEmpty)
        for example in examples {
            let answer = try JSONSerialization.jsonObject(with: Data(example.utf8)) as? [String: Any]
            #expect(answer?.keys.sorted() == keys)
        }
    }

    @Test func `only what agents are told can be replaced`() {
        #expect(!Prompt.replaceable.contains(.offline) && !Prompt.replaceable.contains(.agentTools))
        #expect(Prompt.replaceable.count == Prompt.allCases.count - 2)
    }

    @Test func `the readme names each prompt that can be replaced, and each variable`() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardizedFileURL
        let readme = try String(contentsOf: file, encoding: .utf8)
        for prompt in Prompt.replaceable { #expect(readme.contains("| `\(prompt.name)` |")) }
        for variable in Set(Prompt.replaceable.flatMap(\.variables)) {
            #expect(readme.contains("| `{{\(variable.rawValue)}}` |"))
        }
    }
}
