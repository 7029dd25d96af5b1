// Subprocess spells paths and error numbers with types of `System` on macOS and of `SystemPackage` elsewhere. These
// go through their protocols, so that neither needs to be named or depended upon.

/// Makes the path that Subprocess wants.
func filePath<Path: ExpressibleByStringLiteral>(_ path: String) -> Path where Path.StringLiteralType == String {
    Path(stringLiteral: path)
}

/// Takes the number out of Subprocess's underlying error.
func errorNumber(_ error: (some RawRepresentable<Int32>)?) -> Int32? { error?.rawValue }
