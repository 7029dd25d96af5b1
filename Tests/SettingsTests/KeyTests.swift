import Settings
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        ("codex.max_review_rounds", "CM_CODEX_MAX_REVIEW_ROUNDS"),
        ("orchestrator.pollInterval", "CM_ORCHESTRATOR_POLL_INTERVAL"),
        ("vk.baseURL", "CM_VK_BASE_URL"),
        ("a.URLPath2Go", "CM_A_URL_PATH2_GO"),
        ("busy", "CM_BUSY"),
        ("a.with-dash", "CM_A_WITH_DASH"),
    ])
    func `the variable of a setting is its path in upper case`(path: String, name: String) {
        #expect(AnySettingKey.environmentName(of: path) == name)
    }

    @Test func `no two settings share a path or a variable`() {
        let paths = AnySettingKey.all.map(\.path), names = AnySettingKey.all.flatMap(\.environmentNames)
        #expect(Set(paths).count == paths.count)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: AnySettingKey.all)
    func `every setting has a summary and a default or an example`(key: AnySettingKey) throws {
        #expect(key.summary.hasSuffix("."))
        let name = try #require(key.path.split(separator: ".").last)
        #expect(ConfTemplate.text(for: [key]).contains("\n#\(name) = "))
    }

    @Test func `the key of the provider and the token of the bot are secret`() {
        #expect(AnySettingKey.all.filter(\.isSecret).map(\.path) == ["provider.api_key", "telegram.bot_token"])
    }

    @Test func `settings without a table come first`() {
        let isInTable = AnySettingKey.all.map { $0.path.contains(".") }
        #expect(isInTable == isInTable.sorted { !$0 && $1 })
        #expect(isInTable.first == false)
    }

    @Test func `settings of one table stand together`() {
        let tables = AnySettingKey.all.map { $0.path.split(separator: ".").dropLast() }
        let runs = zip(tables, tables.dropFirst()).count { $0 != $1 } + 1
        #expect(runs == Set(tables.map(Array.init)).count)
    }
}
