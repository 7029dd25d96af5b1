import TestSupport
import Testing

@testable import REPL

/// What a terminal would show if the text were simply written to it, for comparison with the editor's picture.
private struct ExpectedScreen {
    var screen: VirtualScreen

    mutating func write(_ text: String) {
        screen.write(Array(text.utf8))
    }

    /// Writes prompt and line; returns where the cursor has to be.
    mutating func write(prompt: String, scalars: [Unicode.Scalar], cursor: Int) -> [Int] {
        write(prompt)
        var place: [Int]?
        var before = 0
        for cluster in String(String.UnicodeScalarView(scalars)) {
            let count = cluster.unicodeScalars.count
            if place == nil, cursor < before + count {
                var probe = self
                probe.write("\(cluster)")
                let width = VirtualScreen.width(of: cluster.unicodeScalars.first ?? " ")
                let after = probe.screen.cursor
                // A wide character that did not fit stands at the start of the next row.
                let isMoved = after[0] > screen.cursor[0] && after[1] == width
                place = isMoved ? [after[0], 0] : screen.cursor
            }
            before += count
            write("\(cluster)")
        }
        return place ?? screen.cursor
    }
}

@Suite(.serialized, .timeLimit(.minutes(5))) struct LineEditorScreenTests {
    private static let alphabet: [Unicode.Scalar] = ["a", "b", " ", "c", "漢", "字", "😀", "ä", "\u{301}", "\u{308}", "한"]

    @Test(arguments: [20, 21, 40, 57, 80, 200])
    func `Typing, moving and deleting between printed lines shows what was typed and printed`(
        columns: Int
    ) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let prompt = "cm » "
        try await withEditor(columns: columns, rows: 12) {
            $0.prompt = "\u{1B}[32mcm\u{1B}[0m » "
        } _: { desk in
            var scalars: [Unicode.Scalar] = []
            var cursor = 0
            var above = ""
            for round in 0..<60 {
                for _ in 0..<Int.random(in: 1...12, using: &random) {
                    switch Int.random(in: 0..<20, using: &random) {
                    case 0..<12:
                        let scalar = Self.alphabet.randomElement(using: &random) ?? "x"
                        // A mark joins what is before it, and at the start of the line there is nothing.
                        guard scalar.properties.generalCategory != .nonspacingMark || cursor > 0 else { continue }
                        scalars.insert(scalar, at: cursor)
                        cursor += 1
                        try await desk.terminal.type(String(scalar))
                    case 12..<15:
                        try await desk.terminal.type("\u{1B}[D")
                        cursor = max(0, cursor - 1)
                    case 15:
                        try await desk.terminal.type("\u{5}")
                        cursor = scalars.count
                    case 16 where cursor > 0 && (cursor == scalars.count || cursor > 1):
                        try await desk.terminal.type("\u{7F}")
                        cursor -= 1
                        scalars.remove(at: cursor)
                    default:
                        let count = Int.random(in: 0...30, using: &random)
                        let text = "[\(round)] " + String(repeating: "漢x ", count: count)
                        above += text + "\r\n"
                        desk.editor.print(text)
                    }
                }
                var expected = ExpectedScreen(screen: VirtualScreen(columns: columns, rows: 12))
                expected.write(above)
                let place = expected.write(prompt: prompt, scalars: scalars, cursor: cursor)
                try await desk.terminal.wait("seed \(seed) round \(round): \(expected.screen.text) \(place)") {
                    $0.text == expected.screen.text && $0.cursor == place
                }
                guard Bool.random(using: &random), scalars.count > 60 || round % 10 == 9 else { continue }
                let line = String(String.UnicodeScalarView(scalars))
                try await desk.terminal.type("\r")
                #expect(await desk.nextEvent() == .line(line), "seed \(seed)")
                above += prompt + line + "\r\n"
                scalars = []
                cursor = 0
            }
        }
    }
}
