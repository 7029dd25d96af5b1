import Conversation
import Foundation

extension Timestamp {
    /// The moment by the system's clock.
    static var now: Timestamp {
        Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000))
    }
}
