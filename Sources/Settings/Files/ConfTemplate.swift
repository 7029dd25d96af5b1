/// The text of a new user's file: every setting, commented out.
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
        return lines.joined(separator: "\n") + "\n"
    }

    private static func origin(of key: AnySettingKey) -> String {
        let kind =
            key.defaultText == nil ? "No default; the value here is an example." : "The value here is the default."
        return "\(kind) Variable: \(key.environmentNames.joined(separator: ", "))."
    }
}
