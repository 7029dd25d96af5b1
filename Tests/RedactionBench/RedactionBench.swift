import Redaction

/// Measures the redactor; `Scripts/bench` calls it and makes statistics of what it prints.
///
/// Each line is `row NAME UNIT VALUE...`, with tabs between, as `shellbench` prints them.
@main struct RedactionBench {
    private static let runs = 20
    private static let size = 8 << 20

    static func main() {
        let redactor = Redactor(secrets: ["a-secret-of-the-settings", "1234567:another-one"])
        let harmless = repeated(SampleText.harmless)
        measure("redaction, harmless text", harmless) { redactor.redact($0).count }
        measure("redaction, a secret in each 1 kB", repeated(SampleText.withSecrets)) { redactor.redact($0).count }
        let deltas = stride(from: 0, to: harmless.utf8.count / 8, by: 24).map { start in
            let from = harmless.utf8.index(harmless.startIndex, offsetBy: start)
            return String(harmless[from...].prefix(24))
        }
        report("redaction, harmless text in deltas of 24 B", bytes: deltas.reduce(0) { $0 + $1.utf8.count }) {
            var stream = StreamRedactor(redactor)
            var size = 0
            for delta in deltas { size += stream.take(delta).utf8.count }
            return size + stream.finish().utf8.count
        }
    }

    private static func repeated(_ text: String) -> String {
        String(repeating: text, count: size / text.utf8.count)
    }

    private static func measure(_ name: String, _ text: String, _ work: (String) -> Int) {
        report(name, bytes: text.utf8.count) { work(text) }
    }

    private static func report(_ name: String, bytes: Int, _ work: () -> Int) {
        let clock = ContinuousClock()
        var result = 0
        let values = (0..<runs).map { _ in
            let time = clock.measure { result &+= work() }
            return Double(bytes) / 1e6 / (time / .seconds(1))
        }
        // Said, so that the work is not left out.
        precondition(result >= 0)
        print((["row", name, "MB/s"] + values.map { "\($0)" }).joined(separator: "\t"))
    }
}
