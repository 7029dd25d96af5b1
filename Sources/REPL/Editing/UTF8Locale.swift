import CEditLine

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The locale of the process, without which the C library takes every character beyond ASCII for unprintable.
enum UTF8Locale {
    /// Takes the user's locale once, or C.UTF-8 when that one is missing or not UTF-8.
    ///
    /// It changes the whole process: call it before other threads format anything.
    static func adopt() {
        _ = adopted
    }

    private static let adopted: Void = {
        let found = setlocale(LC_ALL, "")
        guard found == nil || String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" else { return }
        // Only the characters: the user's language and formats stay.
        _ = setlocale(LC_CTYPE, "C.UTF-8") ?? setlocale(LC_CTYPE, "UTF-8")
    }()
}
