public import Conversation
import Foundation
import JSONRPC

/// Telegram on a port of this machine: the Bot API for the program under test, and the people for the test.
///
/// It keeps to Telegram's rules, or is stricter where Telegram passes over faults in silence. It answers on threads of its
/// own, whatever the test does meanwhile.
///
/// A class, because it owns the port; the server ends with `stop()` or the last reference.
public final class FakeTelegram: Sendable {
    /// A token that looks like one, for whoever tries it by hand.
    public static let exampleToken = "4242424242:AAFakeFakeFakeFakeFakeFakeFakeFakeFake"

    /// A token of a bot that no other test has: of those with the same bot one polls on a machine.
    public static func freshToken() -> String {
        "\(Int.random(in: 1_000_000_000...9_999_999_999)):AAFakeFakeFakeFakeFakeFakeFakeFakeFake"
    }

    /// The token that methods are called with.
    public let token: String
    /// The bot under test.
    public let bot: FakeUser
    let desk: TelegramDesk
    private let server: HTTPServer

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - token: Others are answered with 401; by chance unless told otherwise.
    ///   - botName: The name of the bot after the `@`.
    ///   - port: 0 for any free one.
    ///   - rules: What is otherwise than at Telegram.
    ///   - clock: What time it is; the system's when `nil`. See also ``advance(by:)``.
    ///
    /// Throws when the port is taken.
    public init(
        token: String = FakeTelegram.freshToken(), botName: String = "cm_test_bot", port: UInt16 = 0,
        rules: TelegramRules = TelegramRules(), clock: (@Sendable () -> Timestamp)? = nil
    ) throws {
        self.token = token
        let id = Int(token.prefix { $0 != ":" }) ?? 4_242_424_242
        bot = FakeUser(id: id, name: "cm", username: botName, isBot: true)
        let now: @Sendable () -> Double
        if let clock {
            now = { Double(clock().millisecondsSince1970) / 1000 }
        } else {
            now = { Date().timeIntervalSince1970 }
        }
        let desk = TelegramDesk(token: token, world: TelegramWorld(bot: bot, rules: rules, clock: now))
        self.desk = desk
        server = try HTTPServer(port: port) { request, caller in desk.answer(request, caller) }
    }

    deinit { stop() }

    /// Where it is, without a slash at the end.
    public var baseURL: String { "http://127.0.0.1:\(port)" }

    /// Where it listens.
    public var port: UInt16 { server.port }

    /// How many connections are open.
    public var connectionCount: Int { server.connectionCount }

    /// Ends all connections, as a network that fails; whoever comes again is answered.
    public func hangUp() { server.hangUp() }

    /// Ends all connections, and answers nobody any more.
    public func stop() { server.stop() }

    /// Makes it later: what is kept expires, and what may be answered or deleted no longer is.
    ///
    /// Polls that wait are not ended by it.
    public func advance(by time: Duration) { desk.change { $0.shift += time / .seconds(1) } }

    // MARK: Faults

    /// Lets something go wrong with the calls that `rule` says.
    public func inject(_ rule: FaultRule) { desk.change { $0.faults.add(rule) } }

    /// Lets `fault` happen to the next calls of `methods`, or of any.
    ///
    /// - Parameter times: `nil` for all calls from now on.
    public func inject(_ fault: TelegramFault, into methods: String..., times: Int? = 1) {
        inject(FaultRule(fault, to: methods, times: times))
    }

    /// Lets nothing go wrong any more.
    public func clearFaults() { desk.change { $0.faults.clear() } }
}
