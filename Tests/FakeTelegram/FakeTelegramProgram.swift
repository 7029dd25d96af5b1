import Foundation
import TestSupport

/// Telegram on this machine, to try the Telegram front by hand without a phone.
///
/// `faketelegram [PORT [TOKEN]]` prints how to start the program, and then the chat as it changes. Each line on stdin is a
/// message of the user; `/press LABEL` presses the last button with this label, `/send PATH` sends a file.
@main struct FakeTelegramProgram {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let port = arguments.first.flatMap { UInt16($0) } ?? 0
        let telegram = try FakeTelegram(token: arguments.dropFirst().first ?? FakeTelegram.exampleToken, port: port)
        let user = telegram.addUser("You")
        let chat = telegram.privateChat(with: user)
        write("TELEGRAM_API_BASE=\(telegram.baseURL) TELEGRAM_BOT_TOKEN=\(telegram.token) TELEGRAM_CHAT_ID=\(user.id)")
        // A thread, because reading from a terminal blocks.
        Thread {
            while let line = readLine() { say(line, from: user, in: chat, of: telegram) }
            exit(0)
        }.start()
        var shown = chat.transcript
        while true {
            let transcript = try await chat.wait(timeout: .seconds(86_400)) { $0 != shown }
            for message in transcript.messages where message != shown[message.id] { write(message.rendered) }
            for message in shown.messages where transcript[message.id] == nil {
                write("#\(message.id) is deleted")
            }
            shown = transcript
        }
    }

    /// At once, also into a pipe.
    private static func write(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    private static func say(_ line: String, from user: FakeUser, in chat: FakeChat, of telegram: FakeTelegram) {
        if line.hasPrefix("/send ") {
            let path = String(line.dropFirst("/send ".count))
            guard let bytes = FileManager.default.contents(atPath: path) else { return write("there is no \(path)") }
            telegram.say("", from: user, file: ShownFile((path as NSString).lastPathComponent, Array(bytes)))
            return
        }
        guard line.hasPrefix("/press ") else {
            if !line.isEmpty { telegram.say(line, from: user) }
            return
        }
        let label = String(line.dropFirst("/press ".count))
        let message = chat.transcript.messages.last { $0.button(label) != nil }
        do { try telegram.press(label, on: message?.id ?? 0, in: chat, by: user) } catch { write("\(error)") }
    }
}
