#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Processes

/// A child that does all that children should not, to test what ends them; and the other processes that such tests need.
///
///     unruly child FLAGS...                   see `Manners`
///     unruly relay ARGUMENTS...               starts itself with the arguments and ends
///     unruly host WORKSPACE DIRECTORY guarded|bare FLAGS...
///                                             a core with one `child` in custody, until it is killed
///     unruly reap WORKSPACE DIRECTORY         reaps, and prints how many children that were
///     unruly __guard ...                      a guard
@main struct Unruly {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case Guard.word: Guard.main(rest)
        case "child": try UnrulyChild(Manners(rest)).run()
        case "relay": _ = try Spawned.itself(rest, in: Manners(rest))
        case "host": try await host(rest)
        case "reap": print(await Custody(workspace: rest[0], directory: rest[1]).reap().count)
        default: exit(EX_USAGE)
        }
    }

    private static func host(_ arguments: [String]) async throws {
        let program = arguments[2] == "guarded" ? Custody.ownProgram : nil
        var child = ChildProcess(
            try Spawned.path, arguments: ["child"] + arguments.dropFirst(3), environment: [:],
            grace: .milliseconds(100))
        child.custody = Custody(workspace: arguments[0], directory: arguments[1], guardedBy: program)
        try await child.run { child in
            for try await line in child.lines {
                print(line)
                fflush(nil)
            }
        }
    }
}
