import Locking
import Control
import Conversation
import Store

/// Keeps a link to the core of a workspace for as long as this process wants one: hosts it where nobody does, is
/// attached to it otherwise, and takes it over when its host goes away.
struct Residence: Sendable {
    let finder: SeatFinder
    let link: CoreLink
    let unheeded: UnheededNotices
    /// Gets what is to be said when the core has gone elsewhere.
    let news: AsyncStream<Notice>.Continuation
    /// The core while it is here, for who ends it.
    let hosted = HostedCore()
    /// Given when this process wants nothing to do with the core any more.
    ///
    /// Not by cancellation: a core that ends writes down what it knows.
    let departure = Signal()
    /// Given when nothing is done about the core any more.
    let ended = Signal()

    /// Runs from `seat` on until the departure begins; throws what hosting ended with.
    func run(from seat: Seat) async throws {
        defer { ended.give() }
        var seat = seat
        while true {
            switch seat {
            case .hosting(let host, let monitor):
                unheeded.hosting()
                hosted.begin(host)
                defer { hosted.end() }
                try await host.run(through: link, until: departure)
                withExtendedLifetime(monitor) {}
            case .attached(let client, let holder):
                try await follow(client, of: holder)
            }
            guard !departure.isGiven else { return }
            seat = try await finder.find()
        }
    }

    /// Serves the core behind `client`, which `holder` has, until its process goes away.
    private func follow(_ client: ControlClient, of holder: String) async throws {
        defer { link.lose() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A connection that breaks is one that ends.
                do { try await client.run() } catch let error where !(error is CancellationError) {}
            }
            group.addTask {
                try await Self.introduce(client)
                if let greeting = client.greeting {
                    for notice in unheeded.attached(to: holder, by: greeting.settings) { news.yield(notice) }
                }
                link.serve(by: client)
                await departure.wait()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Agrees with the core on how to speak; throws ``Failure`` when that cannot be, and nothing when it has gone.
    static func introduce(_ client: ControlClient) async throws {
        do {
            let greeting = try await Patience.limit(.seconds(15), "the cm that hosts the core does not answer") {
                try await client.initialize()
            }
            if case .agent(let reason) = greeting.role { throw Failure(code: Failure.unavailable, message: reason) }
        } catch let error as ControlError {
            throw Failure(code: Failure.unavailable, message: error.description)
        } catch is HubError {
            return  // The other end of the connection says so, too.
        }
    }
}
