#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A line read once: its shape, and what takes it when it is a notification that is waited for.
struct InboundLine: Decodable {
    private static let table = CodingUserInfoKey(rawValue: "methods")

    let inbound: Inbound
    /// What takes the notification, or why its parameters do not decode; nil for everything else.
    let notice: Result<@Sendable () -> Void, any Error>?

    /// What decodes lines for whoever knows `methods`.
    static func decoder(knowing methods: MethodTable) -> JSONDecoder {
        let decoder = JSONDecoder()
        if let table { decoder.userInfo[table] = methods }
        return decoder
    }

    init(from decoder: any Decoder) throws {
        inbound = try Inbound(from: decoder)
        guard case .notification(let method) = inbound, let key = Self.table,
            let take = (decoder.userInfo[key] as? MethodTable)?.notices[method]
        else {
            notice = nil
            return
        }
        let message = try decoder.container(keyedBy: Payload.Key.self)
        notice = Result { try take(message) }
    }
}
