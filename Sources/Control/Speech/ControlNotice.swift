import Conversation
import JSONRPC

/// What core and clients tell each other.
enum ControlNotice {
    /// One event of a subscription.
    struct Happened: Notification, Codable {
        static let method = "event"

        var subscription: Int
        var cursor: Int64
        /// Milliseconds since 1970.
        var time: Int64
        var session: String
        var event: EventForm

        init(_ record: Record, to subscription: Int) {
            self.subscription = subscription
            cursor = record.cursor.rawValue
            time = record.time.millisecondsSince1970
            session = record.session.rawValue
            event = EventForm(record.event)
        }

        /// The record; nil for an event that only newer versions know.
        var record: Record? {
            event.event.map {
                Record(
                    cursor: Cursor(rawValue: cursor), session: SessionID(rawValue: session),
                    time: Timestamp(millisecondsSince1970: time), event: $0)
            }
        }
    }

    /// A subscription has no more events.
    struct Ended: Notification, Codable {
        static let method = "ended"

        var subscription: Int
        /// `closed` for the end of the core, `deleted` for that of the session, else what failed.
        var reason: String
    }

    /// The client wants no more events of a subscription.
    struct Unsubscribe: Notification, Codable {
        static let method = ControlCall.Unsubscribe.method

        var subscription: Int
    }

    /// The client gives a request up, and waits for no answer.
    struct Cancel: Notification, Codable {
        static let method = "cancel"

        var id: RequestID
    }
}
