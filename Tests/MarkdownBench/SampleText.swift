/// Texts to measure with.
enum SampleText {
    /// About 2 kB as agents write them: headings, lists, code, a table, links.
    static let answer = #"""
        ## What was wrong

        The poller confirmed updates **before** they were stored, so a crash between `getUpdates` and the journal lost them.
        I moved the commit in front of the next poll; see [the documentation](https://example.org/docs/polling#offset) and
        `Sources/Poller.swift`. Nothing else reads the offset, which *also* survives a restart now.

        1. Store what came, in one transaction.
        2. Move the offset:
           - only when all of it was stored,
           - and never back.
        3. Poll again.

        ```swift
        func poll() async throws {
            let updates = try await api.getUpdates(offset: journal.offset)
            try journal.write { database in
                for update in updates { try database.insert(update) }
                try database.setOffset(updates.last.map { $0.id + 1 })
            }
        }
        ```

        | test | before | after |
        |---|--:|--:|
        | crash between poll and commit | 3 lost | 0 lost |
        | two pollers on one token | endless | stops |

        > The limit of the server is 100 updates in one answer, whatever is asked for.

        - [x] tests for each place to crash at
        - [ ] a longer run over the weekend

        The tests pass (412 in 38 suites, 9.7 s). ~~The old file can go~~ I removed the old file. Two warnings are left, both
        in generated code that is not ours, and I did not touch it.


        """#

    /// The like in other scripts.
    static let worldwide = """
        ## 何が悪かったのか

        ポーラーは更新を**保存する前に**確認していたため、`getUpdates` の間にクラッシュすると失われました。次のポーリングの前に移動しました 🐢。

        - Изменение небольшое: только порядок вызовов другой, и **ничего** больше.
        - Die Änderung ist klein; *nur* die Reihenfolge ist eine andere 👩‍💻.
        - שלום עולם, وهذا نص آخر مع `code` في الوسط.

        | 名前 | 値 |
        |---|---|
        | 東京 | 100 |


        """
}
