namespace Mirror.Engine.Settings;

/// <summary>What one end is called in messages, and where its credential is looked for.</summary>
/// <param name="End">The end's name in messages.</param>
/// <param name="Member">The member of the settings.</param>
/// <param name="LoginVariable">The variable of the login.</param>
/// <param name="PasswordVariable">The variable of the password.</param>
/// <param name="LoginSetting">The label of the setting that gives the login.</param>
/// <param name="PasswordSetting">The label of the setting that names the password's variable.</param>
internal sealed record EndNames(
    string End,
    string Member,
    string LoginVariable,
    string PasswordVariable,
    string LoginSetting,
    string PasswordSetting)
{
    public const string LicenseVariable = "D8_MIRROR_LICENSE_TOKEN";

    public const string LicenseSetting = "D8MirrorLicenseVariable";

    public static EndNames Source { get; } = new(
        "source",
        "Source",
        "D8_MIRROR_SOURCE_LOGIN",
        "D8_MIRROR_SOURCE_PASSWORD",
        "D8MirrorSourceLogin",
        "D8MirrorSourcePasswordVariable");
}
