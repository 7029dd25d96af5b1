/// The text of a new user's file: every setting and some examples of profiles and roles, commented out.
package enum ConfTemplate {
    /// The template for `keys`, in their order.
    ///
    /// A line that starts with `#` and no space is a setting; taking the `#` away sets it to its default, or to the
    /// example where there is none.
    package static func text(for keys: [AnySettingKey]) -> String {
        var lines = [
            "# Settings of cm. Remove the # at the start of a line to change a setting.",
            "# Relative paths count from this file; ~ is the home directory.",
        ]
        var table = ""
        for key in keys {
            if key.table != table {
                table = key.table
                lines += ["", "[\(key.table)]"]
            }
            lines += ["", "# \(key.summary)", "# \(origin(of: key))"]
            if let value = key.defaultText ?? key.example { lines.append("#\(key.name) = \(value)") }
        }
        return lines.joined(separator: "\n") + "\n\n" + examples
    }

    // After the settings, because TOML has no way back out of a table.
    private static let examples = """
        # A profile: what a conversation uses when it has chosen it. This one is an example.
        #[profiles.work]
        #description = "The big repository"
        #model = "gpt-5-codex"
        #working_directory = "~/src/work"

        # How one role of plan mode works in this profile; the roles are selector, planner, developer and reviewer.
        # The developer of single mode is in agents.single.developer. Instead of system_prompt there may be
        # system_prompt_file, the path of a file.
        #[profiles.work.agents.plan.reviewer]
        #model = "gpt-5"
        #executor = "copilot"
        #system_prompt = "Look for missing tests first."

        # Files in the place of prompts of cm, by their names; the README lists them. "built-in" is the text of cm.
        #[prompts]
        #single-developer = "built-in"

        # The same for every profile that does not say otherwise.
        #[agents.plan.planner]
        #model = "gpt-5"

        """

    private static func origin(of key: AnySettingKey) -> String {
        let kind =
            key.defaultText == nil ? "No default; the value here is an example." : "The value here is the default."
        return "\(kind) Variable: \(key.environmentNames.joined(separator: ", "))."
    }
}
