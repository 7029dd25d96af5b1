/// Where the user's file is.
package enum ConfLocation: Hashable, Sendable {
    /// Somebody named it, so it must be there; `name` is what it was called, `source` who said so.
    case named(path: String, name: String, source: Origin)
    /// The usual place, and the place of earlier systems, which counts when it alone has a file.
    case usual(path: String, earlier: String)

    /// Decides by the flag `--conf`, `CODEX_CONF_PATH`, `XDG_CONFIG_HOME` and the home directory, in this order.
    ///
    /// Reads no file. Empty variables, and a relative `XDG_CONFIG_HOME`, count as not set.
    package init(flag: String?, environment: [String: String], base: PathBase) {
        if let flag {
            self = .named(path: base.absolute(flag), name: flag, source: .flag("--conf"))
        } else if let path = environment["CODEX_CONF_PATH"], !path.isEmpty {
            self = .named(path: base.absolute(path), name: path, source: .environment("CODEX_CONF_PATH"))
        } else {
            let xdg = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            self = .usual(
                path: base.absolute((xdg ?? base.home + "/.config") + "/cm/conf.toml"),
                earlier: base.absolute("~/.codex-orchestrator/conf.toml"))
        }
    }
}
