import BenchSupport
import Foundation

/// Measures the released program as people see it in Telegram, which is on this machine.
///
/// `telegrambench MEASURE`, with `TELEGRAMBENCH_CODEX` for those that need the real Codex: its program. Prints lines of
/// `row`, name, unit and values, or of `note` and a text, between tabulators.
@main struct TelegramBench {
    static func main() async {
        do {
            guard CommandLine.arguments.count == 2, let measure = Measure(rawValue: CommandLine.arguments[1]) else {
                print("usage: telegrambench \(Measure.allCases.map(\.rawValue).joined(separator: " | "))")
                exit(EX_USAGE)
            }
            try await measure.take()
        } catch {
            Report.note("failed: \(error)")
            exit(EXIT_FAILURE)
        }
    }
}

/// What is measured.
enum Measure: String, CaseIterable {
    case start, idle, latency, together, intake, thousand

    func take() async throws {
        switch self {
        case .start: try await StartMeasure().take()
        case .idle: try await IdleMeasure().take()
        case .latency: try await LatencyMeasure().take()
        case .together: try await TogetherMeasure().take()
        case .intake: try await IntakeMeasure().take()
        case .thousand: try await ThousandMeasure().take()
        }
    }
}
