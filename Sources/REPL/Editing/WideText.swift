#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension String {
    /// Calls `body` with the text as C wide characters, ended by a zero; they are gone when it returns.
    func withWideCharacters<Result>(_ body: (UnsafePointer<wchar_t>) -> Result) -> Result {
        // The array has at least the zero, hence a base address.
        wideCharacters.withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    /// A copy as C wide characters that is never freed.
    func immortalWideCharacters() -> UnsafePointer<wchar_t> {
        let characters = wideCharacters
        let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: characters.count)
        copy.initialize(from: characters, count: characters.count)
        return UnsafePointer(copy)
    }

    /// The text of C wide characters; what is no Unicode scalar becomes U+FFFD.
    init(wide start: UnsafePointer<wchar_t>, count: Int) {
        var scalars = String.UnicodeScalarView()
        for character in UnsafeBufferPointer(start: start, count: count) {
            scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
        }
        self.init(scalars)
    }

    private var wideCharacters: [wchar_t] {
        unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    }
}
