import Foundation

/// Lets a program die at one exact step of its journal, or find its disk full.
struct Mortality {
    /// When within a step.
    enum Moment: String, CaseIterable {
        /// When all that leads to it is done, and it is not in the journal.
        case before
        /// When it is in the journal, and nobody in the program knows.
        case after
    }

    /// Whether a program can be made to.
    static var isPossible: Bool { FileManager.default.fileExists(atPath: "/proc/self/fd") }

    private let path: String

    /// For the next programs that are started in the world of `program`.
    init(of program: inout Program) {
        path = program.path("mortal")
        program.environment["LD_PRELOAD"] = BuiltPrograms.mortal
        program.environment["MORTAL_ORDER"] = path
    }

    /// Has the one that runs die at its `step`th transaction from now on, counted from 1.
    func order(death step: Int, _ moment: Moment) throws {
        try spare()
        // In one piece: it is read at each step.
        try Data("\(step) \(moment.rawValue)\n".utf8).write(to: URL(filePath: path), options: .atomic)
    }

    /// Lets the one that runs keep nothing from now on, as on a disk that is full.
    func fill() throws {
        try spare()
        try Data("1 full\n".utf8).write(to: URL(filePath: path), options: .atomic)
    }

    /// Takes the order back.
    func spare() throws {
        for file in [path, path + ".count"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// How many steps there were since the order.
    var steps: Int { FileManager.default.contents(atPath: path + ".count")?.count ?? 0 }
}
