extension AnySettingKey {
    /// Every setting of this version, in the order of the template; settings of one table stand together.
    public static let all: [AnySettingKey] = [
        AnySettingKey(.codexCommand),
        AnySettingKey(.codexAgentModel),
        AnySettingKey(.codexAgentWorkingDirectory),
        AnySettingKey(.codexApprovalPolicy),
        AnySettingKey(.codexSandbox),
        AnySettingKey(.codexHandshakeTimeout),
        AnySettingKey(.codexInterruptTimeout),
        AnySettingKey(.turnTimeout),
        AnySettingKey(.turnSilentAfter),
    ]
}
