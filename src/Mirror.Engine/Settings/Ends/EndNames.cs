namespace Mirror.Engine.Settings.Ends;

/// <summary>What one end is called in messages, and where its credential is looked for.</summary>
internal sealed record EndNames(
    string End,
    string Member,
    string LoginVariable,
    string PasswordVariable,
    string LoginFlag,
    string PasswordFlag,
    string ClientKeyVariable,
    string ClientKeyPasswordVariable)
{
    public const string LicenseVariable = "D8_MIRROR_LICENSE_TOKEN";

    /// <summary>The variable of d8 that means <see cref="MirrorPushSettings.SkipAccessCheck"/>.</summary>
    public const string BypassVariable = "MIRROR_BYPASS_ACCESS_CHECKS";

    public static EndNames Source { get; } = new(
        "source",
        "Source",
        "D8_MIRROR_SOURCE_LOGIN",
        "D8_MIRROR_SOURCE_PASSWORD",
        "--source-login",
        "--source-password",
        "D8_MIRROR_SOURCE_CLIENT_KEY",
        "D8_MIRROR_SOURCE_CLIENT_KEY_PASSWORD")
    {
        TakesLicense = true,
    };

    public static EndNames Target { get; } = new(
        "target",
        "Target",
        "D8_MIRROR_REGISTRY_LOGIN",
        "D8_MIRROR_REGISTRY_PASSWORD",
        "--registry-login",
        "--registry-password",
        "D8_MIRROR_REGISTRY_CLIENT_KEY",
        "D8_MIRROR_REGISTRY_CLIENT_KEY_PASSWORD");

    public string LoginMember => $"{Member}.Credential.Login";

    public string PasswordMember => $"{Member}.Credential.Password";

    /// <summary>Whether a Deckhouse licence logs in at this end; it is never sent to the other.</summary>
    public bool TakesLicense { get; init; }
}
