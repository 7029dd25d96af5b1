extension AnySettingKey {
    /// Every setting of this version, in the order of the template; settings of one table stand together.
    ///
    /// Those without a table come first, because TOML has no way back out of one.
    public static let all: [AnySettingKey] = [
        AnySettingKey(.busy),
        AnySettingKey(.chatMode),
        AnySettingKey(.codexCommand),
        AnySettingKey(.codexAgentModel),
        AnySettingKey(.codexAgentWorkingDirectory),
        AnySettingKey(.codexApprovalPolicy),
        AnySettingKey(.codexSandbox),
        AnySettingKey(.codexHandshakeTimeout),
        AnySettingKey(.codexInterruptTimeout),
        AnySettingKey(.codexRetryTimeout),
        AnySettingKey(.codexTransport),
        AnySettingKey(.codexMCPCommand),
        AnySettingKey(.codexMCPArguments),
        AnySettingKey(.codexMaxReviewRounds),
        AnySettingKey(.codexIsDisabled),
        AnySettingKey(.copilotCommand),
        AnySettingKey(.copilotModel),
        AnySettingKey(.copilotHandshakeTimeout),
        AnySettingKey(.copilotInterruptTimeout),
        AnySettingKey(.copilotIsDisabled),
        AnySettingKey(.providerKind),
        AnySettingKey(.providerAPIKey),
        AnySettingKey(.providerBaseURL),
        AnySettingKey(.providerAPIVersion),
        AnySettingKey(.providerWireAPI),
        AnySettingKey(.agentsIdleUnload),
        AnySettingKey(.agentsExitGrace),
        AnySettingKey(.shutdownGrace),
        AnySettingKey(.approvalTimeout),
        AnySettingKey(.turnTimeout),
        AnySettingKey(.turnSilentAfter),
        AnySettingKey(.profileDefault),
    ]
}
