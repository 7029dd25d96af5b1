#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A scripted agent that speaks as much of `codex app-server` as `cm` uses, and misbehaves on request.
///
/// It is for what the real program cannot be made to do: to crash, babble, stall. Started as `standin app-server`, and
/// steered by the environment alone; see ``Settings``.
@main struct StandIn {
    static func main() {
        guard CommandLine.arguments.dropFirst().first == "app-server" else {
            quit(complaining: "usage: standin app-server", status: 64)
        }
        let settings: Settings
        do {
            settings = try Settings(environment: environment())
        } catch {
            quit(complaining: "standin: \(error)", status: 64)
        }
        let log = TrafficLog(path: settings.log)
        log.noteStart(mode: settings.modeName)

        switch settings.mode {
        case .exit:
            quit(complaining: "standin: gone at once, as asked", status: 3)
        case .garbage:
            babble()
        case .deaf:
            signal(SIGTERM, SIG_IGN)
        default:
            break
        }
        var server = Server(settings: settings, log: log)
        server.run()
        if settings.mode == .deaf { sleep(30) }
    }

    /// Writes what no client can read until the input ends.
    private static func babble() {
        var input = LineReader()
        let lines: [[UInt8]] = [
            [0x00, 0xff, 0xfe, 0x80, 0x1b, 0x5b, 0x32, 0x4a, 0x0a],
            Array("thread 'main' panicked at 'not yet implemented'\n".utf8),
            Array("{\"id\":1,\"result\":\n".utf8),
            Array("[]\n\"text\"\n17\n\n".utf8),
        ]
        var next = 0
        while true {
            switch input.next(within: .milliseconds(50)) {
            case .ended: return
            case .line: continue
            case .nothing: break
            }
            Output.put(lines[next % lines.count])
            next += 1
        }
    }

    private static func environment() -> [String: String] {
        var values: [String: String] = [:]
        for name in Settings.names {
            if let value = getenv(name) { values[name] = String(cString: value) }
        }
        return values
    }

    private static func quit(complaining text: String, status: Int32) -> Never {
        Output.writeAll(Array("\(text)\n".utf8), to: STDERR_FILENO)
        exit(status)
    }
}
