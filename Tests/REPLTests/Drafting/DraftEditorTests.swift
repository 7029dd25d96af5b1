import Foundation
import Testing

@testable import REPL

@Suite struct DraftEditorTests {
    private func editor(_ variables: [String: String], path: String = "/usr/bin:/bin") throws -> [String] {
        let editor = try DraftEditor(variables.merging(["PATH": path]) { own, _ in own })
        return [editor.path] + editor.arguments
    }

    @Test(
        arguments: [
            (["VISUAL": "cat -v", "EDITOR": "sh"], ["cat", "-v"]), (["EDITOR": "sh '-c x'"], ["sh", "-c x"]),
            (["VISUAL": " ", "EDITOR": "sh"], ["sh"]),
        ] as [([String: String], [String])])
    func `VISUAL comes before EDITOR, with arguments, and a blank one is none`(
        variables: [String: String], words: [String]
    ) throws {
        let found = try editor(variables)
        #expect(found.first?.hasSuffix("/" + words[0]) == true)
        #expect(found.dropFirst() == words.dropFirst())
    }

    @Test func `without a name it is the first of the usual ones that is there`() throws {
        let scripted = try ScriptedEditor("")
        for name in ["vi", "nano", "sensible-editor"] {
            let path = "\(scripted.folder)/\(name)"
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/bin/sh")
            #expect(try editor([:], path: scripted.folder) == [path])
        }
    }

    @Test func `what cannot be an editor is said with its reason`() {
        #expect(throws: DraftFailure.noEditor) { try editor([:], path: "/nonexistent") }
        #expect(throws: DraftFailure.openQuote(variable: "EDITOR", value: "ed 'x")) { try editor(["EDITOR": "ed 'x"]) }
        #expect(throws: DraftFailure.notFound(variable: "VISUAL", program: "no-such")) {
            try editor(["VISUAL": "no-such -x", "EDITOR": "sh"])
        }
        #expect(
            DraftFailure.notFound(variable: "VISUAL", program: "no-such").description
                == "VISUAL names no-such, which is no program in PATH")
    }

    @Test func `the file is alone in a directory, both for the user alone, and goes with all that is beside it`() throws
    {
        let scripted = try ScriptedEditor("")
        let draft = try DraftFile("a text", in: scripted.folder + "/drafts")
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        let directory = (draft.path as NSString).deletingLastPathComponent
        #expect(try mode(draft.path) == 0o600)
        #expect(try mode(directory) == 0o700)
        #expect(draft.path.hasSuffix(".md"))
        #expect(try String(contentsOfFile: draft.path, encoding: .utf8) == "a text\n")
        try "kept".write(toFile: draft.path + "~", atomically: false, encoding: .utf8)
        draft.remove()
        #expect(try scripted.leftovers == [])
    }

    @Test func `it is read like a paste, without the line feeds at its end`() throws {
        let scripted = try ScriptedEditor("")
        let draft = try DraftFile("", in: scripted.folder)
        try "\n one\r\n\ttwo\u{1B}[31m \n\n\r\n".write(toFile: draft.path, atomically: false, encoding: .utf8)
        #expect(try draft.read() == "\n one\n\ttwo[31m ")
    }

    @Test func `a directory that is not there is no place for a text`() {
        #expect(throws: DraftFailure.noFile(directory: "/nonexistent", errno: ENOENT)) {
            try DraftFile("", in: "/nonexistent")
        }
    }
}
