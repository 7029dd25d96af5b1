import Testing

@testable import Changes

/// The diff as text.
@Suite struct PatchTextTests {
    private static func text(_ patch: String, limit: Int, files: Int, chunk: Int) -> PatchText {
        var text = PatchText(limit: limit, files: files)
        let bytes = Array(patch.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            guard text.append(Array(bytes[start..<min(start + chunk, bytes.count)])) else { break }
        }
        text.finish()
        return text
    }

    @Test(arguments: [(100_000, 2), (900, 2), (600, 1), (120, 5)])
    func `chunks make no difference, and the limit holds`(limit: Int, files: Int) {
        let long = String(repeating: "é", count: 400)
        let lines = (0..<20).map { "+line \($0)\n" }.joined()
        let patch = "diff --git a/x b/x\n\(lines)+\(long)\r\ndiff --git a/y b/y\n-gone\n+\\ No newline"
        let whole = Self.text(patch, limit: limit, files: files, chunk: patch.utf8.count)
        #expect(whole.text.utf8.count <= limit && !whole.text.contains("\u{FFFD}") && whole.isCut)
        for chunk in 1..<patch.utf8.count {
            #expect(Self.text(patch, limit: limit, files: files, chunk: chunk).text == whole.text)
        }
    }

    @Test func `a diff with room for it is left as it is`() {
        let patch = "diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b\n"
        let text = Self.text(patch, limit: 1000, files: 1, chunk: 7)
        #expect(text.text == patch && !text.isCut)
    }
}
