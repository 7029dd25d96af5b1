import ArgumentParser

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The workspace, instead of the git repository or directory one is in.", valueName: "dir"))
    var configDir: String?

    @Option(help: ArgumentHelp("The user's configuration file.", valueName: "file"))
    var conf: String?

    @Flag(help: "Write more to the log in the state directory.")
    var verbose = false
}
