import Prompts
import Testing

@Suite struct RenderingTests {
    @Test func `each place of a variable gets its value`() {
        #expect(
            Prompt.render("{{branch}} on {{target}}, {{branch}}", [.branch: "b", .target: "t"]) == "b on t, b")
    }

    @Test(arguments: [
        "{{brnch}}", "{{ branch }}", "{branch}", "{{branch}", "{{}}", "{{bran\nch}}", "{{target}}", "${{ x.y }}",
        "}}{{",
    ])
    func `what is no variable, or has no value, stays as it is`(text: String) {
        #expect(Prompt.render(text, [.branch: "b"]) == text)
    }

    @Test func `braces around a variable stay`() {
        #expect(Prompt.render("{{{branch}}}", [.branch: "b"]) == "{b}")
    }

    @Test func `a value is not looked into`() {
        let values: [Prompt.Variable: String] = [
            .title: "{{task}} $0 \\1", .task: "{{title}}", .branch: "{{", .error: "}}",
        ]
        #expect(
            Prompt.render("{{title}}|{{task}}|{{branch}}title{{error}}", values)
                == "{{task}} $0 \\1|{{title}}|{{title}}")
    }

    @Test(arguments: Prompt.Variable.allCases)
    func `a value of the longest length stays whole, and a longer one is cut with a mark`(variable: Prompt.Variable) {
        let whole = String(repeating: "é", count: variable.limit)
        #expect(variable.bounded(whole) == whole)
        let cut = variable.bounded("A" + whole + "Z")
        #expect(cut.count == variable.limit)
        #expect(Prompt.render("{{\(variable.rawValue)}}", [variable: "A" + whole + "Z"]) == cut)
        #expect(variable == .log ? cut.hasPrefix("…") && cut.hasSuffix("Z") : cut.hasPrefix("A") && cut.hasSuffix("…"))
    }

    @Test func `names are told once, in their order`() {
        #expect(Prompt.names(in: "{{b}} {{a}} {{b}} {{ c }} {{d-1_X}}") == ["b", "a", "d-1_X"])
    }
}
