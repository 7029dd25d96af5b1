/// A secret known from the settings, in one of the forms in which it may appear.
struct KnownSecret: Sendable {
    let bytes: [UInt8]
    /// How much of its beginning is taken for it where a text was cut off: more than what many secrets have in common.
    private let shortestBeginning: Int

    /// All forms of all secrets, longest first: one may be the beginning of another.
    static func all(of secrets: [String]) -> [KnownSecret] {
        var found: [[UInt8]: Int] = [:]
        for secret in secrets.map({ Array($0.utf8) }) {
            let shortest = publicBeginning(of: secret) + Redactor.shortestSecret
            for form in forms(of: secret) { found[form] = max(found[form] ?? 0, shortest) }
        }
        return found.map { KnownSecret(bytes: $0, shortestBeginning: $1) }.sorted {
            $0.bytes.count != $1.bytes.count
                ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
    }

    /// Also when only its beginning is left, where the text before an ellipsis was cut off.
    func verdict(in window: Window, at position: Int) -> Verdict {
        var count = 0
        while count < bytes.count, window[position + count] == bytes[count] { count += 1 }
        if count < bytes.count {
            if window[position + count] == nil { return window.verdictAtEnd }
            guard count >= shortestBeginning else { return .nothing }
            guard let isCutOff = window.has(.ellipsis, at: position + count) else { return .undecided }
            guard isCutOff else { return .nothing }
        }
        return .secret(Secret(range: position..<position + count, kind: "known secret"))
    }

    /// How much of `secret` says only what kind it is, as documents do, too: `sk-proj-…`.
    private static func publicBeginning(of secret: [UInt8]) -> Int {
        Rule.builtIn.compactMap { if case .token(let rule) = $0 { rule.prefix } else { nil } }
            .filter { secret.starts(with: $0) }.map(\.count).max() ?? 0
    }

    private static func forms(of secret: [UInt8]) -> [[UInt8]] {
        let plain = [secret, json(secret), json(secret, escapesSlash: true), jsonASCII(secret)]
        // Traces hold JSON in strings of JSON.
        let nested = plain.map { json($0) } + plain.map { json($0, escapesSlash: true) }
        let percent = [percent(secret, digits: "0123456789ABCDEF"), percent(secret, digits: "0123456789abcdef")]
        let form = percent.map { $0.split(separator: Array("%20".utf8)).joined(separator: "+".utf8) }.map(Array.init)
        return plain + nested + percent + form
    }

    private static func json(_ bytes: [UInt8], escapesSlash: Bool = false) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "/") where escapesSlash: [UInt8(ascii: "\\"), byte]
            case 0x0A: Array("\\n".utf8)
            case 0x0D: Array("\\r".utf8)
            case 0x09: Array("\\t".utf8)
            case 0..<0x20: Array(unicode(UInt16(byte)).utf8)
            default: [byte]
            }
        }
    }

    /// With escapes for everything outside of ASCII, as Python writes it.
    private static func jsonASCII(_ bytes: [UInt8]) -> [UInt8] {
        String(decoding: json(bytes), as: UTF8.self).utf16.flatMap { unit in
            unit < 0x80 ? [UInt8(unit)] : Array(unicode(unit).utf8)
        }
    }

    private static func unicode(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func percent(_ bytes: [UInt8], digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return bytes.flatMap { byte -> [UInt8] in
            (ByteSet.base64URL + ".~").contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
