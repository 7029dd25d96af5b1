import Foundation
import TestSupport
import Testing

@testable import Changes

/// Listings as files.
@Suite struct ListingTests {
    @Test func `a listing read back is the same`() throws {
        let playground = try Playground()
        for name in ["a", "b c\nd", "sub/é"] { try playground.write("\(name)\n", to: name) }
        try playground.link("link", to: "a")
        let listing = try Listing(of: playground.work)
        #expect(listing.entries.count == 4)
        #expect(Listing(bytes: listing.bytes) == listing)
    }

    @Test func `a damaged one is no listing`() throws {
        let playground = try Playground()
        try playground.write("x", to: "a")
        let bytes = try Listing(of: playground.work).bytes
        for count in 0..<bytes.count { #expect(Listing(bytes: Array(bytes.prefix(count)))?.entries.isEmpty != false) }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            var damaged = bytes
            damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            _ = Listing(bytes: damaged)
        }
    }

    @Test func `a file that was only touched is not changed, one of the same size may be`() throws {
        let playground = try Playground()
        try playground.write("same", to: "a")
        try playground.write("old", to: "b")
        let before = try Listing(of: playground.work)
        try playground.remove("a")
        try playground.write("same", to: "a")
        try playground.write("new", to: "b")
        let after = try Listing(of: playground.work, since: before)
        #expect(before.changes(to: after).map(\.description) == ["M b"])
    }
}
