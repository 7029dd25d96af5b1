import Conversation
import Locking
import Logging

/// Answers presses of buttons, which otherwise go on waiting where they were pressed.
///
/// The first try is made at once. What fails then is tried again, while somebody may still look at it, and holds up nobody:
/// neither what the press asked for nor what is pressed next.
struct PressAnswers: Sendable {
    /// How long an answer is tried; after that whoever pressed has seen in the chat what became of it.
    static let life = Duration.seconds(20)
    /// How long Telegram may be silent.
    static let patience = Duration.seconds(10)
    /// How many are tried again at a time; anybody who is let in can press as often as they like.
    static let most = 50

    /// An answer that did not get there.
    private struct Late: Sendable {
        var press: String
        var text: String
        var pause: Duration
        /// When there is no use in it any more.
        var end: Timestamp
        var backOff: BackOff
    }

    private let api: BotAPI
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Timestamp
    private let chance: @Sendable () -> Double
    private let logger: Logger
    private let lates: AsyncStream<Late>
    private let late: AsyncStream<Late>.Continuation
    private let count = Locked(0)

    /// Creates what answers by `api`; `chance` is a number from 0 up to 1, to spread what is tried again.
    init(
        _ api: BotAPI, clock: any Clock<Duration>, now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, logger: Logger
    ) {
        (self.api, self.clock, self.now, self.chance, self.logger) = (api, clock, now, chance, logger)
        (lates, late) = AsyncStream.makeStream(of: Late.self, bufferingPolicy: .bufferingOldest(Self.most))
    }

    /// Tries to answer `press`, and leaves it to ``run()`` when that fails; throws `CancellationError` alone.
    func answer(_ press: ButtonPress, with text: String) async throws {
        let end = Timestamp(
            millisecondsSince1970: now().millisecondsSince1970 + Self.life.milliseconds)
        let first = Late(press: press.id, text: MessageText.toast(text), pause: .zero, end: end, backOff: BackOff())
        guard let again = try await attempt(first) else { return }
        let isTaken = count.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        if isTaken { late.yield(again) }
    }

    /// Tries again what has failed, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await first in lates {
                group.addTask {
                    defer { count.withLock { $0 -= 1 } }
                    var next: Late? = first
                    // Whoever cancels has no use for answers.
                    while let answer = next, (try? await clock.sleep(for: answer.pause)) != nil {
                        next = try? await attempt(answer)
                    }
                }
            }
        }
    }

    /// Tries once; what is to be tried again is returned, with the pause before it.
    private func attempt(_ answer: Late) async throws -> Late? {
        do {
            _ = try await api.call(
                AnswerCallbackQuery(callback_query_id: answer.press, text: answer.text), patience: Self.patience)
            return nil
        } catch let error as BotError {
            logger.debug("could not answer a button", metadata: ["error": "\(error)"])
            var again = answer
            switch error.code {
            case .flood(let retryAfter): again.pause = retryAfter
            case .network, .server: again.pause = again.backOff.fail(chance: chance())
            // Pressed too long ago, for the most part.
            case .refused, .migrated, .forbidden, .conflict, .unauthorized: return nil
            }
            let next = now().millisecondsSince1970 + again.pause.milliseconds
            return next < answer.end.millisecondsSince1970 ? again : nil
        }
    }
}
