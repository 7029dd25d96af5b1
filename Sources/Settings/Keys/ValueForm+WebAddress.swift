#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ValueForm where Value == String {
    /// An http or https URL with a host, as it is written.
    package static var webAddress: Self {
        Self(
            expected:
                "an http or https URL with a host and without password or query, such as https://api.example.com/v1",
            read: { written, _ in
                guard let text = written.string?.trimmed, !text.contains(where: \.isWhitespace),
                    let address = URLComponents(string: text),
                    ["http", "https"].contains(address.scheme?.lowercased()),
                    // They would be seen in the arguments of the agent's process.
                    address.user == nil, address.password == nil, address.query == nil,
                    let host = address.host, !host.isEmpty, (address.port ?? 1) > 0,
                    (address.port ?? 1) < 65536
                else { return nil }
                return text
            },
            toml: TOMLText.quote)
    }
}
