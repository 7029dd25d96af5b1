#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The process between the core and a program: it ends the program and all that this has started when the core is gone,
/// by `kill -9` too.
///
/// The program gets the guard's standard streams, group and environment, and the guard ends as the program does, so that
/// to the core it is the program. All that the program starts stays below the guard, also what leaves its session, its
/// parent and its environment: the system makes the guard the parent of what loses its own.
public enum Guard {
    /// The first argument of a program that is to be a guard.
    public static let word = "__guard"

    /// Guards what the arguments after ``word`` say, and ends this process.
    ///
    /// To be called before anything else: it blocks signals, which only the process's one thread then does.
    public static func main(_ arguments: [String]) -> Never {
        #if os(Linux)
            guard let call = GuardCall(arguments) else {
                // Only ever started by a custody.
                exit(EX_USAGE)
            }
            var program = GuardedProgram(call)
            exit(program.run())
        #else
            // A custody starts none here.
            exit(EX_UNAVAILABLE)
        #endif
    }
}
