/// A destination that Telegram takes as a link: it refuses a whole message for one that it does not.
struct LinkTarget {
    private static let longest = 2_048

    /// As it is sent, with escapes for what may not stand in it.
    let url: String

    /// `http`, `https` with a name that has a dot, or `tg`; nil for everything else, such as paths, numbers of hosts,
    /// `localhost`, and those with a user's name, which hide where they lead.
    init?(_ destination: String) {
        let bytes = Array(destination.utf8)
        guard bytes.count <= Self.longest, let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let rest = bytes[(colon + 3)...]
        switch String(decoding: bytes[..<colon], as: UTF8.self).lowercased() {
        case "http", "https":
            guard Self.isAuthority(rest.prefix { !"/?#".utf8.contains($0) }) else { return nil }
        case "tg":
            guard rest.first?.isLetter == true else { return nil }
        default:
            return nil
        }
        url = Self.escaped(bytes)
    }

    /// Whether what is shown is the destination itself, an address that needs no link.
    static func isAutomatic(_ destination: String, _ text: String) -> Bool {
        // Comparing is cheap where the counts differ.
        destination == text
            ? text.contains("://") || text.hasPrefix("mailto:")
            : destination.utf8.count == text.utf8.count + 7
                && (destination == "mailto:\(text)" || destination == "http://\(text)")
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, host.count <= 253 else { return false }
        if parts.count == 2 {
            guard let port = UInt16(String(decoding: parts[1], as: UTF8.self)), port > 0 else { return false }
        }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy(isLabel), let top = labels.last, top.count > 1 else { return false }
        return top.allSatisfy { $0.isLetter || $0 >= 0x80 } || top.starts(with: "xn--".utf8)
    }

    private static func isLabel(_ bytes: ArraySlice<UInt8>) -> Bool {
        let dash = UInt8(ascii: "-")
        guard (1...63).contains(bytes.count), bytes.first != dash, bytes.last != dash else { return false }
        return bytes.allSatisfy { $0.isLetter || $0.isDigit || $0 >= 0x80 || $0 == dash || $0 == UInt8(ascii: "_") }
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if byte <= .space || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
