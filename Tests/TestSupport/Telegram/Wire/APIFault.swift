/// An error as the server tells it.
package struct APIFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The code, also the status of the response.
    package var code: Int
    /// What the client is told.
    package var description: String
    /// Told as a parameter and as a header.
    package var retryAfter: Int?
    /// The supergroup that a group has become.
    package var migratedTo: Int?

    /// 400 with the usual prefix.
    package static func badRequest(_ reason: String) -> APIFault {
        APIFault(code: 400, description: "Bad Request: \(reason)")
    }

    /// 403 with the usual prefix.
    package static func forbidden(_ reason: String) -> APIFault {
        APIFault(code: 403, description: "Forbidden: \(reason)")
    }

    /// 409 with the usual prefix.
    package static func conflict(_ reason: String) -> APIFault {
        APIFault(code: 409, description: "Conflict: \(reason)")
    }

    /// 429 with how long to wait, in seconds.
    package static func tooManyRequests(retryAfter: Int) -> APIFault {
        APIFault(code: 429, description: "Too Many Requests: retry after \(retryAfter)", retryAfter: retryAfter)
    }

    /// 401, as for a token that was revoked.
    package static let unauthorized = APIFault(code: 401, description: "Unauthorized")
}
