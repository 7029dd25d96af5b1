import BenchSupport

/// What the clients of a process were told, and when.
struct Told {
    struct Note {
        var number: Int64
        var time: Int64
    }

    /// Client by client.
    var clients: [[Note]] = []

    /// Takes what ``Attendants`` have written.
    init(_ figures: [Int64]) {
        var index = 0
        while index < figures.count {
            if figures[index] == -1 {
                clients.append([])
                index += 1
            } else {
                clients[clients.count - 1].append(Note(number: figures[index], time: figures[index + 1]))
                index += 2
            }
        }
    }

    init() {}

    /// The clients of both.
    static func += (left: inout Told, right: Told) { left.clients += right.clients }

    /// Throws when a client was not told each of the first `count` actions once and in order.
    func check(_ count: Int) throws {
        let whole = Array(0..<Int64(count))
        let wrong = clients.count { $0.map(\.number) != whole }
        guard wrong == 0 else { throw Failure("\(wrong) of \(clients.count) clients did not get each event once") }
    }

    /// From the commit of each action to its arrival, over all clients, in milliseconds.
    func delays(since committed: [Int64: Int64]) -> [Double] {
        clients.flatMap { notes in
            notes.compactMap { note in committed[note.number].map { Double(note.time - $0) / 1e6 } }
        }
    }
}
