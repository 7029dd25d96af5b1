import Foundation

/// What a ``Notifier`` keeps of itself, together with the messages that it led to.
struct NotifierState: Codable {
    /// Who is told.
    var owner: Int64
    var digest = LiveDigest()
    /// When the digest was changed last.
    var changedAt: Int64 = 0
    /// The requests that nobody hears and that were not settled yet.
    var offers: [Offer] = []

    private enum CodingKeys: CodingKey {
        case owner, digest, changedAt, offers
    }

    /// Nothing was told yet to `owner`.
    init(owner: Int64) { self.owner = owner }

    /// Reads what is kept, as JSON.
    init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

    /// Reads also what was kept when nothing was offered.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        owner = try container.decode(Int64.self, forKey: .owner)
        digest = try container.decode(LiveDigest.self, forKey: .digest)
        changedAt = try container.decode(Int64.self, forKey: .changedAt)
        offers = try container.decodeIfPresent([Offer].self, forKey: .offers) ?? []
    }

    /// From now on `owner` is told; nothing changes when that is the one before.
    mutating func move(to owner: Int64) {
        guard owner != self.owner else { return }
        self.owner = owner
        digest.move()
        // Where they are shown they are closed, and what waits is shown to who can answer it now.
        let requests = Set(offers.map(\.request))
        offers.removeAll { $0.chat == nil }
        for request in requests { offers.append(Offer(request: request)) }
    }
}
