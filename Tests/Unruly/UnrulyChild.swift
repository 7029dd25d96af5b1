#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Processes

/// A child with bad manners.
struct UnrulyChild {
    let manners: Manners

    init(_ manners: Manners) { self.manners = manners }

    /// Misbehaves; says `ready` and its number once all that it starts does so as well, then echoes its input.
    func run() throws {
        if manners.ignoresTermination { signal(SIGTERM, SIG_IGN) }
        if manners.isOffspring, manners.leavesSession, setsid() < 0 { throw Unusable(what: "setsid") }
        try sign()
        for _ in 0..<manners.children { _ = try Spawned.itself(manners.offspring, in: manners) }
        while manners.children > 0, signatures <= manners.children { usleep(1000) }
        if !manners.isOffspring {
            print("ready \(getpid())")
            fflush(nil)
        }
        if let code = manners.code { exit(code) }
        if manners.ignoresEndOfInput { while true { pause() } }
        while let line = readLine(strippingNewline: false) {
            print(line, terminator: "")
            fflush(nil)
        }
    }

    /// Writes who this is to the roll, in one piece.
    private func sign() throws {
        guard let roll = manners.roll else { return }
        let file = open(roll, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Unusable(what: roll) }
        let line = Array("\(ProcessIdentity.current)\n".utf8)
        guard write(file, line, line.count) == line.count else { throw Unusable(what: roll) }
        close(file)
    }

    /// How many have written to the roll.
    private var signatures: Int {
        guard let roll = manners.roll, let file = fopen(roll, "r") else { return .max }
        defer { fclose(file) }
        var count = 0
        while case let character = getc(file), character != EOF {
            if character == 10 { count += 1 }
        }
        return count
    }
}
