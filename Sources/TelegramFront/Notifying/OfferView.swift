import Conversation

/// What the owner sees of a request that nobody hears in its own session: the same as those see who follow a session.
struct OfferView {
    private let request: OfferedRequest
    private let context: ViewContext

    /// The view of `request` in `chat`; `redact` takes secrets out of a text.
    init(_ request: OfferedRequest, at chat: Int64, redact: @escaping @Sendable (String) -> String) {
        self.request = request
        context = ViewContext(
            at: ChatAddress(chat: chat), scope: "offer/\(chat)/\(request.session)/", placeOf: { _ in nil },
            redact: redact)
    }

    /// The question with its buttons or its answer, and the short message by which people hear of it.
    func slots(_ approval: Approval) -> [Slot] {
        let view = ApprovalView(approval: approval, origin: request.session, context: context)
        return view.slots + [view.call(replyTo: nil)]
    }

    /// The same messages once nothing is to be answered any more.
    func slots(_ end: OfferedRequest.End) -> [Slot] {
        switch end {
        case .answered(let approval): return slots(approval)
        case .gone:
            let id = request.approval
            let told = "\(id) in \(request.session) waits for nobody any more."
            return [
                context.slot("\(id)", SlotContent(told)),
                context.slot("\(id)/call", SlotContent("▸ settled · \(id)")),
            ]
        }
    }
}
