import Foundation
import Testing

/// A terminal of our own, 100 columns wide, with the test as the person in front of it.
final class PseudoTerminal: Sendable {
    /// Where a program opens it.
    let path: String
    /// The side of the keyboard and the screen.
    let main: Int32
    /// The side of the programs, held open so that the modes survive the program under test; -1 once let go.
    private let replica: Watched<Int32>
    private let lastModes = Watched<[UInt32]?>(nil)

    init() throws {
        var (main, replica): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&main, &replica, nil, nil, &size) == 0)
        for side in [main, replica] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
        self.main = main
        self.replica = Watched(replica)
        var name = [CChar](repeating: 0, count: 256)
        try #require(ttyname_r(replica, &name, name.count) == 0)
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        letGo()
        close(main)
    }

    /// The modes as `stty -g` tells them.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(main, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { UInt32($0) }
    }

    /// The modes that the program under test left behind; nil while it runs.
    var modesAtTheEnd: [UInt32]? { lastModes.value }

    /// The program has ended: what is on its way to the screen arrives, then the end.
    func letGo() {
        lastModes.change { $0 = modes }
        replica.change { replica in
            if replica >= 0 { close(replica) }
            replica = -1
        }
    }
}
