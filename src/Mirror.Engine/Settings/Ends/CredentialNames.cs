using Mirror.Engine.Settings.Checks;

namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// What a build file may say of a credential: a login, and the names of variables. The secrets themselves are read from
/// the run's environment by <see cref="CredentialChoice"/>, and never are part of the settings.
/// </summary>
internal sealed record CredentialNames
{
    public string? Login { get; init; }

    /// <summary>The variable that holds the password, instead of the end's own.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>The variable that holds the licence token, instead of <c>D8_MIRROR_LICENSE_TOKEN</c>.</summary>
    public string? LicenseVariable { get; init; }
}
